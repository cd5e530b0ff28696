"""How MCP clients are told about a server: their files, commands and links, exactly as each of them wants it.

One table for the MCP page, which shows the entries, and for `apispec mcp install`, which writes them. Nothing here
touches the disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.clients.catalogue import CLIENTS as CLIENTS
    from apispec.clients.catalogue import Client as Client
    from apispec.clients.catalogue import Entry as Entry
    from apispec.clients.catalogue import Server as Server
    from apispec.clients.catalogue import client as client
    from apispec.clients.catalogue import entries as entries
    from apispec.clients.files import SYSTEMS as SYSTEMS
    from apispec.clients.files import ConfigFile as ConfigFile
    from apispec.clients.files import System as System
    from apispec.clients.files import toml_table as toml_table
    from apispec.clients.requirements import uvx_options as uvx_options
    from apispec.clients.servers import DISTRIBUTION as DISTRIBUTION
    from apispec.clients.servers import VARIABLE as VARIABLE
    from apispec.clients.servers import HttpServer as HttpServer
    from apispec.clients.servers import StdioServer as StdioServer
    from apispec.clients.servers import start_commands as start_commands
else:
    __all__, __getattr__ = exports(
        __name__,
        catalogue="CLIENTS Client Entry Server client entries",
        files="ConfigFile SYSTEMS System toml_table",
        requirements="uvx_options",
        servers="DISTRIBUTION HttpServer StdioServer VARIABLE start_commands",
    )
