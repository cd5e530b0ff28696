"""What a Gradio app's queue tells: edits of outputs, refusals, reasons."""

from __future__ import annotations

from typing import Any

import pytest
from gradio_client.utils import apply_diff

from apispec.mcp_server.gradio_calls import edited, reason


@pytest.mark.parametrize(
    ("value", "edits"),
    [
        ("ab", [["append", [], "c"]]),
        ("ab", [["replace", [], "x"]]),
        ([1, 2], [["add", [2], 3], ["replace", [0], 0]]),
        ([1, 2, 3], [["delete", [1], None], ["add", [0], 9]]),
        ({"a": {"b": ["x"]}}, [["append", ["a", "b", 0], "yz"], ["add", ["c"], 1], ["delete", ["a", "c"], None]]),
        ([{"role": "assistant", "content": "He"}], [["append", [0, "content"], "llo"]]),
        (None, [["replace", [], {"a": 1}]]),
        ("same", []),
    ],
)
def test_edits_are_those_of_gradios_own_client(value: Any, edits: list[Any]) -> None:
    if isinstance(value, dict):
        value["a"]["c"] = 2
    expected = apply_diff(value, edits)
    assert edited(value, edits) == expected


def test_a_reason_is_given_where_there_is_one() -> None:
    assert reason({"error": "nothing negative"}) == reason("nothing negative") == "nothing negative"
    assert "does not say why" in reason(None) and "does not say why" in reason({"error": None})
