"""Streams of Python's own and paths of files travel as files; a plain path and a union with texts do not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, Any, BinaryIO, TextIO

import pytest
from pydantic import FilePath

from apispec.declaring import App, File
from apispec.introspection import describe, file_of
from apispec.runtime import Function, Problem, functions

from .support import one


def called(function: Any, **values: Any) -> Any:
    app = App("Test")
    app.add(function, name="f")
    (made,) = functions(app, describe(app).api)
    assert isinstance(made, Function)
    positional, named = made.bind(values)
    return made.call(*positional, **named)


SENT = File.from_bytes(b"a,b\n1,2\n", name="../table.csv")


@pytest.mark.parametrize(
    "hint", [BinaryIO, TextIO, IO[bytes], IO[str], io.BytesIO, io.StringIO, FilePath, FilePath | None]
)
def test_it_is_uploaded(hint: Any) -> None:
    def f(a: Any) -> str:
        data = a.read_bytes() if isinstance(a, Path) else a.read()
        return type(data).__name__

    f.__annotations__["a"] = hint
    (parameter,) = one(f).endpoint.parameters
    assert (parameter.location, parameter.schema) == ("file", {"type": "string", "format": "binary"})
    expected = "str" if hint in (TextIO, IO[str], io.StringIO) else "bytes"
    assert called(f, a=SENT) == expected


def test_several_are_uploaded_under_their_names() -> None:
    def f(a: list[FilePath]) -> list[str]:
        return [path.name for path in a]

    (parameter,) = one(f).endpoint.parameters
    assert parameter.multiple
    assert called(f, a=[SENT, SENT]) == ["table.csv", "table.csv"]


def test_a_copy_is_gone_when_nobody_has_its_path() -> None:
    kept: list[str] = []

    def f(a: FilePath) -> int:
        kept.append(str(a))
        return len(a.read_bytes())

    assert called(f, a=SENT) == 8
    assert not Path(kept[0]).parent.exists()


def test_what_may_be_a_text_is_sent_as_one() -> None:
    def f(a: str | BinaryIO, b: Path) -> None: ...

    found = one(f)
    assert [(p.location, p.schema["type"]) for p in found.endpoint.parameters] == [
        ("body", "string"),
        ("body", "string"),
    ]  # type: ignore[index]


def test_bytes_that_are_no_text_are_refused() -> None:
    def f(a: TextIO) -> str:
        return a.read()

    with pytest.raises(Problem) as refused:
        called(f, a=File.from_bytes(b"\xff\xfe\x00"))
    assert refused.value.status == 422 and "UTF-8" in str(refused.value.errors)


def test_results_are_downloads(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("a")

    def f() -> FilePath:
        return file

    def g() -> io.BytesIO:
        return io.BytesIO(b"a")

    for function in (f, g):
        result = one(function).endpoint.result
        assert result is not None and result.is_file
        sent = file_of(function())
        assert sent is not None and sent.read() == b"a"
    moved = io.StringIO("text")
    moved.read()
    assert file_of(moved).read_text() == "text"  # type: ignore[union-attr]
    assert file_of(3) is None
