"""Changes of parameters: those that callers send, and those of webhooks and callbacks, which the server sends."""

from __future__ import annotations

from collections.abc import Iterator

from apispec.changes.change import Change, Sides
from apispec.changes.parts import ParameterView, WrittenView
from apispec.changes.views import OperationView

_TEXT_STYLES = ("matrix", "label", "content")
"""Styles that change how a single value is written, too, and not only lists and objects."""


def sent_by_callers(sides: Sides, old: OperationView, new: OperationView) -> Iterator[Change]:
    """What changes in the parameters of an operation."""
    before, after = old.parameters, new.parameters
    for key, one in before.items():
        where = f"{one.place} parameter `{one.name}`"
        if key in after:
            yield from _edited(sides, one, after[key], old, where)
        else:
            kind = "required-parameter-removed" if one.required else "parameter-removed"
            text = "It is gone." + _perhaps_renamed(one, before, after)
            yield sides.change(kind, text, one.pointer, new.pointer, old, where, one.name)
    for key, two in after.items():
        if key not in before:
            kind = "required-parameter-added" if two.required else "parameter-added"
            text = "It is new and required." if two.required else "It is new."
            where = f"{two.place} parameter `{two.name}`"
            yield sides.change(kind, text, old.pointer, two.pointer, old, where, two.name)


def _edited(
    sides: Sides, one: ParameterView, two: ParameterView, operation: OperationView, where: str
) -> Iterator[Change]:
    def say(kind: str, text: str) -> Change:
        return sides.change(kind, text, one.pointer, two.pointer, operation, where, one.name)

    if one.place == "path" and one.name != two.name:
        yield say("path-parameter-renamed", f"The path parameter {one.name!r} is called {two.name!r} now.")
    if one.required != two.required:
        yield (
            say("parameter-became-required", "It is required now.")
            if two.required
            else say("parameter-became-optional", "It is not required any more.")
        )
    if one.style != two.style and is_written_otherwise(sides, one, two):
        yield say("parameter-style-changed", f"The style {one.written} became {two.written}.")
    if one.may_be_empty != two.may_be_empty:
        yield (
            say("parameter-empty-allowed", "It may be sent without a value now.")
            if two.may_be_empty
            else say("parameter-empty-refused", "It may not be sent without a value any more.")
        )
    if one.reserved != two.reserved:
        verb = "are sent as they are now" if two.reserved else "are percent-encoded now"
        yield say("parameter-reserved-changed", f"Reserved characters such as / and ? {verb}.")
    if one.deprecated != two.deprecated:
        yield (
            say("parameter-deprecated", "It is deprecated now.")
            if two.deprecated
            else say("parameter-undeprecated", "It is not deprecated any more.")
        )
    is_text = one.style[0].partition(" ")[0] != "content"
    is_repeated = two.place == "query" and two.style == ("form", True)
    yield from sides.schema_changes(
        one.schema, two.schema, "request", operation, where, one.name, as_text=is_text, is_repeated=is_repeated
    )


def is_written_otherwise(sides: Sides, one: WrittenView, two: WrittenView) -> bool:
    """Whether a difference of styles shows in what is sent."""
    types = sides.schemas.old.meaning(one.schema).types | sides.schemas.new.meaning(two.schema).types
    if one.style[0] != two.style[0]:
        return (
            bool(types & {"array", "object"})
            or (one.style[0] + two.style[0]).startswith(_TEXT_STYLES)
            or (two.style[0].startswith(_TEXT_STYLES))
        )
    return "object" in types or ("array" in types and one.style[0] != "simple")


def sent_by_the_server(sides: Sides, old: OperationView, new: OperationView) -> Iterator[Change]:
    """What changes in the parameters of a webhook or callback: read like properties of a response."""
    for key, one in old.parameters.items():
        where = f"{one.place} parameter `{one.name}`"
        two = new.parameters.get(key)
        if two is None:
            kind = "response-required-property-widened" if one.required else "response-property-widened"
            text = f"{one.name!r} is not sent any more."
            yield sides.change(kind, text, one.pointer, new.pointer, old, where, one.name)
            continue
        if one.required != two.required:
            kind = f"response-required-{'narrowed' if two.required else 'widened'}"
            text = f"{one.name!r} is {'always' if two.required else 'not always'} sent."
            yield sides.change(kind, text, one.pointer, two.pointer, old, where, one.name)
        if one.style != two.style and is_written_otherwise(sides, one, two):
            text = f"The style {one.written} became {two.written}."
            yield sides.change("parameter-style-changed", text, one.pointer, two.pointer, old, where, one.name)
        yield from sides.schema_changes(one.schema, two.schema, "response", old, where, one.name)
    for key, two in new.parameters.items():
        if key not in old.parameters:
            kind = "response-required-property-narrowed" if two.required else "response-property-narrowed"
            where = f"{two.place} parameter `{two.name}`"
            yield sides.change(kind, f"{two.name!r} is sent now.", old.pointer, two.pointer, old, where, two.name)


def _perhaps_renamed(
    one: ParameterView, before: dict[tuple[str, str], ParameterView], after: dict[tuple[str, str], ParameterView]
) -> str:
    """A word on a new parameter that looks like a gone one."""
    fresh = [two for key, two in after.items() if key not in before and two.place == one.place]
    alike = [two.name for two in fresh if two.schema.value == one.schema.value]
    return f" Perhaps it was renamed: {alike[0]!r} is new and has the same schema." if len(alike) == 1 else ""
