"""How much of what is true of a function its endpoint says."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs

from apispec import App
from apispec.introspection import describe
from apispec.model import Api, Endpoint, Schema
from apispec.schemas.questions import resolve
from tests.corpus import truth
from tests.corpus.modules import Case

MEASURES = ("described", "valid", "parameters", "required", "typed", "documented", "defaults", "returns")
"""Each a share: of the functions, of their parameters, of the hinted, the documented, those with a JSON default, the
hinted results."""

AIMS = {  # optional parameters that no JSON can be a value of are left out, which counts as missed
    "described": 1.0, "valid": 1.0, "parameters": 0.99, "required": 1.0, "typed": 0.85, "documented": 0.96, "defaults": 0.99,
    "returns": 0.58,
}  # fmt: skip


@dataclass
class Score:
    """Hits of possible ones by measure, and what was missed."""

    hit: Counter[str] = field(default_factory=Counter)
    possible: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    """Measure, function (and parameter), reason."""

    def count(self, measure: str, ok: bool, subject: str, reason: str = "") -> None:
        """Count one."""
        self.possible[measure] += 1
        self.hit[measure] += ok
        if not ok:
            self.missed.append((measure, subject, reason))

    def share(self, measure: str) -> float:
        """Hits of possible ones; 1 where there are none."""
        return self.hit[measure] / self.possible[measure] if self.possible[measure] else 1.0

    def add(self, other: Score) -> None:
        """Count another's as well."""
        self.hit.update(other.hit)
        self.possible.update(other.possible)
        self.missed += other.missed


def score(cases: Iterable[Case]) -> Score:
    """Describe all functions together, or each alone where that raises."""
    result = Score()
    cases = list(cases)
    try:
        api = _describe(cases)
    except Exception:
        for case in cases:
            try:
                api = _describe([case])
            except Exception as error:
                result.count("described", False, case.label, f"{type(error).__name__}: {error}")
            else:
                _judge(case, api, result)
        return result
    for case in cases:
        _judge(case, api, result)
    return result


def _describe(cases: Iterable[Case]) -> Api:
    app = App()
    for case in cases:
        app.add(case.function, name=case.label)
    return describe(app).api


def _judge(case: Case, api: Api, result: Score) -> None:
    endpoint = api.endpoint(case.label)
    result.count("described", endpoint is not None, case.label, "it has no endpoint")
    if endpoint is None:
        return
    schemas = [p.schema for p in endpoint.parameters] + ([endpoint.result.schema] if endpoint.result else [])
    for schema in schemas:
        result.count("valid", _valid(schema, api), case.label, str(schema))
    names = truth.signature(case.function)
    if names is None:
        return
    documented = truth.documented(case.function, names)
    for name, parameter in names.items():
        _judge_parameter(f"{case.label}({name})", name, parameter, endpoint, api, result)
        if name in documented:
            found = endpoint.parameter(name)
            result.count("documented", bool(found and found.description), f"{case.label}({name})", "no text")
    hint = truth.returns(case.function)
    if truth.says_a_type(hint):
        schema = endpoint.result.schema if endpoint.result else {}
        result.count("returns", endpoint.result is None or not _open(schema, api), f"{case.label} ->", _text(hint))


def _judge_parameter(
    subject: str, name: str, parameter: inspect.Parameter, endpoint: Endpoint, api: Api, result: Score
) -> None:
    found = endpoint.parameter(name)
    spread = parameter.kind is parameter.VAR_KEYWORD and "Unpack" in str(parameter.annotation)
    result.count("parameters", found is not None or spread, subject, f"of {[p.name for p in endpoint.parameters]}")
    if found is None:
        return
    result.count("required", found.required == truth.required(parameter), subject, f"required={found.required}")
    if truth.says_a_type(parameter.annotation):
        result.count("typed", not _open(found.schema, api), subject, _text(parameter.annotation))
    is_json, value = truth.json_default(parameter)
    if is_json:
        default = found.default
        ok = default is not None and default.is_json and default.value == value and type(default.value) is type(value)
        result.count("defaults", ok, subject, f"{parameter.default!r:.60} is {default!r:.80}")


def _valid(schema: Schema, api: Api) -> bool:
    try:
        if not jsonschema_rs.meta.is_valid(schema):
            return False
        jsonschema_rs.Draft202012Validator({"$ref": "#/s", "s": schema, "components": {"schemas": api.schemas}})
    except ValueError:
        return False
    return True


_SAYS_NOTHING = frozenset({"title", "description", "default", "examples", "deprecated"})


def _open(schema: Schema, api: Api) -> bool:
    """Whether everything goes."""
    schema = resolve(schema, api.schemas)
    if isinstance(schema, bool):
        return schema
    says = {key: value for key, value in schema.items() if key not in _SAYS_NOTHING and not key.startswith("x-")}
    if set(says) <= {"anyOf", "oneOf"} and says:
        branches = [branch for key in says for branch in says[key]]
        return all(_open(branch, api) or branch == {"type": "null"} for branch in branches)
    return not says


def _text(hint: Any) -> str:
    return inspect.formatannotation(hint)
