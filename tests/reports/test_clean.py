"""What reports show of text that is no ordinary text."""

import os

import pytest

from apispec.reports.report import clean


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"gr\xc3\xbc\xc3\x9fe.json", "grüße.json"),
        (b"\xe2\x9c\x93.json", "✓.json"),
        (b"\xff.json", "\\xdcff.json"),  # no UTF-8
        (b"\xc2\x9b31m.json", "\\x9b31m.json"),  # a control of terminals
    ],
)
def test_names_of_files_are_utf_8_in_every_locale(name: bytes, shown: str) -> None:
    """A process of the locale C is given a name that is not ASCII as escaped bytes."""
    assert clean(name.decode("ascii", "surrogateescape")) == clean(os.fsdecode(name)) == shown
