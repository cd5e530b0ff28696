"""How many sessions are kept, for how long, and which go first."""

from __future__ import annotations

from apispec.runtime.sessions import Sessions


def test_the_session_unused_longest_goes_first() -> None:
    sessions = Sessions(most=2)
    for name in ("a", "b"):
        sessions.get(name)["is"] = name
    sessions.get("a")
    sessions.get("c")
    assert len(sessions) == 2
    assert sessions.get("a")["is"] == "a"
    assert "is" not in sessions.get("b")


def test_a_session_is_forgotten_after_its_last_use_not_its_first() -> None:
    now = 0.0
    sessions = Sessions(age=10, clock=lambda: now)
    sessions.get("old")["x"] = 1
    sessions.get("used")["x"] = 2
    now = 8.0
    assert sessions.get("used")["x"] == 2
    now = 15.0
    assert sessions.get("used")["x"] == 2
    assert len(sessions) == 1
    assert "x" not in sessions.get("old")


def test_a_call_without_a_name_shares_its_session_with_nobody() -> None:
    sessions = Sessions()
    sessions.get("")["x"] = 1
    assert "x" not in sessions.get("") and len(sessions) == 0
