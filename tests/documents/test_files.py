"""Files of a document: remote ones only when allowed, all of them bounded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from apispec.documents import Limits, find, load
from apispec.errors import DocumentError


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "remote"
    folder.mkdir()
    (folder / "root.yaml").write_text("a: {$ref: 'part.json#/x'}\nb: {$ref: '/etc/hostname'}\n", encoding="utf-8")
    (folder / "part.json").write_text('{"x": {"y": 1}}', encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_remote_documents_are_read_when_allowed(server: str) -> None:
    with pytest.raises(DocumentError, match="not read"):
        load(f"{server}/root.yaml")
    document = load(f"{server}/root.yaml", allow_remote=True)
    assert find(document.data, document.data["a"]["$ref"]) == {"y": 1}
    assert str(document.locate(document.data["a"]["$ref"][1:] + "/y")) == f"{server}/part.json:1:8#/x/y"
    assert [f.rule for f in document.findings] == ["unreadable-reference"]


def test_remote_references_of_local_documents(server: str) -> None:
    Path("local.yaml").write_text(f"a: {{$ref: '{server}/part.json#/x'}}\n", encoding="utf-8")
    assert [f.rule for f in load("local.yaml").findings] == ["unreadable-reference"]
    document = load("local.yaml", allow_remote=True)
    assert find(document.data, document.data["a"]["$ref"]) == {"y": 1}


def test_remote_files_that_are_missing_or_too_large(server: str) -> None:
    with pytest.raises(DocumentError, match="cannot be fetched"):
        load(f"{server}/none.yaml", allow_remote=True)
    with pytest.raises(DocumentError, match="larger"):
        load(f"{server}/root.yaml", allow_remote=True, limits=Limits(bytes=5))


def test_the_number_of_files_is_bounded() -> None:
    for number in range(6):
        Path(f"f{number}.yaml").write_text(f"a: {{$ref: 'f{number + 1}.yaml'}}\n", encoding="utf-8")
    found = load("f0.yaml", limits=Limits(files=3)).findings
    assert [f.message for f in found] == ["'f3.yaml': the document is made of more than 3 files"]


def test_references_that_lead_nowhere_say_why() -> None:
    Path("bad.yaml").write_text("a: [", encoding="utf-8")
    Path("ok.yaml").write_text("a: {$anchor: x}\n", encoding="utf-8")
    text = "a: {$ref: bad.yaml}\nb: {$ref: 'ok.yaml#y'}\nc: {$ref: 'ok.yaml#/none'}\nd: {$ref: 'ok.yaml#/a'}\ne: {$ref: 'file:ok.yaml'}\n"
    document = load("root.yaml", text=text)
    found = {f.location.line: f.message for f in document.findings if f.location.file == "root.yaml"}
    assert found == {
        1: "'bad.yaml': the file cannot be read",
        2: "'ok.yaml#y': ok.yaml has no y",
        3: "'ok.yaml#/none': ok.yaml has no /none",
    }
    assert [f.rule for f in document.findings if f.location.file == "bad.yaml"] == ["not-yaml"]


def test_special_files_are_not_read(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(DocumentError, match="not a regular file"):
        load(tmp_path / "pipe.yaml")
    with pytest.raises(DocumentError, match="larger"):
        (tmp_path / "big.yaml").write_text("a: 1", encoding="utf-8")
        load(tmp_path / "big.yaml", limits=Limits(bytes=2))


def test_references_by_name_and_by_uri() -> None:
    Path("parts").mkdir()
    Path("parts/pet.yaml").write_text(
        "$id: https://x.test/pet\nid: {$anchor: id}\nback: {$ref: '../root.yaml#top'}\nown: {$ref: '#id'}\n",
        encoding="utf-8",
    )
    text = """
$self: https://x.test/api/openapi.yaml
top: {$dynamicAnchor: top}
file: {$ref: parts/pet.yaml}
name: {$ref: 'parts/pet.yaml#id'}
uri: {$ref: '../pet#/back'}
self: {$ref: 'openapi.yaml#/top'}
inner: {$id: part, $defs: {a: {}}}
part: {$ref: 'https://x.test/api/part#/$defs/a'}
odd: {$ref: 'http://['}
"""
    document = load("root.yaml", text=text)
    pet = "#/x-apispec-files/parts~1pet.yaml"
    data = document.data
    assert {key: data[key]["$ref"] for key in ("file", "name", "uri", "self", "part")} == {
        "file": pet, "name": f"{pet}/id", "uri": f"{pet}/back", "self": "#/top", "part": "#/inner/$defs/a",
    }  # fmt: skip
    other = data["x-apispec-files"]["parts/pet.yaml"]
    assert (other["back"]["$ref"], other["own"]["$ref"]) == ("#/top", f"{pet}/id")
    assert ["http://[" in f.message for f in document.findings] == [True]
