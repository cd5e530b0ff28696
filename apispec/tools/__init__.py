"""Endpoints as MCP tools: names, schemas, and the way back from a tool's arguments to the endpoint's.

The listing (`apispec.rendering.tools`) and the MCP server show and call the same `Tool`s, so what is published is what
is answered. Nothing here knows the MCP SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.tools.arguments import tool_arguments as tool_arguments
    from apispec.tools.choosing import tooling as tooling
    from apispec.tools.cutting import Cut as Cut
    from apispec.tools.cutting import cut as cut
    from apispec.tools.cutting import length as length
    from apispec.tools.cutting import page as page
    from apispec.tools.cutting import selected as selected
    from apispec.tools.dynamic import Catalogue as Catalogue
    from apispec.tools.dynamic import is_dynamic as is_dynamic
    from apispec.tools.listing import CACHE_SCOPE as CACHE_SCOPE
    from apispec.tools.listing import SERVER_INFO_KEY as SERVER_INFO_KEY
    from apispec.tools.listing import TTL_MS as TTL_MS
    from apispec.tools.listing import listing_of as listing_of
    from apispec.tools.listing import server_info as server_info
    from apispec.tools.listing import to_listing as to_listing
    from apispec.tools.making import tools as tools
    from apispec.tools.names import operation_name as operation_name
    from apispec.tools.names import server_name as server_name
    from apispec.tools.tool import MISSING as MISSING
    from apispec.tools.tool import Tool as Tool
    from apispec.tools.tool import UnsetVariableError as UnsetVariableError
    from apispec.tools.tool import as_sent as as_sent
    from apispec.tools.tool import sent_media as sent_media
    from apispec.tools.variables import needed as needed
else:
    __all__, __getattr__ = exports(
        __name__,
        arguments="tool_arguments",
        listing="CACHE_SCOPE SERVER_INFO_KEY TTL_MS listing_of server_info to_listing",
        choosing="tooling",
        cutting="Cut cut length page selected",
        dynamic="Catalogue is_dynamic",
        making="tools",
        names="operation_name server_name",
        variables="needed",
        tool="MISSING Tool UnsetVariableError as_sent sent_media",
    )
