"""Keys of `**kwargs` that only a docstring names."""

from __future__ import annotations

from typing import Any

import pytest

from .support import one

GOOGLE = """Draw.

    Args:
        a: The number.
        colour (str): Which one.

    Keyword Args:
        width (int, optional): How wide. Defaults to 3.
    """
NUMPY = """Draw.

    Parameters
    ----------
    a : int
        The number.

    Other Parameters
    ----------------
    colour : str
        Which one.
    width : int, default 3
        How wide.
    """
SPHINX = """Draw.

    :param a: The number.
    :keyword colour: Which one.
    :kwtype colour: str
    :kwarg int width: How wide. Defaults to 3.
    """


@pytest.mark.parametrize("doc", [GOOGLE, NUMPY, SPHINX])
def test_documented_keys_are_properties(doc: str) -> None:
    def draw(a: int, **kwargs: Any) -> None: ...

    draw.__doc__ = doc
    schema = one(draw).endpoint.parameters[1].schema
    assert isinstance(schema, dict) and schema["additionalProperties"] is True
    assert list(schema["properties"]) == ["colour", "width"]
    colour, width = schema["properties"].values()
    assert (colour["type"], colour["description"]) == ("string", "Which one.")
    assert (width["type"], width["description"][:9]) == ("integer", "How wide.")
    assert doc == SPHINX or width["default"] == 3


def test_a_hint_goes_before_what_a_docstring_says() -> None:
    def draw(**sizes: float) -> None:
        """Draw.

        Args:
            sizes: All of them.
            width (str): How wide.
        """

    parameter = one(draw).endpoint.parameters[0]
    assert parameter.description == "All of them."
    assert parameter.schema == {
        "type": "object",
        "additionalProperties": {"type": "number"},
        "properties": {"width": {"type": "number", "description": "How wide."}},
    }


def test_a_default_that_is_a_secret_or_does_not_fit_is_left_out() -> None:
    def call(**kwargs: Any) -> None:
        """Call.

        Keyword Args:
            api_key (str): Yours. Defaults to 'sk-live-0123456789abcdefghijklmn'.
            times (int): How often. Defaults to 'many'.
        """

    schema = one(call).endpoint.parameters[0].schema
    assert isinstance(schema, dict) and not any("default" in key for key in schema["properties"].values())


def test_only_what_the_signature_does_not_name_is_a_key() -> None:
    def wrapped(a: int, b: int = 1, *args: int, **kwargs: Any) -> None:
        """Do it.

        Args:
            a: One.
            b: Two.
            *args: More.
            **kwargs: Further.
        """

    schema = one(wrapped).endpoint.parameters[-1].schema
    assert schema == {"type": "object", "additionalProperties": True}
