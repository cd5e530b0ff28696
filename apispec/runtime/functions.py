"""The callable side of an Api: its endpoints with the Python functions behind them."""

from __future__ import annotations

import typing
from typing import Any

from apispec.app import App
from apispec.model import Api
from apispec.runtime.binding import MISSING, Function, Signature
from apispec.types import Session


def functions(source: Any, api: Api) -> list[Function]:
    """A function for every endpoint of the Api, in its order; private ones are not among them.

    Args:
        source: The App or module that the Api describes.
        api: Its model.
    """
    found = []
    for endpoint in api.endpoints:
        registered = source.functions[endpoint.name]
        hints = typing.get_type_hints(registered.function, include_extras=True)
        result = hints.pop("return", MISSING)
        if endpoint.result and endpoint.result.streaming:
            result = typing.get_args(result)[0] if typing.get_args(result) else MISSING
        context = {n: h for n, h in hints.items() if h is Session}
        found.append(
            Function(endpoint, registered.function, Signature(hints=hints, result=result, context=context, raises=registered.raises), api.schemas)
        )
    return found
