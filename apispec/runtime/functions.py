"""The callable side of an Api: its endpoints with the Python functions behind them."""

from __future__ import annotations

from typing import Any

from apispec.app import App
from apispec.model import Api
from apispec.runtime.binding import Function


def functions(source: Any, api: Api) -> list[Function]:
    """A function for every endpoint of the Api, in its order; private ones are not among them.

    Args:
        source: The App or module that the Api describes.
        api: Its model.
    """
    registered = source.functions
    return [
        Function(
            endpoint,
            registered[endpoint.name].function,
            api.schemas,
            stream=registered[endpoint.name].stream,
            raises=registered[endpoint.name].raises,
        )
        for endpoint in api.endpoints
        if endpoint.name in registered
    ]
