"""`File`, `Session` and `Error`: what an app's functions are given and give."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec import Error, File, Session


def test_a_file_from_bytes() -> None:
    file = File.from_bytes("größe".encode(), name="a/b\\c.txt")
    assert (file.name, file.content_type, file.path, file.size) == ("c.txt", "text/plain", None, 7)
    assert file.read_text() == "größe"
    assert list(file.chunks(4)) == [file.read()[:4], file.read()[4:]]
    assert repr(file) == "File(name='c.txt', content_type='text/plain')"


def test_a_file_from_a_path(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"a,b")
    file = File.from_path(tmp_path / "x.csv")
    assert (file.name, file.content_type, file.size, file.read()) == ("x.csv", "text/csv", 3, b"a,b")
    with file.open() as stream:
        assert stream.read() == b"a,b"
    with pytest.raises(OSError):
        File.from_path(tmp_path / "missing").read()


@pytest.mark.parametrize(
    ("given", "name"), [("../../etc/passwd", "passwd"), ("", "file"), ("a\nb", "ab"), ("..", "file")]
)
def test_names_of_files_have_no_folder(given: str, name: str) -> None:
    assert File(data=b"", name=given).name == name


def test_a_file_has_one_content() -> None:
    with pytest.raises(TypeError, match="either a path or data"):
        File(name="x")
    with pytest.raises(TypeError, match="either a path or data"):
        File(path="x", data=b"")


def test_a_session_is_a_mapping() -> None:
    session = Session("abc")
    session["n"] = 1
    assert (dict(session), session.id) == ({"n": 1}, "abc")


class NotFound(Error):
    status = 404
    title = "Not found"


def test_errors() -> None:
    plain = Error(409, "Taken", "by Ann")
    assert (plain.status, plain.title, plain.detail, str(plain)) == (409, "Taken", "by Ann", "by Ann")
    short = NotFound("no such pet")
    assert (short.status, short.title, short.detail) == (404, "Not found", "no such pet")
    assert (NotFound().status, str(NotFound()), str(Error())) == (404, "Not found", "400")
    with pytest.raises(ValueError, match="from 400 to 599"):
        Error(200)
    with pytest.raises(TypeError, match="the status is a number"):
        Error("404", "Not found")
