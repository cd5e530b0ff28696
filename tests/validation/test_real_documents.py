"""Real documents: judged in reasonable time, in agreement with openapi-spec-validator, and quiet about what is fine."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from apispec.changes import Level, compare
from apispec.documents import load
from apispec.rules import Index, rules
from apispec.validation import reference, validate
from apispec.validation.generated import RULE
from tests.samples import Unavailable, directory, github
from tests.validation.test_agreement import STRICTER

pytestmark = pytest.mark.slow

DIFFERENT: dict[str, str] = {
    "autoscaling-plans.json": r"`\p{Print}` and `&&` are Java's; openapi-spec-validator says so, at the schema around it",
    "iot-jobs-data.json": r"`[^\p\\{C\\}]*\\+` is a pattern of ECMA-262 without the flag u; openapi-spec-validator judges with it alone",
}
"""Documents on which we and openapi-spec-validator differ, and why."""


def sample(size: int, largest: int) -> list[Path]:
    try:
        files = [path for path in directory() if path.stat().st_size <= largest]
    except Unavailable as reason:
        pytest.skip(str(reason))
    return random.Random(11).sample(files, size)


def test_a_hundred_documents_are_judged_like_openapi_spec_validator() -> None:
    errors = {rule.id for rule in rules().values() if rule.group == "correctness" and rule.level == "error"} | {RULE}
    for path in sample(100, 40_000):
        document = load(path)
        found = {f.rule for f in validate([document]).findings if f.rule in errors} - STRICTER.keys()
        theirs = list(reference.check(document.data))
        if path.name not in DIFFERENT:
            assert bool(found) == bool(theirs), (path.name, found, theirs[:2])


def test_three_hundred_documents_are_judged_and_equal_themselves() -> None:
    started = time.thread_time()
    for path in sample(300, 2_000_000):
        found = validate([path])
        assert all(finding.location.line for finding in found.findings), path.name
        data, noted = load(path).data, load(path).data
        for node in Index(noted).by_kind["schema"]:
            node.value["x-note"] = 1  # so that every schema is compared in full
        assert compare(data, noted) == [], path.name
    assert time.thread_time() - started < 300


def test_two_editions_of_a_large_api_are_compared_in_seconds() -> None:
    try:
        before, after = load(github("ghes-3.18")), load(github("ghes-3.19"))
    except Unavailable as reason:
        pytest.skip(str(reason))
    started = time.thread_time()
    changes = compare(before.data, after.data)
    assert time.thread_time() - started < 30
    assert {change.level for change in changes} == {Level.BREAKING, Level.SAFE}
    assert "path-added" in {change.kind for change in changes}
    assert all(before.locate(change.old).line and after.locate(change.new).line for change in changes)


def test_githubs_description_is_judged_in_seconds() -> None:
    try:
        path = github()
    except Unavailable as reason:
        pytest.skip(str(reason))
    started = time.thread_time()
    found = validate([path])
    assert time.thread_time() - started < 40
    assert {f.rule for f in found.findings if f.severity.value == "error"} == {"equivalent-paths"}
