"""Kinds of changes of schemas, made from a list of aspects: requests must not narrow, responses must not widen."""

from __future__ import annotations

from apispec.changes.kind import Level, pair, symmetric

BREAKING, RISKY, SAFE = Level.BREAKING, Level.RISKY, Level.SAFE


def _mapped(mapping: str) -> str:
    choice = "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: "
    components = (
        "\ncomponents: {schemas: {A: {type: object, properties: {kind: {type: string}, a: {type: string}}}, "
        "B: {type: object, properties: {kind: {type: string}, b: {type: string}}}}}"
    )
    return choice + "{propertyName: kind, mapping: " + mapping + "}}" + components


def _marked(*names: str) -> str:
    parts = (f"{{type: object, properties: {{kind: {{const: {name}}}}}, required: [kind]}}" for name in names)
    return "{oneOf: [" + ", ".join(parts) + "]}"


_ASPECTS: tuple[tuple[str, str, str, str, dict[str, Level]], ...] = (
    ("type", "types", "{type: [string, integer]}", "{type: string}", {}),
    ("null", "null", '{type: [string, "null"]}', "{type: string}", {}),
    (
        "enum",
        "listed values",
        "{type: string, enum: [cat, dog]}",
        "{type: string, enum: [cat]}",
        {},
    ),
    ("range", "numbers", "{type: integer, maximum: 10}", "{type: integer, maximum: 5}", {}),
    ("multiple-of", "multiples", "{type: integer}", "{type: integer, multipleOf: 5}", {}),
    ("length", "lengths of texts", "{type: string, maxLength: 10}", "{type: string, maxLength: 5}", {}),
    ("pattern", "patterns of texts", "{type: string}", '{type: string, pattern: "^a"}', {}),
    (
        "format",
        "formats",
        "{type: string}",
        "{type: string, format: date}",
        {"request-narrowed": RISKY, "response-widened": RISKY},
    ),
    (
        "item-count",
        "numbers of items",
        "{type: array, items: {}, maxItems: 9}",
        "{type: array, items: {}, maxItems: 5}",
        {},
    ),
    ("unique-items", "repeated items", "{type: array, items: {}}", "{type: array, items: {}, uniqueItems: true}", {}),
    ("property-count", "numbers of properties", "{type: object}", "{type: object, maxProperties: 5}", {}),
    (
        "required",
        "required properties",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, required: [a]}",
        {},
    ),
    (
        "required-property",
        "new required properties",
        "{type: object}",
        "{type: object, properties: {a: {type: string}}, required: [a]}",
        {"request-widened": RISKY},
    ),
    (
        "property",
        "optional properties",
        "{type: object}",
        "{type: object, properties: {a: {type: string}}}",
        {"request-narrowed": SAFE, "request-widened": RISKY, "response-widened": RISKY},
    ),
    (
        "closed-property",
        "properties of objects that allow no others",
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
        "{type: object, additionalProperties: false}",
        {"response-narrowed": RISKY, "response-widened": RISKY},
    ),
    (
        "additional-properties",
        "other properties",
        "{type: object}",
        "{type: object, additionalProperties: false}",
        {"response-widened": RISKY},
    ),
    (
        "variant",
        "alternatives",
        _marked("cat", "dog", "fox"),
        _marked("cat", "dog"),
        {},
    ),
    (
        "mapping",
        "values of a discriminator",
        _mapped("{cat: '#/components/schemas/A', lion: '#/components/schemas/A', dog: '#/components/schemas/B'}"),
        _mapped("{cat: '#/components/schemas/A', dog: '#/components/schemas/B'}"),
        {},
    ),
    (
        "constraint",
        "other constraints",
        "{type: string}",
        "{type: string, not: {const: a}}",
        {},
    ),
)
"""Aspect, what it speaks of, a wide schema, a narrow one, and levels that differ from the rule."""

_RULE = {
    "request-narrowed": BREAKING,
    "request-widened": SAFE,
    "response-narrowed": SAFE,
    "response-widened": BREAKING,
}
_WHY = {
    "request-narrowed": "Callers send values that were accepted; some of them are refused now.",
    "request-widened": "Whatever callers send now is still accepted.",
    "response-narrowed": "Whatever callers read now they could read before.",
    "response-widened": "Callers meet values that they were told not to expect.",
}
_TITLES = {
    "request-narrowed": "Fewer {} are accepted in requests.",
    "request-widened": "More {} are accepted in requests.",
    "response-narrowed": "Fewer {} occur in responses.",
    "response-widened": "More {} occur in responses.",
}
_SPECIAL_TITLES = {
    "required-narrowed": "A property that was optional is required in {}s.",
    "required-widened": "A property that was required is optional in {}s.",
    "required-property-narrowed": "A new required property in {}s.",
    "required-property-widened": "A required property is gone from {}s.",
    "property-narrowed": "A new optional property in {}s.",
    "property-widened": "An optional property is gone from {}s.",
}
_SPECIAL_WHY = {
    "request-property-widened": "Callers may still send it, but the server ignores it from now on.",
    "request-required-property-widened": "Callers may still send it, but the server ignores it from now on.",
    "request-property-narrowed": "Callers that do not know it go on as before.",
    "response-property-widened": "Callers that read it when it is there find it never again.",
    "response-enum-widened": "Callers that list all cases meet an unknown one. `x-extensible-enum` announces that.",
    "response-variant-widened": "Callers that list all cases meet one they do not know.",
    "request-format-narrowed": "Formats are checked by some servers and ignored by others.",
    "response-format-widened": "Generated code may have made a special type of the format.",
    "response-closed-property-narrowed": "Callers that read it when it is there find it never again.",
    "response-closed-property-widened": "Few callers refuse what they do not know, but generated code may.",
    "response-mapping-widened": "Callers choose a class by the value and meet one that they do not know.",
    "response-additional-properties-widened": "Few callers refuse what they do not know, but generated code may.",
}


def _in_request(schema: str) -> str:
    return "post:\n  requestBody:\n    content:\n      application/json:\n        schema: " + schema


def _in_response(schema: str) -> str:
    return (
        'get:\n  responses:\n    "200":\n      description: OK\n      content:\n        application/json:\n'
        "          schema: " + schema
    )


def _declare_aspects() -> None:
    for aspect, words, wide, narrow, levels in _ASPECTS:
        for way, wrap in (("request", _in_request), ("response", _in_response)):
            sides = []
            for effect in ("narrowed", "widened"):
                key, name = f"{way}-{effect}", f"{way}-{aspect}-{effect}"
                title = _SPECIAL_TITLES.get(f"{aspect}-{effect}", _TITLES[key]).format(
                    way if f"{aspect}-{effect}" in _SPECIAL_TITLES else words
                )
                why = _SPECIAL_WHY.get(name, _WHY[key])
                sides.append((name, levels.get(key, _RULE[key]), title, why))
            pair(sides[0], sides[1], wrap(wide), wrap(narrow))


_declare_aspects()
for _way, _wrap in (("request", _in_request), ("response", _in_response)):
    symmetric(
        f"{_way}-default-changed",
        BREAKING if _way == "request" else SAFE,
        f"A default in {_way}s is another one.",
        "A request that leaves the value out was valid and means something else from now on."
        if _way == "request"
        else "Servers fill in what they leave out.",
        _wrap("{type: object, properties: {a: {type: integer, default: 1}}}"),
        _wrap("{type: object, properties: {a: {type: integer, default: 2}}}"),
    )
    pair(
        (
            f"{_way}-default-added",
            RISKY if _way == "request" else SAFE,
            f"A part of {_way}s has a default now.",
            "What was meant where it is left out, the document did not say."
            if _way == "request"
            else "Servers fill in what they leave out.",
        ),
        (
            f"{_way}-default-removed",
            RISKY if _way == "request" else SAFE,
            f"A part of {_way}s has no default any more.",
            "What is meant where it is left out, the document does not say any more."
            if _way == "request"
            else "Servers fill in what they leave out.",
        ),
        _wrap("{type: object, properties: {a: {type: integer}}}"),
        _wrap("{type: object, properties: {a: {type: integer, default: 1}}}"),
    )
    symmetric(
        f"{_way}-discriminator-changed",
        RISKY,
        f"Alternatives in {_way}s are told apart by another property.",
        "Generated code looks at the property to choose a class.",
        _wrap(
            "{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}], discriminator: {propertyName: a}}"
        ),
        _wrap(
            "{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}], discriminator: {propertyName: b}}"
        ),
    )
    pair(
        (
            f"{_way}-property-deprecated",
            SAFE,
            f"A part of {_way}s is deprecated.",
            "It still works; callers should move on.",
        ),
        (
            f"{_way}-property-undeprecated",
            SAFE,
            f"A part of {_way}s is not deprecated any more.",
            "Nothing changes for callers.",
        ),
        _wrap("{type: object, properties: {a: {type: integer}}}"),
        _wrap("{type: object, properties: {a: {type: integer, deprecated: true}}}"),
    )

pair(
    (
        "request-extensible-enum-narrowed",
        BREAKING,
        "A value of an extensible enumeration is gone from requests.",
        "Callers that send it are refused.",
    ),
    (
        "request-extensible-enum-widened",
        SAFE,
        "An extensible enumeration has a new value in requests.",
        "Whatever callers send now is still accepted.",
    ),
    _in_request("{type: string, x-extensible-enum: [cat, dog]}"),
    _in_request("{type: string, x-extensible-enum: [cat]}"),
)
pair(
    (
        "response-extensible-enum-narrowed",
        SAFE,
        "A value of an extensible enumeration is gone from responses.",
        "Whatever callers read now they could read before.",
    ),
    (
        "response-extensible-enum-widened",
        SAFE,
        "An extensible enumeration has a new value in responses.",
        "`x-extensible-enum` has told callers to expect unknown values.",
    ),
    _in_response("{type: string, x-extensible-enum: [cat, dog]}"),
    _in_response("{type: string, x-extensible-enum: [cat]}"),
)
