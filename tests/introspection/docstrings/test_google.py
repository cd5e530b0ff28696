"""Google style, well written and not."""

from __future__ import annotations

from apispec.introspection.docstrings import DocParameter, DocRaise, DocReturn, parse


def test_everything_at_once() -> None:
    doc = parse(
        """Add two numbers.

        They may be negative. See `subtract`.

        Args:
            a: The first.
            b (int, optional): The second
                of two. Defaults to 3.
            *rest (float): More of them.
            **options: What else:
                - sign
                - base

        Returns:
            int: The sum.

        Yields:
            Nothing, really.

        Raises:
            ValueError: If a is too large.
            OverflowError: If the sum is.
        """
    )
    assert doc.style == "google"
    assert doc.summary == "Add two numbers."
    assert doc.description == "They may be negative. See `subtract`."
    assert doc.parameters == {
        "a": DocParameter("The first."),
        "b": DocParameter("The second\nof two. Defaults to 3.", "int", "3"),
        "rest": DocParameter("More of them.", "float"),
        "options": DocParameter("What else:\n- sign\n- base"),
    }
    assert doc.returns == DocReturn("The sum.", "int")
    assert doc.yields == DocReturn("Nothing, really.")
    assert doc.raises == [
        DocRaise("ValueError", "If a is too large."),
        DocRaise("OverflowError", "If the sum is."),
    ]


def test_headings_without_and_with_stray_blank_lines() -> None:
    doc = parse("Add.\nArgs:\n\n    a: The first.\n\n    b: The second.\nReturns:\n\n    The sum.\n")
    assert doc.summary == "Add."
    assert {name: p.description for name, p in doc.parameters.items()} == {"a": "The first.", "b": "The second."}
    assert doc.returns == DocReturn("The sum.")


def test_items_that_are_not_indented() -> None:
    doc = parse("Add.\n\nParameters:\na: The first,\nwhich goes on.\nb (int): The second.\n\nAnd so on.")
    assert doc.parameters == {"a": DocParameter("The first,\nwhich goes on."), "b": DocParameter("The second.", "int")}
    assert doc.description == "And so on."


def test_one_text_for_several_names() -> None:
    doc = parse("Add.\n\nArgs:\n    a, b (float): Numbers\n        to add.\n    c and d: More.\n    e/f: Others.")
    assert doc.parameters == {
        "a": DocParameter("Numbers\nto add.", "float"),
        "b": DocParameter("Numbers\nto add.", "float"),
        "c": DocParameter("More."),
        "d": DocParameter("More."),
        "e": DocParameter("Others."),
        "f": DocParameter("Others."),
    }


def test_names_and_texts_apart_by_dashes() -> None:
    doc = parse("Split.\n\nKeyword arguments:\nreal -- the real part (default 0.0)\nimag - the imaginary part")
    assert doc.parameters == {
        "real": DocParameter("the real part (default 0.0)", "", ""),
        "imag": DocParameter("the imaginary part"),
    }


def test_dashed_names_without_a_heading() -> None:
    text = "Format.\n\nfill -- the character\nwidth -- how wide,\n    at least\n\nReturns a str."
    doc = parse(text)
    assert {name: p.description for name, p in doc.parameters.items()} == {
        "fill": "the character",
        "width": "how wide,\nat least",
    }
    assert doc.description == "Returns a str."


def test_one_dashed_line_is_prose_unless_the_signature_knows_the_name() -> None:
    text = "Format.\n\nfill -- the character"
    assert parse(text).parameters == {}
    assert parse(text, names=["fill"]).parameters == {"fill": DocParameter("the character")}
    assert parse(text, names=["other"]).parameters == {}


def test_bullets_ticks_stars_and_types_in_every_way() -> None:
    doc = parse(
        """Go.

        Args:
            - a: Bulleted.
            * b (int): Starred.
            `c`: Ticked.
            **d** (str): Bold.
            e [float]: In brackets.
            f <bytes>: In angles.
            g (:obj:`list` of :class:`str`, optional): With roles.
            \\*args: Escaped.
            h (dict[str, list[int]]): Nested (really).
            i (Callable[[int], str]): A function: any.
            j (int, default 4): With default.
            k (int, default: 5): With colon.
        """
    )
    assert {name: (p.type, p.description) for name, p in doc.parameters.items()} == {
        "a": ("", "Bulleted."),
        "b": ("int", "Starred."),
        "c": ("", "Ticked."),
        "d": ("str", "Bold."),
        "e": ("float", "In brackets."),
        "f": ("bytes", "In angles."),
        "g": ("list of str", "With roles."),
        "args": ("", "Escaped."),
        "h": ("dict[str, list[int]]", "Nested (really)."),
        "i": ("Callable[[int], str]", "A function: any."),
        "j": ("int", "With default."),
        "k": ("int", "With colon."),
    }
    assert doc.parameters["j"].default == "4"
    assert doc.parameters["k"].default == "5"


def test_numpy_items_under_a_google_heading() -> None:
    doc = parse("Go.\n\nArgs:\n    a : int, optional\n        The first.\n    b : list of str\n        The second.")
    assert doc.parameters == {"a": DocParameter("The first.", "int"), "b": DocParameter("The second.", "list of str")}


def test_a_colon_in_the_text_is_no_type() -> None:
    doc = parse("Go.\n\nArgs:\n    flag: whether blanks\n        count. True means: yes.")
    assert doc.parameters == {"flag": DocParameter("whether blanks\ncount. True means: yes.")}


def test_other_headings_for_parameters_are_joined() -> None:
    doc = parse("Go.\n\nArgs:\n    a: One.\n\nKeyword Args:\n    b: Two.\n\nOther Parameters:\n    c: Three.")
    assert list(doc.parameters) == ["a", "b", "c"]


def test_a_section_on_the_line_of_its_heading() -> None:
    doc = parse("Go.\n\nReturns: the way\nand the goal.\n\nRaises: ValueError: if not.")
    assert doc.returns == DocReturn("the way\nand the goal.")
    assert doc.raises == [DocRaise("ValueError", "if not.")]


def test_prose_before_a_colon_in_returns_is_no_type() -> None:
    doc = parse("Go.\n\nReturns:\n    A dict with two keys: name and age.")
    assert doc.returns == DocReturn("A dict with two keys: name and age.")


def test_returned_types() -> None:
    for text, kind in [
        ("dict[str, int]: Counts.", "dict[str, int]"),
        ("list of str: Names.", "list of str"),
        ("int or None: Maybe.", "int or None"),
        ("Optional[Foo]: Maybe.", "Optional[Foo]"),
        ("`str`: Ticked.", "str"),
    ]:
        returns = parse(f"Go.\n\nReturns:\n    {text}").returns
        assert returns is not None
        assert (returns.type, returns.description) == (kind, text.split(": ")[1])


def test_several_exceptions_on_one_line_and_bare_ones() -> None:
    doc = parse("Go.\n\nRaises:\n    KeyError, ValueError: If bad.\n    a.b.NotFound\n    :exc:`OSError`: If worse.")
    assert doc.raises == [
        DocRaise("KeyError", "If bad."),
        DocRaise("ValueError", "If bad."),
        DocRaise("NotFound"),
        DocRaise("OSError", "If worse."),
    ]


def test_notes_and_unknown_headings_stay_in_the_description() -> None:
    doc = parse("Go.\n\nNote:\n    Mind the gap.\n\nColours of it:\n    red\n\nArgs:\n    a: One.")
    assert doc.description == "**Note:** Mind the gap.\n\nColours of it:\n    red"
    assert list(doc.parameters) == ["a"]


def test_headings_in_fenced_code_are_code() -> None:
    doc = parse("Go.\n\n```\nArgs:\n    a: One.\n```\n")
    assert doc.parameters == {}
    assert doc.description == "```\nArgs:\n    a: One.\n```"


def test_attributes_and_deprecation() -> None:
    doc = parse("A point.\n\nAttributes:\n    x (float): Across.\n    y: Up.\n\nDeprecated:\n    Use `Vector`.")
    assert doc.attributes == {"x": DocParameter("Across.", "float"), "y": DocParameter("Up.")}
    assert doc.deprecated == "Use `Vector`."


def test_examples_are_shown_and_kept() -> None:
    doc = parse("Go.\n\nExample:\n    >>> go(1)\n    2\n")
    assert doc.examples == [">>> go(1)\n2"]
    assert doc.description == "**Examples**\n\n```python\n>>> go(1)\n2\n```"


def test_an_empty_section_and_a_heading_alone() -> None:
    doc = parse("Go.\n\nArgs:\n\nReturns:\n    Something.")
    assert doc.parameters == {}
    assert doc.returns == DocReturn("Something.")
    assert parse("The following Args:").summary == "The following Args:"


def test_types_before_dashes() -> None:
    doc = parse(
        """Do it.

        Arguments:
        x: int -- The x.
        y: a thing -- The y.
        z (int): text -- more text.
        """
    )
    assert doc.parameters == {
        "x": DocParameter("The x.", "int", ""),
        "y": DocParameter("a thing -- The y.", "", ""),
        "z": DocParameter("text -- more text.", "int", ""),
    }


def test_prose_with_parentheses_or_a_list_under_returns_stays_whole() -> None:
    one = parse("Do.\n\nReturns:\n    The number (rounded up): always positive.\n").returns
    assert one is not None and (one.type, one.description) == ("", "The number (rounded up): always positive.")
    two = parse("Do.\n\nReturns:\n    A dict with:\n\n    - one: first\n    - two: second\n").returns
    assert two is not None and two.description == "A dict with:\n\n- one: first\n- two: second"
