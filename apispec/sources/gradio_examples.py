"""The examples that a Gradio app shows below its inputs (`examples=`, `gr.Examples`), as arguments of its endpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from apispec.introspection import Acceptance, to_json
from apispec.model import Example, Parameter
from apispec.sources import gradio_components as parts

_AT_MOST = 10


def examples_of(
    app: Any, fn: Any, names: Sequence[str], acceptance: Acceptance, parameters: Sequence[Parameter]
) -> list[Example]:
    """Examples whose values are for just the inputs of an endpoint and fit them; none with files.

    Args:
        app: The app.
        fn: Gradio's BlockFunction.
        names: Of the parameters.
        acceptance: Judges values.
        parameters: The endpoint's.
    """
    inputs = [block._id for block in fn.inputs if parts.is_component(block)]
    if not inputs or any(p.location == "file" for p in parameters):
        return []
    found = []
    for row in _rows(app, inputs):
        exact, values = to_json(list(row))
        fits = exact and all(acceptance.accepts(p.schema, v) for p, v in zip(parameters, values, strict=True))
        if fits:
            found.append(Example(value=dict(zip(names, values, strict=True))))
    return found[:_AT_MOST]


def _rows(app: Any, inputs: list[int]) -> Iterator[list[Any]]:
    for block in app.blocks.values():
        if parts.kind(block) == "Dataset":
            ids = [component._id for component in getattr(block, "_components", ())]
            if ids == inputs:
                yield from (row for row in getattr(block, "samples", ()) if len(row) == len(inputs))
