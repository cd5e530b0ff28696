"""The callable side of an Api: its endpoints with the Python functions behind them."""

from __future__ import annotations

from typing import Any

from apispec.introspection import collect
from apispec.model import Api
from apispec.runtime.binding import Function


def functions(source: Any, api: Api) -> list[Function]:
    """A function for every endpoint of the Api, in its order; private ones are not among them.

    Args:
        source: The App or module that the Api describes.
        api: Its model.
    """
    _, _, registered = collect(source)
    by_name = {r.name: r for r in registered if r.visibility != "private"}
    return [
        Function(
            endpoint,
            by_name[endpoint.name].function,
            api.schemas,
            stream=by_name[endpoint.name].stream,
            names=by_name[endpoint.name].names,
            raises=by_name[endpoint.name].raises,
        )
        for endpoint in api.endpoints
        if endpoint.name in by_name
    ]
