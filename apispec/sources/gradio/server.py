"""`gr.Server` of Gradio 6: a FastAPI application whose `@server.api` functions are Gradio endpoints at its launch.

Its own routes are described as FastAPI's are, the functions as `gr.api` is: both are one Api at one address.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from apispec.model import Introspection
from apispec.sources import asgi, gradio

if TYPE_CHECKING:
    from apispec.introspection import Context


def describe(app: Any, context: Context) -> Introspection:
    """The Api of the application's routes and of its functions.

    Args:
        app: A Server.
        context: Where it was found.
    """
    called = gradio.describe(blocks_of(app), context)
    called = replace(called, findings=tuple(f for f in called.findings if f.rule != "no-endpoints"))
    routes = asgi.describe(app, context)
    taken = {endpoint.name for endpoint in called.api.endpoints}
    pages = [e for e in routes.api.endpoints if e.name not in taken]
    if not pages:
        return called if called.api.endpoints else routes
    if not called.api.endpoints:
        return routes
    title = context.options.title or (app.title if app.title != "FastAPI" else called.api.title)
    api = replace(
        called.api,
        title=title,
        description=context.options.description or app.description or called.api.description,
        endpoints=(*called.api.endpoints, *pages),
        schemas={**routes.api.schemas, **called.api.schemas},
        security_schemes={**routes.api.security_schemes, **called.api.security_schemes},
        tags=routes.api.tags,
    )
    return Introspection(api=api, findings=(*called.findings, *routes.findings))


def blocks_of(app: Any) -> Any:
    """The Blocks that its launch would make, in the order in which its functions were added."""
    from gradio import Blocks, api  # type: ignore[import-not-found,unused-ignore]

    with Blocks() as blocks:
        for function, arguments in app._deferred_apis:
            api(fn=function, **arguments)
    return blocks
