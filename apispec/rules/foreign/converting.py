"""Rules of one's own that other tools' configuration declares, written as assertions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from apispec.errors import ConfigError
from apispec.rules.assertions import declared
from apispec.rules.foreign import redocly, spectral
from apispec.rules.registry import rules


class UnknownError(Exception):
    """A rule says what assertions cannot."""


_KEYS = {
    "nonEmpty": "non-empty", "notPattern": "not-pattern", "minLength": "min-length", "maxLength": "max-length",
    "requireAny": "require-any", "mutuallyExclusive": "mutually-exclusive", "mutuallyRequired": "mutually-required",
    "sortOrder": "sort-order",
}  # fmt: skip
_SAME = ("defined", "pattern", "casing", "enum", "const", "required", "disallowed", "ref")


def from_redocly(name: str, rule: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """An assertion of Redocly's (`rule/NAME`) as ours.

    Raises:
        UnknownError: It uses what assertions do not have.
    """
    table = _redocly_part(rule)
    conditions = rule.get("where")
    if conditions:
        table["where"] = [_redocly_part(one) for one in conditions if isinstance(one, Mapping)]
    message, hint = rule.get("message"), rule.get("suggest")
    if isinstance(message, str):
        table["message"] = _message(message, {"property": "property", "problems": "problem", "key": "name"})
    if hint:
        table["hint"] = " ".join(map(str, hint)) if isinstance(hint, list) else str(hint)
    return _checked(_named(name), table)


def _redocly_part(rule: Mapping[str, Any]) -> dict[str, Any]:
    subject = rule.get("subject")
    about = subject if isinstance(subject, Mapping) else {"type": subject, "property": rule.get("property")}
    kind = str(about.get("type"))
    if kind not in redocly.SUBJECTS:
        raise UnknownError(f"there is no subject {kind!r}")
    table: dict[str, Any] = {"subject": redocly.SUBJECTS[kind]}
    if about.get("property"):
        table["property"] = about["property"]
    for theirs, own in (("filterInParentKeys", "keys"), ("filterOutParentKeys", "not-keys")):
        keys = about.get(theirs)
        if isinstance(keys, list):
            table[own] = [str(key) for key in keys]
    if about.get("matchParentKeys"):
        raise UnknownError("matchParentKeys")
    assertions = rule.get("assertions")
    if not isinstance(assertions, Mapping):
        known = {*_KEYS, *_SAME, "undefined"}
        assertions = {key: value for key, value in rule.items() if key in known}
    for key, value in assertions.items():
        if key == "undefined":
            table["defined"] = not value
        elif key in _KEYS or key in _SAME:
            is_expression = key in ("pattern", "notPattern") or (key == "ref" and isinstance(value, str))
            as_list = key in ("enum", "required", "disallowed") and not isinstance(value, list)
            table[_KEYS.get(str(key), str(key))] = (
                _expression(value) if is_expression else [value] if as_list else value
            )
        else:
            raise UnknownError(f"the assertion {key!r}")
    return table


def _expression(pattern: Any) -> str:
    """`/^a$/i` as Python writes it."""
    match = re.fullmatch(r"/(.*)/([a-z]*)", str(pattern), re.DOTALL)
    if not match:
        return str(pattern)
    flags = "".join(flag for flag in match[2] if flag in "ims")
    return f"(?{flags}){match[1]}" if flags else match[1]


_CASES = {
    "flat": "flatcase", "camel": "camelCase", "pascal": "PascalCase", "kebab": "kebab-case", "cobol": "COBOL-CASE",
    "snake": "snake_case", "macro": "MACRO_CASE",
}  # fmt: skip


def from_spectral(
    name: str, rule: Mapping[str, Any], aliases: Mapping[str, Any] | None = None
) -> dict[str, dict[str, Any]]:
    """A rule of Spectral's (`given` and `then`) as assertions, one for each `then`.

    Args:
        name: What it is called.
        rule: As in the file.
        aliases: The paths that the file gives names to.

    Raises:
        UnknownError: It uses what assertions do not have.
    """
    given = rule.get("given")
    places = [place for one in _listed(given) for place in _unaliased(str(one), aliases or {})]
    methods = {_METHODS.fullmatch(place) for place in places}
    verbs = next(iter(methods)) if len(methods) == 1 else None
    places = ["#OperationObject"] if verbs else places
    steps = rule.get("then")
    steps = steps if isinstance(steps, list) else [steps]
    found: dict[str, dict[str, Any]] = {}
    message = rule.get("message") or rule.get("description")
    for number, step in enumerate(steps, 1):
        if not isinstance(step, Mapping):
            raise UnknownError("there is no `then`")
        table: dict[str, Any] = {}
        field = step.get("field")
        subjects = [_subject(place, at_key=field == "@key") for place in places]
        table["subject"] = subjects[0] if len(subjects) == 1 else subjects
        if verbs:
            table["keys"] = re.findall(r"[a-z]+", verbs[1])
        if field and field != "@key":
            table["property"] = str(field)
        options = step.get("functionOptions")
        table |= dict(_spectral_holds(str(step.get("function")), options if isinstance(options, Mapping) else {}))
        if isinstance(message, str):
            table["message"] = _message(message, {"property": "property", "error": "problem", "value": "name"})
        found |= _checked(f"{_named(name)}-{number}" if len(steps) > 1 else _named(name), table)
    return found


_METHODS = re.compile(r"\$\.paths(?:\[\*\]|\.\*)\[((?:['\"]?[a-z]+['\"]?\s*,?\s*)+)\]")
"""The path of operations of some methods: `$.paths[*][get,post]`."""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _unaliased(place: str, aliases: Mapping[str, Any]) -> list[str]:
    """The paths behind a name that the file gives them: `#Paths`."""
    meant = aliases.get(place.removeprefix("#")) if place.startswith("#") else None
    return [str(one) for one in _listed(meant)] if isinstance(meant, (str, list)) else [place]


def _subject(place: str, *, at_key: bool) -> str:
    plain = place.replace("['*']", "[*]").replace('["*"]', "[*]").rstrip("^") if place.endswith("^") else place
    named = {"$.components.schemas[*]": "schema", "$.components.schemas.*": "schema"}
    if at_key:
        plain = re.sub(r"(\[\*\]|\.\*)~?$", "", plain)
    found = spectral.SUBJECTS.get(plain) or named.get(plain)
    if found is None or place.endswith("^"):
        raise UnknownError(f"the path {place!r} means no subject")
    return found


def _spectral_holds(function: str, options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    match function:
        case "truthy":
            yield from (("defined", True), ("non-empty", True))
        case "defined":
            yield "defined", True
        case "undefined" | "falsy":
            yield "defined", False
        case "pattern":
            yield from ((ours, _expression(options[key])) for key, ours in _PATTERNS if key in options)
        case "casing" if options.get("type") in _CASES and "separator" not in options:
            yield "casing", _CASES[options["type"]]
        case "enumeration":
            yield "enum", options.get("values")
        case "length":
            yield from ((f"{key}-length", options[key]) for key in ("min", "max") if key in options)
        case "alphabetical":
            yield "sort-order", {"property": options["keyedBy"]} if "keyedBy" in options else "asc"
        case "xor":
            yield from (("mutually-exclusive", options.get("properties")), ("require-any", options.get("properties")))
        case "or":
            yield "require-any", options.get("properties")
        case _:
            raise UnknownError(f"the function {function!r}")


_PATTERNS = (("match", "pattern"), ("notMatch", "not-pattern"))


def _message(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda match: f"{{{names.get(match[1], match[1])}}}", text)


def _named(name: str) -> str:
    own = re.sub(r"[^\w./-]+", "-", name.removeprefix("rule/").removeprefix("assert/")).strip("-") or "own"
    return f"own-{own}" if own in rules() else own


def _checked(name: str, table: dict[str, Any]) -> dict[str, dict[str, Any]]:
    try:
        declared({name: table})
    except ConfigError as error:
        raise UnknownError(error.message) from None
    return {name: table}
