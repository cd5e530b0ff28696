"""Example calls: those of the declaration, and those that a docstring's doctests show."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apispec.introspection.defaults import to_json
from apispec.introspection.docstrings import DocCall
from apispec.introspection.read_parameters import SignatureParameter
from apispec.model import Example, Json

_AT_MOST = 10


def from_declaration(
    declared: Iterable[Any], parameters: Sequence[SignatureParameter]
) -> tuple[list[Example], list[str]]:
    """Examples, and what is wrong with those that are none.

    Args:
        declared: Each a mapping of arguments, a sequence of positional arguments, or an Example.
        parameters: In signature order, without those that the server fills in.
    """
    found: list[Example] = []
    problems: list[str] = []
    for item in declared:
        if isinstance(item, Example):
            found.append(item)
            continue
        arguments: dict[str, Any] | None
        if isinstance(item, Mapping):
            named = {p.own: p.name for p in parameters}
            arguments = {named.get(str(name), str(name)): value for name, value in item.items()}
        elif isinstance(item, (list, tuple)):
            arguments = _bind(list(item), {}, parameters)
        else:
            arguments = _bind([item], {}, parameters)
        made, value = to_json(arguments)
        if arguments is None or not made:
            problems.append("an example is a mapping of arguments, or a list of them in signature order")
            continue
        found.append(Example(value=value))
    return found, problems


def from_doctests(calls: Iterable[DocCall], parameters: Sequence[SignatureParameter]) -> list[Example]:
    """The calls that can be made through the API, with the results that the docstring shows."""
    found: list[Example] = []
    for call in calls:
        arguments = _bind(call.args, call.kwargs, parameters)
        if arguments is None:
            continue
        made, value = to_json(arguments)
        has_result, result = to_json(call.result) if call.has_result else (False, None)
        if made:
            found.append(Example(value=value, result=result, has_result=has_result))
    return found[:_AT_MOST]


def _bind(
    args: list[Any], kwargs: Mapping[str, Any], parameters: Sequence[SignatureParameter]
) -> dict[str, Json] | None:
    """Arguments by name, as they travel; None where they don't fit the signature."""
    kinds = {
        "positional": inspect.Parameter.POSITIONAL_ONLY,
        "standard": inspect.Parameter.POSITIONAL_OR_KEYWORD,
        "keyword": inspect.Parameter.KEYWORD_ONLY,
        "var-positional": inspect.Parameter.VAR_POSITIONAL,
        "var-keyword": inspect.Parameter.VAR_KEYWORD,
    }
    try:
        signature = inspect.Signature(
            [
                inspect.Parameter(
                    p.own, kinds[p.kind], default=p.default if p.kind[:3] != "var" else inspect.Parameter.empty
                )
                for p in parameters
            ]
        )
        bound = signature.bind_partial(*args, **kwargs).arguments
    except (TypeError, ValueError):
        return None
    named = {p.own: p.name for p in parameters}
    return {named.get(name, name): value for name, value in bound.items()}
