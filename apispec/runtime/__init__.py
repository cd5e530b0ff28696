"""Calling described functions: arguments in, results or problems out, with limits, sessions and kept files.

Shared by `apispec.server` and `apispec.mcp_server`; knows neither HTTP nor MCP.
"""
