"""Outputs as text: the OpenAPI document, the tool listing, the pages. Nothing here touches the disk or prints."""
