"""The examples that a Gradio app shows below its inputs (`examples=`, `gr.Examples`), as arguments of its endpoints.

They are for components, not for endpoints: those of some of an endpoint's inputs count, too, and those of more.
"""

from __future__ import annotations

import math
import mimetypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from apispec.introspection import Acceptance, to_json
from apispec.model import Example, Json, Parameter, Schema
from apispec.schemas import types
from apispec.sources.gradio import components as parts
from apispec.sources.gradio.size import is_short

_AT_MOST = 10
_WHOLE = 5
"""A number that ages, counts, steps and seconds may well be."""


def with_examples(
    app: Any, fn: Any, parameters: Sequence[Parameter], acceptance: Acceptance
) -> tuple[tuple[Parameter, ...], tuple[Example, ...]]:
    """The parameters with the kind of file and the values that the app's examples show, and whole calls.

    Args:
        app: The app.
        fn: Gradio's BlockFunction.
        parameters: The endpoint's, one for each of its inputs that travel.
        acceptance: Judges values.
    """
    inputs = [block for block in fn.inputs if parts.is_component(block)]
    by_id = {block._id: parameter for block, parameter in zip(inputs, parameters, strict=True)}
    components = {block._id: block for block in inputs}
    whole: list[Example] = []
    kinds: dict[str, str] = {}
    singles: dict[str, Json] = {}
    for row in _rows(app, by_id):
        given: dict[str, Json] = {}
        fits = True
        for number, raw in row.items():
            parameter = by_id[number]
            if parameter.location == "file":
                kinds.setdefault(parameter.name, _media_type(raw))
                continue
            fitting = list(_values(components[number], raw, parameter.schema, acceptance))
            fits = fits and bool(fitting)
            given.update({parameter.name: fitting[0]} if fitting else {})
        if not fits:
            continue
        needed = {p.name for p in parameters if p.required and p.location != "file"}
        if given and needed <= given.keys():
            whole.append(Example(value=given))
        for name, value in given.items():
            singles.setdefault(name, value)
    unique = [example for index, example in enumerate(whole) if example not in whole[:index]]
    return tuple(_told(p, kinds, singles) for p in parameters), tuple(unique[:_AT_MOST])


def _told(parameter: Parameter, kinds: Mapping[str, str], singles: Mapping[str, Json]) -> Parameter:
    """A parameter with what an example says of it; what the component itself says of files comes first."""
    if parameter.location == "file":
        return replace(parameter, media_type=parameter.media_type or kinds.get(parameter.name, ""))
    if parameter.name in singles:
        return replace(parameter, examples=(Example(value=singles[parameter.name]),))
    return parameter


def _rows(app: Any, inputs: Mapping[int, Any]) -> Iterator[dict[int, Any]]:
    """Examples as values by the ids of an endpoint's inputs, those first that tell of most of them."""
    found = []
    for block in app.blocks.values():
        if parts.kind(block) == "Dataset":
            ids = [component._id for component in getattr(block, "_components", ())]
            samples = getattr(block, "raw_samples", None) or ()
            found += [
                {i: v for i, v in zip(ids, row, strict=True) if i in inputs} for row in samples if len(row) == len(ids)
            ]
    yield from sorted((row for row in found if row), key=lambda row: -len(row))


def _values(component: Any, raw: Any, schema: Schema, acceptance: Acceptance) -> Iterator[Json]:
    """An example as it travels: as it was written, or as the component makes it; none where it has files or is long."""
    ways: tuple[Callable[[], Any], ...] = (lambda: raw, lambda: component.postprocess(raw))
    for made in ways:
        try:
            value = made()
            dumped = value.model_dump() if hasattr(value, "model_dump") else value
            exact, sent = to_json(dumped)
        except Exception:  # a component of somebody else
            continue
        if exact and is_short(sent) and not parts.has_file(sent) and acceptance.accepts(schema, sent):
            yield sent


def _media_type(raw: Any) -> str:
    """Of a file that is an example, by its name."""
    raw = raw[0] if isinstance(raw, (list, tuple)) and raw else raw
    name = raw.get("path") if isinstance(raw, dict) else raw
    return (mimetypes.guess_type(name)[0] or "") if isinstance(name, str) else ""


def whole_number(component: Any, schema: Schema) -> int | None:
    """A whole number for a Number that must be given: `range` and validators take no other, and all take this one."""
    if parts.kind(component) != "Number" or not isinstance(schema, dict) or types(schema) != ("number",):
        return None
    least, most = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    bounds = [math.ceil(least)] if math.isfinite(least) else [math.floor(most)] if math.isfinite(most) else []
    return next((number for number in (_WHOLE, 1, *bounds) if least <= number <= most), None)
