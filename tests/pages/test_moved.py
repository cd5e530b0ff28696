"""What the previous site had leads on: pages for what was renamed or is gone, and lists of addresses that are tested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apispec.cli import run
from apispec.cli.previous import lost

BEFORE = """
openapi: 3.1.0
info: {title: Pets, version: "1.0"}
paths:
  /pets: {get: {operationId: listPets, tags: [pets], responses: {"200": {description: ok}}}}
  /pets/{id}: {delete: {operationId: dropPet, tags: [pets], responses: {"204": {description: ok}}}}
  /toys: {get: {responses: {"200": {description: ok}}}}
components: {schemas: {Pet: {type: object, properties: {id: {type: integer}}}, Old: {type: string}}}
"""
AFTER = """
openapi: 3.1.0
info: {title: Pets, version: "2.0"}
paths:
  /pets: {get: {operationId: getPets, tags: [pets], responses: {"200": {description: ok}}}}
  /toys: {get: {operationId: toys, responses: {"200": {description: ok}}}}
components: {schemas: {Animal: {type: object, description: Any., properties: {id: {type: integer}}}}}
"""


def build(text: str, place: Path, name: str, *more: str) -> Path:
    source = place / f"{name}.yaml"
    source.write_text(text)
    assert run(["build", str(source), "--out", str(place / name), "--quiet", *more]) == 0
    return place / name


def moves(site: Path) -> dict[str, tuple[str, str, str]]:
    return {m["from"]: (m["to"], m["reason"], m["since"]) for m in json.loads((site / "redirects.json").read_text())}


EXPECTED = {
    "reference/listPets/": ("reference/getPets/", "renamed", "2.0"),
    "reference/dropPet/": ("tags/pets/", "removed", "2.0"),
    "reference/get/toys/": ("reference/toys/", "renamed", "2.0"),
    "schemas/Pet/": ("schemas/Animal/", "renamed", "2.0"),
    "schemas/Old/": ("schemas/", "removed", "2.0"),
}


@pytest.mark.slow
def test_what_was_renamed_or_is_gone_leads_on(tmp_path: Path) -> None:
    before = build(BEFORE, tmp_path, "before", "--layout", "operations")
    assert not (before / "redirects.json").exists()
    after = build(AFTER, tmp_path, "after", "--previous", str(before), "--site-url", "https://x.example/docs")
    assert moves(after) == EXPECTED
    page = (after / "reference" / "listPets" / "index.html").read_text()
    assert "This has another name since version 2.0" in page
    assert 'url=../getPets/"' in page
    assert "/docs/reference/listPets/ /docs/reference/getPets/ 301\n" in (after / "_redirects").read_text()
    again = build(AFTER.replace("2.0", "3.0"), tmp_path, "again", "--previous", str(after))
    assert moves(again) == EXPECTED, "what was moved once stays so, since the version it was"
    document = build(AFTER, tmp_path, "document", "--previous", str(tmp_path / "before.yaml"))
    assert moves(document) == EXPECTED


def test_addresses_of_earlier_layouts_lead_to_their_tags(tmp_path: Path) -> None:
    old = tmp_path / "old"
    for folder in ("reference/pets-1-of-2", "schemas/3", "guide"):
        (old / folder).mkdir(parents=True)
        (old / folder / "index.html").write_text("old")
    (old / "index.html").write_text("old")
    after = build(AFTER, tmp_path, "after", "--previous", str(old), "--layout", "operations")
    assert moves(after) == {
        "reference/pets-1-of-2/": ("tags/pets/", "moved", "2.0"),
        "schemas/3/": ("schemas/", "moved", "2.0"),
    }


def test_a_previous_site_has_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "after.yaml").write_text(AFTER)
    for place, words in ((tmp_path, "this is no site"), (tmp_path / "gone", "there is no such file")):
        command = ["build", str(tmp_path / "after.yaml"), "--out", str(tmp_path / "site"), "--previous", str(place)]
        assert run(command) == 2
        assert words in capsys.readouterr().err
        assert not (tmp_path / "site").exists()


@pytest.mark.slow
def test_addresses_that_would_be_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = build(BEFORE, tmp_path, "before", "--layout", "operations", "--site-url", "https://x.example/docs/")
    command = ["build", str(tmp_path / "after.yaml"), "--out", str(tmp_path / "after"), "--quiet"]
    command += ["--check-links", str(before / "sitemap.xml"), "--site-url", "https://x.example/docs/"]
    (tmp_path / "after.yaml").write_text(AFTER)
    assert run(command) == 1
    out = capsys.readouterr().out
    assert "https://x.example/docs/reference/dropPet/\n" in out
    assert "https://x.example/docs/schemas/\n" not in out
    assert not (tmp_path / "after").exists()
    assert run([*command, "--previous", str(before)]) == 0


def test_lists_of_addresses() -> None:
    files = {
        "index.html": '<h1 id="top">',
        "a/index.html": '<p id="b.c">',
        "openapi.json": "{}",
        "m/index.html": "data-to=",
    }
    good = [
        "https://x.example/d/",
        "https://x.example/d/a/#b.c",
        "https://x.example/d/openapi.json",
        "https://x.example/d/m/#x",
    ]
    assert lost(good, files, "") == lost(good, files, "https://x.example/d") == []
    assert lost(["/a", "a/#b.c", "a/index.html", ""], files, "") == []
    assert lost(["/b/", "a/#gone", "https://x.example/d/z"], files, "https://x.example/d/") == [
        "/b/",
        "a/#gone",
        "https://x.example/d/z",
    ]


def test_tags_and_webhooks_that_were_renamed_or_are_gone(tmp_path: Path) -> None:
    def document(version: str, *operations: tuple[str, str, str], **webhooks: str) -> str:
        answers = {"responses": {"200": {"description": "ok"}}}
        paths = {path: {"get": {"operationId": name, "tags": [tag], **answers}} for name, path, tag in operations}
        sent = {
            name: {"post": {"operationId": name, "description": words, **answers}} for name, words in webhooks.items()
        }
        info = {"title": "Shop", "version": version}
        return json.dumps({"openapi": "3.1.0", "info": info, "paths": paths, "webhooks": sent})

    old = document(
        "1", ("a", "/a", "Cats"), ("b", "/b", "Cats"), ("c", "/c", "Dogs"), ("d", "/d", "Dogs"), ("e", "/e", "Old"),
        ordered="An order.", gone="Nothing.",
    )  # fmt: skip
    new = document(
        "2", ("a", "/a", "Pets"), ("b2", "/b", "Pets"), ("c", "/c", "Pets"), ("d", "/d2", "Other"), bought="An order."
    )
    (tmp_path / "old.json").write_text(old)
    after = build(new, tmp_path, "after", "--previous", str(tmp_path / "old.json"))
    found = moves(after)
    assert found["tags/Cats/"] == ("tags/Pets/", "renamed", "2")
    assert found["tags/Dogs/"] == found["tags/Old/"] == ("reference/", "removed", "2")
    assert found["webhooks/ordered/"] == ("webhooks/bought/", "renamed", "2")
    assert found["webhooks/gone/"] == ("webhooks/", "removed", "2")
