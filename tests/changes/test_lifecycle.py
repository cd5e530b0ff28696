"""Stability levels, internal operations, and the time between deprecation and removal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apispec.changes import Change, Promises, compare
from apispec.errors import ConfigError
from apispec.rules.examples import document

TODAY = date(2026, 6, 1)
PROMISED = Promises(days=180, days_beta=31)


def changes(before: str, after: str, promises: Promises = PROMISED) -> list[Change]:
    return compare(document(before), document(after), today=TODAY, promises=promises)


def levels(before: str, after: str, promises: Promises = PROMISED) -> dict[str, str]:
    return {change.kind: change.level.value for change in changes(before, after, promises)}


_NARROWED = "{responses: {'200': {description: OK}}, parameters: [{in: query, name: a, required: true, schema: {}}]%s}"


@pytest.mark.parametrize(
    ("mark", "level"),
    [
        (", x-stability-level: draft", "safe"),
        (", x-stability-level: alpha", "safe"),
        (", x-stability-level: beta", "breaking"),
        (", x-stability-level: stable", "breaking"),
        (", x-stability-level: loose", "breaking"),
        (", x-internal: true", "safe"),
        (", x-internal: false", "breaking"),
        ("", "breaking"),
    ],
)
def test_what_promised_nothing_may_break(mark: str, level: str) -> None:
    before = f"get: {{responses: {{'200': {{description: OK}}}}{mark}}}"
    after = f"get: {_NARROWED % mark}"
    assert levels(before, after) == {"required-parameter-added": level}
    assert levels(before, after, Promises(may_break=("none",))) == {"required-parameter-added": "breaking"}
    assert levels(f"/a: {{get: {{}}, post: {{{mark[2:]}}}}}", "/a: {get: {}}") == {"operation-removed": level}
    (change,) = changes(before, after)
    assert bool(change.breaks) is (level == "breaking")


def test_the_base_says_what_was_promised_and_the_nearest_word_counts() -> None:
    lowered = levels("get: {}", f"get: {_NARROWED % ', x-stability-level: alpha'}")
    assert lowered == {"stability-lowered": "breaking", "required-parameter-added": "breaking"}
    item = "/a: {x-stability-level: alpha, get: %s}"
    assert levels(item % "{}", item % (_NARROWED % ""))["required-parameter-added"] == "safe"
    stable = ", x-stability-level: stable"
    before = item % "{x-stability-level: stable}"
    assert levels(before, item % (_NARROWED % stable))["required-parameter-added"] == "breaking"
    whole = "info: {title: T, version: '1', x-stability-level: draft}\n"
    assert set(levels(f"{whole}get: {{}}", f"{whole}get: {_NARROWED % ''}").values()) == {"safe"}


def test_one_change_of_two_operations_is_judged_for_each() -> None:
    part = (
        "/a: {get: {x-stability-level: alpha, responses: {'200': {$ref: '#/components/responses/R'}}},"
        " post: {responses: {'200': {$ref: '#/components/responses/R'}}}}\n"
        "components: {responses: {R: {description: R, content: {application/json: {schema: {type: %s}}}}}}"
    )
    found = changes(part % "string", part % "integer")
    assert {(c.subjects, c.level.value) for c in found if c.kind == "response-type-widened"} == {
        (("GET /a",), "safe"),
        (("POST /a",), "breaking"),
    }


_OLD = "get: {%s}"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "deprecated: true", {"operation-deprecated": "breaking"}),
        ("", "deprecated: true, x-sunset: '2026-07-01'", {"operation-deprecated": "breaking", "sunset-announced": "safe"}),
        ("", "deprecated: true, x-sunset: '2027-01-01'", {"operation-deprecated": "safe", "sunset-announced": "safe"}),
        ("x-stability-level: beta", "x-stability-level: beta, deprecated: true, x-sunset: '2026-07-10'",
         {"operation-deprecated": "safe", "sunset-announced": "safe"}),
        ("x-stability-level: alpha", "x-stability-level: alpha, deprecated: true", {"operation-deprecated": "safe"}),
        ("deprecated: true, x-sunset: '2027-01-01'", "deprecated: true, x-sunset: '2026-07-01'",
         {"sunset-earlier": "breaking"}),
        ("deprecated: true, x-deprecated-since: '2026-01-01', x-sunset: '2027-01-01'",
         "deprecated: true, x-deprecated-since: '2026-01-01', x-sunset: '2026-07-01'", {"sunset-earlier": "risky"}),
    ],
)  # fmt: skip
def test_a_sunset_date_leaves_the_time_that_was_promised(before: str, after: str, expected: Any) -> None:
    assert levels(_OLD % before, _OLD % after) == expected
    plain = levels(_OLD % before, _OLD % after, Promises())
    assert "breaking" not in plain.values()


@pytest.mark.parametrize(
    ("mark", "kind", "level"),
    [
        ("x-deprecated-since: '2026-05-01'", "deprecated-operation-removed", "breaking"),
        ("x-deprecated-since: '2025-05-01'", "deprecated-operation-removed", "risky"),
        ("x-stability-level: beta, x-deprecated-since: '2026-04-01'", "deprecated-operation-removed", "risky"),
        ("x-deprecated-since: '2026-05-01', x-sunset: '2026-05-20'", "sunset-operation-removed", "breaking"),
        ("x-sunset: '2026-05-20'", "sunset-operation-removed", "safe"),
        ("x-sunset: '2026-07-20'", "operation-removed", "breaking"),
        ("summary: a", "deprecated-operation-removed", "breaking"),
    ],
)
def test_what_was_deprecated_stays_as_long_as_was_promised(mark: str, kind: str, level: str) -> None:
    before = f"/a: {{get: {{}}, post: {{deprecated: true, {mark}}}}}"
    assert levels(before, "/a: {get: {}}") == {kind: level}


def test_words_that_are_no_stability_levels_are_errors() -> None:
    with pytest.raises(ConfigError, match="no stability level"):
        Promises.of(["gamma"], 0, 0)
