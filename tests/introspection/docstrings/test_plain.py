"""Summaries, descriptions, Markdown and reStructuredText."""

from __future__ import annotations

import subprocess
import sys

import pytest

from apispec.introspection.docstrings import DocParameter, DocReturn, Docstring, parse


@pytest.mark.parametrize(
    ("text", "summary", "description"),
    [
        ("", "", ""),
        ("   \n  ", "", ""),
        ("One line.", "One line.", ""),
        ("\n    One line.\n    ", "One line.", ""),
        ("One sentence\n    over two lines.\n\n    More.", "One sentence over two lines.", "More."),
        ("Title\n=====\n\nText.", "Title", "Text."),
        ("# Title\n\nText.", "Title", "Text."),
        ("Lists\n- one\n- two", "Lists", "- one\n- two"),
        ("Tabs\n\tindented\n", "Tabs indented", ""),
        ("Windows\r\n\r\nlines", "Windows", "lines"),
    ],
)
def test_summary_and_description(text: str, summary: str, description: str) -> None:
    assert parse(text) == Docstring(summary=summary, description=description)


def test_a_long_first_paragraph_gives_its_first_sentence() -> None:
    first = "It computes things, e.g. Those that nobody else would ever want to compute in this or another life."
    text = f"{first} And then it goes on about them\nfor a long time, as such things do when nobody listens to them."
    doc = parse(text)
    assert doc.summary == first
    assert doc.description.startswith("And then it goes on about them for a long time")


def test_signatures_of_c_functions_are_left_out() -> None:
    doc = parse("max(iterable, *[, key=func]) -> value\nmax(arg1, arg2, *args) -> value\n\nThe biggest item.")
    assert (doc.summary, doc.description) == ("The biggest item.", "")
    assert parse("getattr(object, name) -> value -- Get an attribute.").summary == "Get an attribute."
    assert parse("range(stop) -> range object").summary == ""


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("See :class:`~a.b.Thing` and :py:func:`go`.", "See `Thing` and `go`."),
        ("A ``literal`` and a `name`.", "A `literal` and a `name`."),
        ("A :ref:`title <target>` and `text <https://example.com>`_.", "A title and [text](https://example.com)."),
        ("Over :meth:`two\nlines`.", "Over `two lines`."),
        ("A note [1]_ and `Ref`_.", "A note [1] and Ref."),
        (".. note:: Mind it.\n   Really.", "**Note:** Mind it.\nReally."),
        (".. versionadded:: 3.2", "**New in version 3.2:**"),
        (".. code-block:: python\n   :linenos:\n\n   x = 1\n\nText.", "```python\nx = 1\n```\n\nText."),
        ("So::\n\n    x = 1\n\nText.", "So:\n\n```\nx = 1\n```\n\nText."),
        (">>> f(1)\n2\n\nText.", "```python\n>>> f(1)\n2\n```\n\nText."),
        ("```\n>>> :class:`x`\n```", "```\n>>> :class:`x`\n```"),
        (".. _target:\n\nText.", "Text."),
        (".. math:: a^2", "```tex\na^2\n```"),
        (".. unknown:: this\n   and that", ".. unknown:: this\n   and that"),
        ("Tip:\n    Rest.", "**Tip:** Rest."),
    ],
)
def test_restructured_text_becomes_markdown(text: str, markdown: str) -> None:
    assert parse(f"Summary.\n\n{text}").description == markdown


def test_markdown_headings_and_lists() -> None:
    doc = parse("Go.\n\n## Parameters\n\n- `a` (int): One.\n- **b**: Two.\n\n**Returns:** It.\n\n### Notes\n\nText.")
    assert doc.style == "markdown"
    assert doc.parameters == {"a": DocParameter("One.", "int"), "b": DocParameter("Two.")}
    assert doc.returns == DocReturn("It.")
    assert doc.description == "### Notes\n\nText."


def test_untrusted_text_stays_as_it_is() -> None:
    text = "A <b>bold</b> {{ name }} `tick` \\ </script> \u202e\x00."
    assert parse(text).summary == text
    assert parse(f"Go.\n\nArgs:\n    a: {text}").parameters["a"].description == text


def test_one_style_may_be_asked_for() -> None:
    text = "Go.\n\nArgs:\n    a: One.\n\n:param b: Two."
    assert list(parse(text, style="google").parameters) == ["a"]
    assert list(parse(text, style="sphinx").parameters) == ["b"]
    assert parse(text, style="plain").parameters == {}


def test_a_plain_docstring_costs_no_griffe() -> None:
    code = (
        "import sys; from apispec.introspection.docstrings import parse; parse('A.\\n\\nB `c`.'); "
        "assert 'griffe' not in sys.modules; parse('A.\\n\\nArgs:\\n  b: C'); assert 'griffe' not in sys.modules; "
        "parse('A.\\n\\n:param b: C'); assert 'griffe' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
