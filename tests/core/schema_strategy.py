"""Random JSON Schemas over all keywords that example values are made from, with components that refer to each other."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NAMES = st.sampled_from(["id", "name", "tags", "when", "a-b", "ü", "__proto__", "kind", "x y", "$ref2", ""])
COMPONENTS = ["Alpha", "Beta", "Gamma"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
"""Any JSON value; the texts hold no lone surrogates, which no validator takes."""

PATTERNS = [
    "^[A-Z]{2}$", r"^\d{3}-\d{4}$", "^(foo|bar)+$", r"^\w+@\w+\.\w+$", "^[^a-z]$", "x*", "^.{5,10}$", r"^\+?[1-9]\d{1,14}$",
    "^(?!admin)[a-z]+$", r"^#[0-9a-fA-F]{6}$", r"^v\d+\.\d+\.\d+(-[\w.]+)?$", "^$", r"^\S+$", "[0-9]", "(a)\\1",
]  # fmt: skip
FORMATS = [
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "uuid",
    "uri",
    "hostname",
    "ipv4",
    "ipv6",
    "regex",
    "made-up",
]


def small(least: int = 0, most: int = 6) -> st.SearchStrategy[int]:
    return st.integers(least, most)


def optional(**choices: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=choices)


REFERENCES = st.sampled_from(COMPONENTS).map(lambda name: {"$ref": f"#/components/schemas/{name}"})

STRINGS = st.one_of(
    optional(minLength=small(0, 5), maxLength=small(5, 9), title=st.text(max_size=3)).map(
        lambda s: {"type": "string", **s}
    ),
    st.sampled_from(PATTERNS).map(lambda p: {"type": "string", "pattern": p}),
    st.sampled_from(FORMATS).map(lambda f: {"type": "string", "format": f}),
)
NUMBERS = st.builds(
    lambda kind, low, high: {"type": kind, **low, **high},
    st.sampled_from(["integer", "number"]),
    optional(minimum=st.integers(-50, 20), exclusiveMinimum=st.integers(-50, 20) | st.floats(-50, 20)),
    optional(
        maximum=st.integers(20, 90) | st.floats(21, 90),
        exclusiveMaximum=st.integers(22, 90),
        multipleOf=st.sampled_from([1, 2, 5, 0.5, 0.01, 7]),
    ),
)
CONSTANTS = st.one_of(
    JSON.map(lambda v: {"const": v}), st.lists(JSON, min_size=1, max_size=3).map(lambda v: {"enum": v})
)
LEAVES = st.one_of(
    STRINGS, NUMBERS, CONSTANTS, st.sampled_from([{}, True, {"type": "boolean"}, {"type": "null"}]), REFERENCES,
    st.lists(st.sampled_from(["string", "integer", "null", "array", "object"]), min_size=1, max_size=3, unique=True).map(lambda t: {"type": t}),
)  # fmt: skip


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    def build(properties: dict[str, Any], required: list[str], more: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "properties": properties, "required": list(dict.fromkeys(required)), **more}

    return st.builds(
        build,
        st.dictionaries(NAMES, inner, max_size=4),
        st.lists(NAMES, max_size=2),
        optional(
            additionalProperties=st.booleans() | inner,
            patternProperties=st.dictionaries(st.sampled_from(["^x-", "^[a-z]+$"]), inner, max_size=1),
            propertyNames=st.sampled_from([{"pattern": "^[a-z-]+$"}, {"maxLength": 8}]),
            minProperties=small(0, 3),
            maxProperties=small(3, 6),
            dependentRequired=st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True), max_size=1),
            unevaluatedProperties=st.booleans(),
        ),
    )


def arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return optional(
        items=inner, prefixItems=st.lists(inner, min_size=1, max_size=3), minItems=small(0, 3), maxItems=small(3, 5),
        uniqueItems=st.booleans(), contains=inner, minContains=small(0, 2), maxContains=small(2, 4),
    ).map(lambda s: {"type": "array", **s})  # fmt: skip


def combinations(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    branches = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(
            lambda key, b, more: {key: b, **more},
            st.sampled_from(["anyOf", "oneOf", "allOf"]),
            branches,
            optional(title=st.just("T"), default=JSON, examples=st.lists(JSON, max_size=2)),
        ),
        st.builds(lambda a, b, c: {"if": a, "then": b, "else": c}, inner, inner, inner),
        st.builds(lambda base, s: {**base, "not": s} if isinstance(base, dict) else {"not": s}, inner, inner),
        st.builds(
            lambda r, more: {**r, **more},
            REFERENCES,
            optional(description=st.just("d"), default=JSON, minProperties=small(0, 2)),
        ),
        st.builds(
            lambda a, b: {**a, **b},
            objects(inner),
            st.builds(lambda k, b: {k: b}, st.sampled_from(["anyOf", "oneOf", "allOf"]), branches),
        ),
    )


SCHEMAS = st.recursive(LEAVES, lambda inner: objects(inner) | arrays(inner) | combinations(inner), max_leaves=12)
COMPONENT_SETS = st.fixed_dictionaries(dict.fromkeys(COMPONENTS, SCHEMAS))


def accepting(value: Any) -> st.SearchStrategy[Any]:
    """Schemas that accept a value: each has an example, so one must be found."""
    ways: list[st.SearchStrategy[Any]] = [
        st.just({"const": value}),
        st.lists(JSON, max_size=2).map(lambda v: {"enum": [*v, value]}),
    ]
    if isinstance(value, bool) or value is None:
        ways += [st.just({"type": "null" if value is None else "boolean"})]
    elif isinstance(value, str):
        bounds = optional(minLength=small(0, len(value)), maxLength=small(len(value), len(value) + 4))
        ways += [bounds.map(lambda s: {"type": "string", **s})] * 3
    elif isinstance(value, (int, float)):
        kind = "integer" if float(value).is_integer() else "number"
        bounds = optional(
            minimum=st.sampled_from([value, value - 1, value - 100]),
            maximum=st.sampled_from([value, value + 1, value + 100]),
            exclusiveMinimum=st.sampled_from([value - 1, value - 0.5]),
            exclusiveMaximum=st.sampled_from([value + 1, value + 7]),
        )
        ways += [bounds.map(lambda s: {"type": kind, **s})] * 3
    elif isinstance(value, list):
        ways += [_accepting_array(value)] * 3
    else:
        ways += [_accepting_object(value)] * 3
    plain = st.one_of(ways)
    wrong = st.sampled_from([{"type": "null"}, {"type": "array", "minItems": 9}, False, {"const": "nothing else"}])
    return st.one_of(
        plain, plain, plain,
        st.lists(plain, min_size=1, max_size=3).map(lambda parts: {"allOf": parts}),
        st.tuples(wrong, plain).map(lambda parts: {"anyOf": list(parts)}),
        st.tuples(plain, st.text(max_size=3)).map(lambda p: {"allOf": [p[0]], "description": p[1]}),
    )  # fmt: skip


@st.composite
def _accepting_array(draw: Any, value: list[Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "array",
        **draw(optional(minItems=small(0, len(value)), maxItems=small(len(value), 6))),
    }
    prefix = draw(small(0, len(value)))
    if prefix:
        schema["prefixItems"] = [draw(accepting(v)) for v in value[:prefix]]
    rest = value[prefix:]
    if rest and draw(st.booleans()):
        schema["items"] = {"anyOf": [draw(accepting(v)) for v in rest]}
    elif not rest and draw(st.booleans()):
        schema["items"] = False
    return schema


@st.composite
def _accepting_object(draw: Any, value: dict[str, Any]) -> dict[str, Any]:
    keys = list(value)
    named = draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {key: draw(accepting(value[key])) for key in named},
        **draw(optional(minProperties=small(0, len(keys)), maxProperties=small(len(keys), 8))),
    }
    if keys and draw(st.booleans()):
        schema["required"] = draw(st.lists(st.sampled_from(keys), unique=True))
    rest = [key for key in keys if key not in named]
    if rest and draw(st.booleans()):
        schema["additionalProperties"] = {"anyOf": [draw(accepting(value[key])) for key in rest]}
    elif not rest and draw(st.booleans()):
        schema["additionalProperties"] = False
    return schema
