"""Whatever the text is: no exception, nothing invented, bounded time."""

from __future__ import annotations

import importlib
import inspect
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apispec.introspection.docstrings import STYLES, parse

LINES = st.sampled_from(
    [
        "", "Text.", "    text", "        deeper", "Args:", "  Args:", "Returns:", "Returns: it", "Raises:", "Parameters", "----------",
        "Returns", "-------", "a: One.", "    a: One.", "    b (int): Two.", "a : int", "    x, y : float", ":param a: One.",
        ":rtype: int", "@param b: Two.", "- c: Three.", "d -- Four.", ">>> f(1)", "2", "```", ".. note::", "So::", "**Args:**",
        "## Returns", "Example:", "Deprecated:", ".. deprecated:: 1", ":", "::", "`", "*args", "\\**kw : dict", "    (", "    ): ]", "\t",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=14).map("\n".join), st.sampled_from([None, *STYLES]))
def test_docstrings_made_of_parts(text: str, style: str | None) -> None:
    doc = parse(text, style=style)
    assert doc.style in STYLES
    assert "\n" not in doc.summary
    for name in (*doc.parameters, *doc.attributes):
        assert name and name in text


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert "\n" not in parse(text).summary


@pytest.mark.parametrize(
    "text",
    [
        "Args:\n" + "    name: text\n" * 20_000,
        "Parameters\n----------\n" + "".join(f"a{i} : int\n    text\n" for i in range(5_000)),
        "".join(f":param a{i}: text\n" for i in range(5_000)),
        "word " * 40_000,
        "`" * 50_000,
        "Args:\n    a (" + "(" * 20_000,
        ">>> f(1)\n" * 10_000,
        "x" * 100_000 + ":",
        ".. note::\n" * 5_000,
        "a -- b\n" * 5_000,
        "Text::\n\n" * 5_000,
        " " * 100_000 + "x",
        ":class:`" * 10_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_large_docstrings_take_linear_time(text: str) -> None:
    start = time.thread_time()
    parse(text)
    assert time.thread_time() - start < 10


@pytest.mark.parametrize(
    "module", ["argparse", "email.message", "json", "logging", "random", "statistics", "urllib.parse", "numpy"]
)
def test_docstrings_of_real_modules(module: str) -> None:
    found = [d for o in vars(importlib.import_module(module)).values() if isinstance(d := inspect.getdoc(o), str)]
    assert found
    for text in found:
        doc = parse(text)
        assert doc.summary or doc.description or doc.parameters or not text.strip() or text.lstrip()[:1].isalpha()
