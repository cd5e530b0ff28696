"""How MCP clients are told about a server: their files, commands and links, exactly as each of them wants it.

One table for the MCP page, which shows the entries, and for `apispec mcp install`, which writes them. Nothing here
touches the disk.
"""

from apispec.clients.catalogue import CLIENTS, Client, Entry, client, entries
from apispec.clients.files import SYSTEMS, ConfigFile, System
from apispec.clients.servers import HttpServer, StdioServer, start_commands

__all__ = [
    "CLIENTS",
    "SYSTEMS",
    "Client",
    "ConfigFile",
    "Entry",
    "HttpServer",
    "StdioServer",
    "System",
    "client",
    "entries",
    "start_commands",
]
