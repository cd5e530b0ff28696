"""Who does what for whom: which module stands behind a name, as text, imported when it is used.

A declaring `App` describes and serves itself, and the introspector reads apps of other libraries; neither knows the
parts that do it, so that imports go one way.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

SEAMS: Final = {
    "describe": "apispec.introspection.reading:describe",
    "serve": "apispec.server.entry:asgi",
    "read outside": "apispec.sources.outside:read",
}
"""What is asked for → module and function that answer."""

APP_READERS: Final[dict[str, str]] = {
    "gradio.server.Server": "apispec.sources.gradio.server",
    "fastapi.applications.FastAPI": "apispec.sources.asgi",
    "apiflask.app.APIFlask": "apispec.sources.asgi",
    "litestar.app.Litestar": "apispec.sources.asgi",
    "ninja.main.NinjaAPI": "apispec.sources.asgi",
    "connexion.apps.abstract.AbstractApp": "apispec.sources.web",
    "quart.app.Quart": "apispec.sources.web",
    "flask.app.Flask": "apispec.sources.web",
    "sanic.app.Sanic": "apispec.sources.web",
    "aiohttp.web_app.Application": "apispec.sources.web",
    "blacksheep.server.application.Application": "apispec.sources.web",
    "robyn.Robyn": "apispec.sources.web",
    "falcon.app.App": "apispec.sources.web",
    "django.core.handlers.base.BaseHandler": "apispec.sources.web",
    "aws_lambda_powertools.event_handler.api_gateway.ApiGatewayResolver": "apispec.sources.web",
    "chalice.app.Chalice": "apispec.sources.web",
    "bottle.Bottle": "apispec.sources.web",
    "starlette.applications.Starlette": "apispec.sources.asgi",
    "gradio.blocks.Blocks": "apispec.sources.gradio",
}
"""Class of another library → the module whose `describe(app, context)` reads its instances; of several apps in one
module the earlier kind is read."""


def provided(seam: str) -> Any:
    """The function behind a seam."""
    module, _, name = SEAMS[seam].partition(":")
    return getattr(import_module(module), name)


def app_reader(kind: str) -> Any:
    """The module that reads apps of a class."""
    return import_module(APP_READERS[kind])
