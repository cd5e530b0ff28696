"""Parameters with what pydantic's `Field(...)` says of them: names, defaults, and where in a value they stand."""

from __future__ import annotations

import typing
from dataclasses import replace
from typing import Any, get_origin

from apispec.declaring import asking
from apispec.introspection.gathered import Gathered, Part
from apispec.introspection.hints import MISSING
from apispec.introspection.read_parameters import SignatureParameter, Unreadable, is_field
from apispec.introspection.spoken import constant, spoken

_ANNOTATED: typing.Any = type(typing.Annotated[int, 0])


def said(read: SignatureParameter, config: Any) -> SignatureParameter:
    """A parameter with what pydantic's `Field(...)` says about it: name and default."""
    if (
        read.hint is MISSING
        or read.kind in ("var-positional", "var-keyword")
        or (config is None and type(read.hint) is not _ANNOTATED)
    ):
        return read
    given = replace(read, hint=_within_limits(read.hint))
    words = spoken(read.name, given.hint, config)
    if read.default is MISSING and words.has_default:
        given.required = False
        given.factory = words.factory
        given.default = words.default
        if words.factory is not None:
            known, value = constant(words.factory)
            given.default = value if known else Unreadable(_factory_name(words.factory))
    if words.name != read.name:
        given.python = read.name
        given.keyword = words.name if config is not None else read.name
        given.name = words.name
    given.also = words.also
    if words.path and read.kind != "positional":
        given.path = words.path
        given.keyword = words.name if config is not None else ""
    return given


def together(parameters: list[SignatureParameter]) -> list[SignatureParameter]:
    """The parameters with those that pydantic takes out of one value as that value."""
    roots: dict[str, list[SignatureParameter]] = {}
    for one in parameters:
        if one.path:
            roots.setdefault(str(one.path[0]), []).append(one)
    if not roots:
        return parameters
    made: list[SignatureParameter] = [one for one in parameters if not one.path]
    taken = {one.name for one in made}
    for root, inside in roots.items():
        if root in taken:  # one value for two of them: this one is given by its own name
            made += [replace(one, path=()) for one in inside]
            continue
        held = Gathered([_part(one) for one in inside])
        required = any(one.required for one in inside)
        by_pydantic = any(one.keyword for one in inside)
        made.append(
            SignatureParameter(
                root,
                "keyword",
                typing.Annotated[Any, held],
                MISSING if required else held.empty,
                required=required,
                keyword=root,
                gathers=() if by_pydantic else tuple(one.own for one in inside),
            )
        )
    return made


def _part(one: SignatureParameter) -> Part:
    hint = _without_fields(one.hint)
    if one.required or one.default is MISSING or isinstance(one.default, Unreadable):
        return Part(one.own, one.path, hint, one.required)
    return Part(one.own, one.path, hint, False, one.default)


def _without_fields(hint: Any) -> Any:
    """A hint without the alias and default that stand beside it, but with what they say of its values."""
    if get_origin(hint) is not typing.Annotated:
        return hint
    kept: list[Any] = []
    for item in hint.__metadata__:
        kept += list(asking.attribute(item, "metadata", ())) if is_field(item) else [item]
    return typing.Annotated[(hint.__origin__, *kept)] if kept else hint.__origin__


def _factory_name(factory: Any) -> str:
    return f"{asking.attribute(factory, '__name__', type(factory).__name__)}()"


def _within_limits(hint: Any) -> Any:
    """A hint with the limits that typer's options beside it say: `min`, `max`."""
    if type(hint) is not _ANNOTATED:
        return hint
    found: dict[str, Any] = {}
    for item in hint.__metadata__:
        if type(item).__module__ == "typer.models" and not asking.attribute(item, "clamp", False):
            limits = {"ge": asking.attribute(item, "min"), "le": asking.attribute(item, "max")}
            found |= {name: limit for name, limit in limits.items() if isinstance(limit, (int, float))}
    if not found:
        return hint
    from pydantic import Field

    return typing.Annotated[hint, Field(**found)]
