"""NumPy style, well written and not."""

from __future__ import annotations

from apispec.introspection.docstrings import DocParameter, DocRaise, DocReturn, parse


def test_everything_at_once() -> None:
    doc = parse(
        """
        Add two arrays.

        With care.

        Parameters
        ----------
        a, b : array_like
            The arrays.
        mode : {'fast', 'exact'}, optional
            How. Default is 'fast'.

            A second paragraph.
        n : int, default 3
            How often.
        *args
            More.

        Returns
        -------
        out : ndarray
            The sum.

        Other Parameters
        ----------------
        debug : bool, default: False
            Whether to tell.

        Raises
        ------
        ValueError
            If shapes differ.

        Notes
        -----
        Not fast.

        See Also
        --------
        subtract : The other way.
        """
    )
    assert doc.style == "numpy"
    assert doc.summary == "Add two arrays."
    assert doc.description == "With care.\n\n**Notes**\n\nNot fast.\n\n**See Also**\n\nsubtract : The other way."
    assert doc.parameters == {
        "a": DocParameter("The arrays.", "array_like"),
        "b": DocParameter("The arrays.", "array_like"),
        "mode": DocParameter("How. Default is 'fast'.\n\nA second paragraph.", "Literal['fast', 'exact']", "'fast'"),
        "n": DocParameter("How often.", "int", "3"),
        "args": DocParameter("More."),
        "debug": DocParameter("Whether to tell.", "bool", "False"),
    }
    assert doc.returns == DocReturn("The sum.", "ndarray")
    assert doc.raises == [DocRaise("ValueError", "If shapes differ.")]


def test_headings_with_colons_short_and_doubled_underlines_and_stray_blanks() -> None:
    doc = parse("Go.\nParameters:\n-----\n\na: int\n  One.\n\nb :str\n   Two.\nReturns\n=======\n\nfloat\n")
    assert doc.parameters == {"a": DocParameter("One.", "int"), "b": DocParameter("Two.", "str")}
    assert doc.returns == DocReturn("", "float")


def test_sections_that_are_indented() -> None:
    doc = parse(
        "Go.\n\n    Parameters\n    ----------\n    a : int\n        One.\n\n    Returns\n    -------\n    int\n"
    )
    assert doc.parameters == {"a": DocParameter("One.", "int")}
    assert doc.returns == DocReturn("", "int")


def test_prose_where_a_type_could_stand() -> None:
    assert parse("Go.\n\nReturns\n-------\nThe sum of all.").returns == DocReturn("The sum of all.")
    text = "Go.\n\nReturns\n-------\nA list of what was found,\nlongest first."
    assert parse(text).returns == DocReturn("A list of what was found, longest first.")


def test_several_results_become_a_list() -> None:
    doc = parse("Go.\n\nReturns\n-------\nq : int\n    Quotient.\nr : int\n    Remainder.")
    assert doc.returns == DocReturn("- `q` (int): Quotient.\n- `r` (int): Remainder.")


def test_yields() -> None:
    doc = parse("Go.\n\nYields\n------\nint\n    One more.")
    assert doc.yields == DocReturn("One more.", "int")
    assert doc.returns is None


def test_prose_below_a_section_is_description() -> None:
    doc = parse("Go.\n\nParameters\n----------\na : int\n    One.\n\nThis function is slow, so take care.")
    assert list(doc.parameters) == ["a"]
    assert doc.description == "This function is slow, so take care."


def test_choices_of_which_not_all_are_literals_stay_text() -> None:
    doc = parse("Go.\n\nParameters\n----------\naxis : {0 or 'index', 1 or 'columns'}\n    Which.")
    assert doc.parameters["axis"].type == "0 or 'index', 1 or 'columns'"


def test_ticked_names_and_references() -> None:
    doc = parse("Go.\n\nParameters\n----------\n`a` : int\n    See [1]_.\n\nReferences\n----------\n.. [1] A book.")
    assert doc.parameters == {"a": DocParameter("See [1].", "int")}
    assert doc.description == "**References**\n\n[1] A book."


def test_deprecated_sections_and_directives() -> None:
    assert parse("Go.\n\nDeprecated\n----------\n1.2\n    Use other.").deprecated == "Since 1.2. Use other."
    text = (
        "Go.\n\n.. deprecated:: 1.6.0\n   Use `other`,\n   it is better.\n\nParameters\n----------\na : int\n    One."
    )
    doc = parse(text)
    assert doc.deprecated == "Since 1.6.0. Use `other`, it is better."
    assert doc.description == ""
    assert list(doc.parameters) == ["a"]


def test_dashed_items_under_a_numpy_heading() -> None:
    doc = parse("Go.\n\nParameters\n----------\na -- the first\nb -- the second")
    assert doc.parameters == {"a": DocParameter("the first"), "b": DocParameter("the second")}
