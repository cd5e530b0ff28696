"""Files of a document: remote ones only when allowed, all of them bounded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from apispec.documents import Limits, bundled, find, load
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


def test_files_in_a_row_are_bounded_not_their_number() -> None:
    for number in range(6):
        Path(f"f{number}.yaml").write_text(f"a: {{$ref: 'f{number + 1}.yaml'}}\n", encoding="utf-8")
    found = load("f0.yaml", limits=Limits(chain=3)).findings
    assert [f.message for f in found] == ["'f4.yaml': more than 3 files refer to each other in a row"]
    found = load("f0.yaml", limits=Limits(total=3_000)).findings
    assert [f.message for f in found] == ["'f4.yaml': the files of the document are larger than 3,000 bytes together"]
    lines = [f"k{number}: {{$ref: 'many/{number}.yaml'}}\n" for number in range(1_500)]
    Path("many").mkdir()
    for number in range(1_500):
        Path(f"many/{number}.yaml").write_text("a: 1\n", encoding="utf-8")
    document = load("root.yaml", text="".join(lines))
    assert (len(document.data["x-apispec-files"]), document.findings) == (1_500, ())


def test_what_looks_like_a_reference_in_data_is_data() -> None:
    text = """
openapi: 3.1.0
x-own: {$ref: none.yaml}
paths:
  /a:
    get:
      responses:
        default: {$ref: answers.yaml#/default}
        "200":
          description: ok
          content:
            application/json:
              example: {$ref: none.yaml}
              examples: {one: {value: {$ref: none.yaml}}, two: {$ref: example.yaml}}
              schema:
                const: {$ref: none.yaml}
                default: {$ref: none.yaml}
                enum: [{$ref: none.yaml}]
                examples: [{$ref: none.yaml}]
                properties: {value: {$ref: s.yaml}, default: {$ref: s.yaml}, example: {$ref: s.yaml}, $ref: {$ref: s.yaml}}
"""
    Path("answers.yaml").write_text("default: {description: d}\n", encoding="utf-8")
    Path("example.yaml").write_text("value: {$ref: none.yaml}\n", encoding="utf-8")
    Path("s.yaml").write_text("type: string\nx-y: {$ref: none.yaml}\n", encoding="utf-8")
    document = load("root.yaml", text=text)
    assert document.findings == ()
    get = document.data["paths"]["/a"]["get"]["responses"]
    assert get["default"] == {"$ref": "#/x-apispec-files/answers.yaml/default"}
    properties = get["200"]["content"]["application/json"]["schema"]["properties"]
    assert {properties[name]["$ref"] for name in properties} == {"#/x-apispec-files/s.yaml"}


def test_references_lead_through_files_and_through_each_other() -> None:
    Path("index.yaml").write_text(
        "components: {schemas: {$ref: schemas/index.yaml}}\nP: {$ref: 'q.yaml#/Q'}\n", encoding="utf-8"
    )
    Path("schemas").mkdir()
    Path("schemas/index.yaml").write_text("Pet: {$ref: pet.yaml}\nUnused: {$ref: none.yaml}\n", encoding="utf-8")
    Path("schemas/pet.yaml").write_text("type: object\n", encoding="utf-8")
    Path("q.yaml").write_text("Q: {name: q, in: query, schema: {type: string}}\n", encoding="utf-8")
    text = """
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /a/{b c}:
    parameters: [{$ref: index.yaml#/P}]
    post:
      requestBody: {content: {application/json: {schema: {$ref: 'index.yaml#/components/schemas/Pet'}}}}
      responses: {"200": {description: ok}}
components:
  schemas:
    A: {oneOf: [{$ref: index.yaml#/components/schemas/Pet}], discriminator: {propertyName: k, mapping: {p: index.yaml#/components/schemas/Pet, n: A}}}
"""
    document = load("root.yaml", text=text)
    assert document.findings == ()
    data = document.data
    assert find(data, data["paths"]["/a/{b c}"]["parameters"][0]["$ref"]) == {"$ref": "#/x-apispec-files/q.yaml/Q"}
    pet = "#/x-apispec-files/schemas~1index.yaml/Pet"
    assert data["components"]["schemas"]["A"]["discriminator"]["mapping"] == {"p": pet, "n": "A"}
    assert find(data, pet) == {"$ref": "#/x-apispec-files/schemas~1pet.yaml"}


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


def test_a_document_is_itself_however_it_is_called() -> None:
    Path("a.yaml").write_text(
        "openapi: 3.1.0\npaths: {/a: {$ref: 'b.yaml'}}\ncomponents: {schemas: {A: {}}}\n", encoding="utf-8"
    )
    Path("b.yaml").write_text("parameters: [{schema: {$ref: './a.yaml#/components/schemas/A'}}]\n", encoding="utf-8")
    for name in ("a.yaml", "./a.yaml", f"../{Path.cwd().name}/a.yaml", str(Path("a.yaml").absolute())):
        document = load(name)
        assert len(document.data["x-apispec-files"]) == 1, name


def test_remote_files_become_components(server: str, tmp_path: Path) -> None:
    (tmp_path / "remote" / "pet.yaml").write_text(
        "type: object\nproperties: {tag: {$ref: 'parts/tag.yaml'}}\n", encoding="utf-8"
    )
    (tmp_path / "remote" / "parts").mkdir()
    (tmp_path / "remote" / "parts" / "tag.yaml").write_text("enum: [a]\n", encoding="utf-8")
    text = f"openapi: 3.1.0\npaths: {{}}\ncomponents: {{schemas: {{A: {{items: {{$ref: '{server}/pet.yaml'}}}}}}}}\n"
    data = bundled(load("local.yaml", text=text, allow_remote=True)).document.data
    assert data["components"]["schemas"] == {
        "A": {"items": {"$ref": "#/components/schemas/pet"}},
        "pet": {"type": "object", "properties": {"tag": {"$ref": "#/components/schemas/tag"}}},
        "tag": {"enum": ["a"]},
    }
