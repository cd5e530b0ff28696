"""Names, defaults and required flags are what `pydantic.validate_call` would accept."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, Field, ValidationError, validate_call
from pydantic.alias_generators import to_camel
from pydantic_core import SchemaError

from apispec.declaring import App
from apispec.introspection import describe
from apispec.runtime import Problem, functions

from .support import one


def served(function: Any) -> Any:
    app = App("Test")
    app.add(function, name="f")
    [made] = functions(app, describe(app).api)

    def call(values: dict[str, Any]) -> Any:
        positional, named = made.bind(values)
        return made.call(*positional, **named)

    return call


def test_alias_default_and_description_are_pydantics() -> None:
    def f(
        page_size: Annotated[int, Field(alias="pageSize", ge=1)],
        sort: Annotated[str, Field(default="up")],
        tags: Annotated[list[str], Field(default_factory=list)],
        made: Annotated[datetime.datetime, Field(default_factory=datetime.datetime.now)],
        either: int = Field(3, validation_alias=AliasChoices("either_or", "e")),
    ) -> list[Any]:
        """Search.

        Args:
            page_size: How many.
        """
        return [page_size, sort, tags, either]

    found = one(f)
    assert [(p.name, p.required) for p in found.endpoint.parameters] == [
        ("pageSize", True), ("sort", False), ("tags", False), ("made", False), ("either_or", False)
    ]  # fmt: skip
    assert found.parameter("pageSize").description == "How many."
    assert [found.parameter(n).default.value for n in ("sort", "tags", "either_or")] == ["up", [], 3]
    assert found.parameter("made").default.text == "<now()>"
    call = served(f)
    assert call({"pageSize": 2}) == [2, "up", [], 3]
    assert call({"pageSize": 2, "e": 4, "tags": ["a"]}) == [2, "up", ["a"], 4]
    first, second = call({"pageSize": 1})[2], call({"pageSize": 1})[2]
    assert first is not second
    for wrong in ({"page_size": 2}, {}, {"pageSize": 0}, {"pageSize": 1, "either": 4}):
        with pytest.raises(Problem):
            call(wrong)


NAMES = ("page_size", "sort_by", "limit")
FIELDS = (
    {}, {"alias": "other"}, {"validation_alias": "other"}, {"serialization_alias": "other"},
    {"validation_alias": AliasChoices("other", "third")}, {"default": 7}, {"default_factory": int},
    {"alias": "other", "default": 7},
)  # fmt: skip
CONFIGS = (None, {}, {"alias_generator": to_camel}, {"alias_generator": to_camel, "validate_by_name": True},
           {"validate_by_name": True, "validate_by_alias": False})  # fmt: skip


@st.composite
def signatures(draw: st.DrawFn) -> tuple[str, dict[str, Any], Any]:
    config = draw(st.sampled_from(CONFIGS))
    written, names, keyword_only = [], {}, draw(st.integers(0, 3))
    for i, name in enumerate(NAMES):
        field = {k: f"{v}{i}" if isinstance(v, str) else v for k, v in draw(st.sampled_from(FIELDS)).items()}
        names[f"F{i}"] = Field(**field)
        style = draw(st.sampled_from(("annotated", "default", "both", "plain")))
        hint = f"Annotated[int, F{i}]" if style in ("annotated", "both") and field else "int"
        default = f" = F{i}" if style == "default" and field else " = 5" if style == "both" else ""
        written.append(f"{name}: {hint}{default}")
    parts = (
        [*written[:keyword_only], "*", *written[keyword_only:]]
        if keyword_only < 3
        else sorted(written, key=lambda text: " = " in text)
    )
    if keyword_only < 3:
        parts = [*sorted(parts[:keyword_only], key=lambda text: " = " in text), *parts[keyword_only:]]
    return f"def f({', '.join(parts)}):\n    return [{', '.join(NAMES)}]\n", names, config


@settings(max_examples=60, deadline=None)
@given(signatures(), st.data())
def test_what_validate_call_accepts_is_accepted_and_nothing_else(made: Any, data: st.DataObject) -> None:
    source, names, config = made
    namespace: dict[str, Any] = {"Annotated": Annotated, **names}
    exec(compile(source, "<made>", "exec", dont_inherit=True), namespace)
    plain = namespace["f"]
    try:
        checked = validate_call(config=config)(plain) if config is not None else validate_call(plain)
    except (TypeError, SchemaError):  # what pydantic itself does not take
        reject()
    call = served(checked if config is not None else plain)
    everything = [*NAMES, *map(to_camel, NAMES), *(f"other{i}" for i in range(3)), "other", "third"]
    given_names = data.draw(st.lists(st.sampled_from(everything), unique=True, max_size=5))
    values: dict[str, Any] = {name: number + 10 for number, name in enumerate(given_names)}
    try:
        expected = checked(**values)
    except ValidationError:
        with pytest.raises(Problem):
            call(values)
        return
    assert call(values) == expected
