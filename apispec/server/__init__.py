"""Serving functions over HTTP (extra `serve`): `asgi` makes the application, `apispec.cli.serve` runs it.

The parts: `http` and `gradio` are the two protocols, `docs` the site and the documents, `mcp` the route of the tools,
`guard` what stands before them, `application` puts them together. What runs the functions is `apispec.runtime`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.server.answers import problem_response as problem_response
    from apispec.server.arguments import as_json as as_json
    from apispec.server.connections import protocol as protocol
    from apispec.server.connections import quiet_upgrades as quiet_upgrades
    from apispec.server.entry import asgi as asgi
    from apispec.server.guard import LOCAL_NAMES as LOCAL_NAMES
    from apispec.server.guard import BodyLimit as BodyLimit
    from apispec.server.guard import HostGuard as HostGuard
    from apispec.server.guard import OriginGuard as OriginGuard
    from apispec.server.guard import cors as cors
    from apispec.server.guard import is_link as is_link
    from apispec.server.hosted import Hosted as Hosted
    from apispec.server.hosted import wants_authorization as wants_authorization
    from apispec.server.options import ServerOptions as ServerOptions
    from apispec.server.reloading import watch as watch
    from apispec.server.running import Site as Site
    from apispec.server.running import serve as serve
    from apispec.server.running import serve_hosted as serve_hosted
    from apispec.server.running import site_arguments as site_arguments
    from apispec.server.turns import Turn as Turn
else:
    __all__, __getattr__ = exports(
        __name__,
        answers="problem_response",
        arguments="as_json arguments",
        connections="protocol quiet_upgrades",
        entry="asgi",
        gradio_queue="",
        guard="LOCAL_NAMES BodyLimit HostGuard OriginGuard cors is_link",
        hosted="Hosted wants_authorization",
        options="ServerOptions",
        reloading="watch",
        running="Site serve serve_hosted site_arguments",
        turns="Turn",
    )
