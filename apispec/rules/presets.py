"""Sets of levels for a purpose; configuration names one or more, and sets single rules over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apispec.errors import ConfigError
from apispec.rules.registry import OWN, Level, Rule

STRICT = frozenset(
    [
        "operation-description-missing",
        "schema-description-missing",
        "property-description-missing",
        "license-missing",
        "license-strict",
        "contact-missing",
        "contact-properties",
        "error-response-missing",
        "operation-without-tag",
        "mixed-path-case",
        "mixed-operation-id-case",
        "verb-in-path",
        "no-server-example-com",
        "no-server-trailing-slash",
        "path-http-verbs-order",
        "array-parameter-serialization",
        "component-name-unique",
    ]
)
"""Rules that are off by default, and warnings under `strict`."""

OWASP: dict[str, Level] = {
    **dict.fromkeys(
        [
        "no-numeric-ids", "no-http-basic", "insecure-http-scheme", "credential-in-url", "write-restricted",
        "unbounded-array", "unbounded-string", "integer-limit", "integer-format", "rate-limit-headers-missing",
        "retry-after-missing", "admin-security-unique", "cors-header-missing", "inventory-access",
        "inventory-environment",
    ],
        "error",
    ),
    **dict.fromkeys(
        [
        "jwt-best-practices", "read-restricted", "open-object", "unbounded-additional-properties",
        "string-restricted", "too-many-requests-response-missing", "unauthorized-response-missing",
        "server-error-response-missing", "validation-response-missing",
    ],
        "warning",
    ),
    "refresh-url-missing": "info",
    "concerning-url-parameter": "info",
}  # fmt: skip
"""The checks of OWASP's API Security Top 10 (2023), with the levels that its public rule sets give them."""

_UP: dict[Level, Level] = {"info": "warning", "warning": "error"}
_ORDER: tuple[Level, ...] = ("off", "info", "warning", "error")


def _recommended(rule: Rule) -> Level:
    return rule.level


def _minimal(rule: Rule) -> Level:
    return rule.level if rule.group in ("correctness", "security") and rule.level != "info" else "off"


def _strict(rule: Rule) -> Level:
    if rule.id in STRICT:
        return "warning"
    return _UP.get(rule.level, rule.level)


def _security(rule: Rule) -> Level:
    if rule.id in OWASP:
        return OWASP[rule.id]
    if rule.group == "security":
        return _UP.get(rule.level, rule.level)
    return rule.level if rule.group == "correctness" else "off"


PRESETS: dict[str, tuple[Callable[[Rule], Level], str]] = {
    "recommended": (_recommended, "Each rule at its own level, as without a preset."),
    "minimal": (_minimal, "Only what is wrong by the specification, or dangerous to publish."),
    "strict": (_strict, "Everything one level up, and habits that many guidelines ask for."),
    "security": (_security, "Correctness and security, with the checks of OWASP's API Security Top 10 (2023)."),
}
"""Name → level of a rule, and what the preset is for."""


def level(rule: Rule, presets: Sequence[str]) -> Level:
    """A rule's level under presets: the highest of theirs. Rules of one's own keep theirs.

    Raises:
        ConfigError: There is no such preset.
    """
    for name in presets:
        if name not in PRESETS:
            raise ConfigError(f"there is no preset {name!r}", hint=f"presets: {', '.join(PRESETS)}")
    if rule.group == OWN or not rule.check.__module__.startswith("apispec.rules."):
        return rule.level
    return max((PRESETS[name][0](rule) for name in presets or ("recommended",)), key=_ORDER.index)
