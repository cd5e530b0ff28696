"""What is said under Returns and Yields: types alone, lists, links."""

from __future__ import annotations

import pytest

from apispec.introspection.docstrings import parse


@pytest.mark.parametrize(
    ("text", "kind", "description"),
    [
        ("Returns:\n    int", "int", ""),
        ("Returns:\n    None", "None", ""),
        (":rtype: (int, str)", "(int, str)", ""),
        (":returns: bool", "bool", ""),
        ("Yields:\n    list of int", "list of int", ""),
        ("Returns:\n    The list.", "", "The list."),
        (
            "Returns:\n    tuple: containing\n\n        - a (int): first\n        - b (str): second",
            "tuple", "containing\n\n- a (int): first\n- b (str): second",
        ),
        (
            "@return: Sum of U{both<http://a.org>} and L{that<mod.that>}.\n@rtype: number",
            "number", "Sum of [both](http://a.org) and `that`.",
        ),
    ],
)  # fmt: skip
def test_types_alone_are_types_and_lists_are_lists(text: str, kind: str, description: str) -> None:
    doc = parse(f"Do.\n\n{text}")
    found = doc.returns or doc.yields
    assert found is not None and (found.type, found.description) == (kind, description)
