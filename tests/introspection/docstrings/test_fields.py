"""Sphinx and epytext fields."""

from __future__ import annotations

from apispec.introspection.docstrings import DocParameter, DocRaise, DocReturn, parse


def test_sphinx() -> None:
    doc = parse(
        """Fetch a page.

        :param str url: Where it is.
        :param timeout: How long,
            in seconds (default: 5)
        :type timeout: float or None
        :param dict[str, list[int]] headers: Sent along.
        :param \\*args: More.
        :keyword retries: How often.
        :returns: The page.
        :rtype: bytes
        :raises ValueError, KeyError: If bad.
        :raises requests.Timeout: If slow.
        :meta private:

        Text at the end.
        """
    )
    assert doc.style == "sphinx"
    assert doc.summary == "Fetch a page."
    assert doc.description == "Text at the end."
    assert doc.parameters == {
        "url": DocParameter("Where it is.", "str"),
        "timeout": DocParameter("How long,\nin seconds (default: 5)", "float | None", "5"),
        "headers": DocParameter("Sent along.", "dict[str, list[int]]"),
        "args": DocParameter("More."),
        "retries": DocParameter("How often."),
    }
    assert doc.returns == DocReturn("The page.", "bytes")
    assert doc.raises == [
        DocRaise("ValueError", "If bad."),
        DocRaise("KeyError", "If bad."),
        DocRaise("Timeout", "If slow."),
    ]


def test_indented_fields_and_unindented_continuations() -> None:
    doc = parse("Go.\n\n  :param a: One\n  of many.\n  :param b:\n      Two.\n\n      Still two.\n  :return: It.")
    assert doc.parameters == {"a": DocParameter("One\nof many."), "b": DocParameter("Two.\n\nStill two.")}
    assert doc.returns == DocReturn("It.")


def test_types_without_texts() -> None:
    doc = parse("Go.\n\n:type a: int\n:rtype: str")
    assert doc.parameters == {"a": DocParameter("", "int")}
    assert doc.returns == DocReturn("", "str")


def test_yields_attributes_and_deprecation() -> None:
    doc = parse("Go.\n\n:ivar x: Across.\n:vartype x: float\n:yields: Numbers.\n:ytype: int\n:deprecated: Use `it`.")
    assert doc.attributes == {"x": DocParameter("Across.", "float")}
    assert doc.yields == DocReturn("Numbers.", "int")
    assert doc.returns is None
    assert doc.deprecated == "Use `it`."


def test_several_names_in_one_field() -> None:
    doc = parse("Go.\n\n:param x, y: Coordinates.\n:param int a, b: Sizes.")
    assert {name: p.description for name, p in doc.parameters.items()} == {
        "x": "Coordinates.", "y": "Coordinates.", "a": "Sizes.", "b": "Sizes.",
    }  # fmt: skip


def test_epytext() -> None:
    doc = parse("Go.\n\n@param a: The first.\n@type a: C{int}\n@return: The rest.\n@raise ValueError: If bad.")
    assert doc.style == "epytext"
    assert doc.parameters == {"a": DocParameter("The first.", "int")}
    assert doc.returns == DocReturn("The rest.")
    assert doc.raises == [DocRaise("ValueError", "If bad.")]


def test_an_address_or_a_decorator_is_no_field() -> None:
    assert parse("Write to me@param.example: now.\n\nMore.").style == "plain"
    assert parse("Use it so.\n\n@property\ndef f(): ...").style == "plain"
