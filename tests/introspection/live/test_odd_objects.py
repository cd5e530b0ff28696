"""A module full of objects that raise whatever they are asked: it costs nothing but what can't be told."""

from __future__ import annotations

from apispec.introspection import Options, describe, introspect
from tests.introspection.live import odd_objects

NAMES = ["add", "odd_default", "odd_hint", "doc", "sig", "wrapped", "attrs", "anns"]


def test_every_function_is_described_with_what_can_be_told() -> None:
    found = describe(odd_objects)
    assert set(NAMES) <= {e.name for e in found.api.endpoints}
    by_name = {e.name: {p.name: p for p in e.parameters} for e in found.api.endpoints}
    assert all(
        by_name[name]["a"].schema == {"type": "integer"}
        for name in NAMES
        if name not in ("odd_hint", "anns", "wrapped")
    )
    assert not by_name["odd_default"]["b"].required
    assert found.api.version == "0.1.0"


def test_importing_it_is_not_said_to_fail() -> None:
    found = introspect(odd_objects.__file__, Options())
    assert set(NAMES) <= {e.name for e in found.api.endpoints}
    assert "import-failed" not in {f.rule for f in found.findings}
    assert {f.subject for f in found.findings if f.rule == "unreadable-function"} <= {"endpoint exits"}
