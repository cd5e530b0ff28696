"""From an app object to the ASGI application that answers its requests in this process."""

from __future__ import annotations

import sys
import types
from typing import Any

from apispec.errors import TargetError
from apispec.introspection import apps

_URLS = "_apispec_urls"


def application(source: Any) -> Any:
    """The ASGI application (ASGI 3) of an app, or of the app that a module holds.

    Args:
        source: FastAPI, Starlette, Litestar, or the API of a Django Ninja project; a module with one of them.

    Raises:
        TargetError: It can't be run in this process.
    """
    app = apps.find(source)
    kind = apps.kind_of(app)
    if kind == "ninja.main.NinjaAPI":
        return _django(app)
    if kind in ("fastapi.applications.FastAPI", "litestar.app.Litestar", "starlette.applications.Starlette"):
        return app
    raise TargetError(
        f"a {type(app).__name__} can't be run in this process", hint="--url names the address where it runs"
    )


def _django(api: Any) -> Any:
    """Django's own application; where the settings name no URLs, one with this API at its root."""
    from django.conf import settings  # type: ignore[import-untyped]
    from django.core.asgi import get_asgi_application  # type: ignore[import-untyped]
    from django.urls import path  # type: ignore[import-untyped]

    if not getattr(settings, "ROOT_URLCONF", ""):
        urls: Any = types.ModuleType(_URLS)
        urls.urlpatterns = [path("", api.urls)]
        sys.modules[_URLS] = urls
        settings.ROOT_URLCONF = _URLS
    return get_asgi_application()
