"""Our own words: each is marked, each catalogue has each, and sites are in the language that was asked for."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import material
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from apispec.config import SITE_LANGUAGES, load, site_language
from apispec.errors import ConfigError, TemplateError
from apispec.rendering.pages import Pages, PagesOptions
from apispec.words import _, _n, listed, speaking, words_for
from tests.pages.samples import kitty
from tests.words import extract, unmarked

LANGUAGES = sorted(extract.catalogues())
TEMPLATES = extract.ROOT / "templates"


def test_the_languages_of_the_theme_are_offered() -> None:
    folder = Path(material.__file__).parent / "templates" / "partials" / "languages"
    assert sorted(SITE_LANGUAGES) == sorted(path.stem for path in folder.glob("*.html"))
    assert {"de", "es", "fr", "ja", "pt", "zh"} == set(LANGUAGES)


def test_templates_mark_their_words() -> None:
    places = [path for name in ("pages", "copies", "theme") for path in sorted((TEMPLATES / name).rglob("*"))]
    found = {
        path.name: said
        for path in places
        if path.suffix in (".jinja", ".html") and (said := list(unmarked.in_template(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_scripts_mark_their_words() -> None:
    paths = sorted((TEMPLATES / "assets").rglob("*.js"))
    assert {path.name: said for path in paths if (said := list(unmarked.in_script(path)))} == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>None.</p>", ["None."]),
        ('<p aria-label="The answer of {{ name }}">{{ _("None.") }}</p>', ["The answer of \0"]),
        ("{{ label(level, 'Parameters') }}", ["Parameters"]),
        ('{{ label(level, _("Parameters")) }} {{ _n("{count} field", "{count} fields", 2) }}', []),
        ('{{ "{#" }}{{ x }} <b>Text</b> {{ "#}" }}', ["Text"]),
    ],
)
def test_unmarked_words_of_templates_are_found(text: str, said: list[str]) -> None:
    assert list(unmarked.in_template(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ui.button("Send", go)', ["Send"]),
        ("note(`The first ${count} of ${all.map((x) => ({ x }))} are here`)", ["The first", "are here"]),
        ('ui.button(_("Send"), go); apispec._n("One value fits.", "{count} values fit.", 2)', []),
        ('say(late ? _("It is late") : "It is early")', ["It is early"]),
    ],
)
def test_unmarked_words_of_scripts_are_found(tmp_path: Path, text: str, said: list[str]) -> None:
    script = tmp_path / "script.js"
    script.write_text(text, encoding="utf-8")
    assert list(unmarked.in_script(script)) == said


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_have_everything(language: str) -> None:
    known, now = extract.catalogues()[language], extract.template()
    missing = [m.id for m in now if m.id and ((own := known.get(m.id)) is None or not all(_forms(own)))]
    assert missing == [], "bring the catalogues up to date (make words), and translate what is new"
    assert [m.id for m in known if m.id and now.get(m.id) is None] == []
    before = (extract.CATALOGUES / f"{language}.po").read_bytes()
    known.update(now, no_fuzzy_matching=True)
    extract.write(known, language)
    assert (extract.CATALOGUES / f"{language}.po").read_bytes() == before, "bring the catalogues up to date: make words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_hold_the_same_places_and_tags(language: str) -> None:
    known = extract.catalogues()[language]
    wrong = []
    for message in known:
        if message.id:
            wanted = message.id if isinstance(message.id, str) else message.id[1]
            forms = _forms(message)
            assert len(forms) == (1 if isinstance(message.id, str) else known.num_plurals), message.id
            wrong += [(wanted, said) for said in forms[-1:] if _kept(said) != _kept(wanted)]
            wrong += [(wanted, said) for said in forms if not set(_kept(said)) <= set(_kept(wanted))]
    assert wrong == []


def _kept(text: str) -> list[str]:
    """What a translation keeps: the places of values, tags, what would end an attribute, and what is code."""
    return sorted(re.findall(r'\{\w+\}|<[^<>]+>|"|&\w+;|--\w+|https?://|gr\.Error|show_error=True', text))


def test_words_in_another_language() -> None:
    assert _("Close {name}", name="{x}") == "Close {x}"
    with speaking("de"):
        assert _("Close {name}", name="{x}") == "{x} schließen"
        assert listed(["a", "b", "c"]) == "a, b und c"
        assert _("What nobody has translated") == "What nobody has translated"
        with speaking("fr"):
            assert [_n("{count} field", "{count} fields", count) for count in (0, 1, 2)] == [
                "0 champ", "1 champ", "2 champs",
            ]  # fmt: skip
        assert _n("{count} field", "{count} fields", 0) == "0 Felder"
    with speaking("ja"):
        assert _n("One value does not fit.", "{count} values do not fit.", 1) == "1 個の値が合っていません。"
    for other in ("pt-BR", "zh-TW", "ar"):
        with speaking(other):
            assert (_("Close") == "Close") == (other != "pt-BR")


def test_catalogues_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    own = Catalog(locale="nl")
    own.add("Close", "Sluiten")
    file = tmp_path / "words" / "nl.po"
    with file.open("wb") as out:
        write_po(out, own)
    with speaking("nl", [tmp_path]):
        assert (_("Close"), _("Send")) == ("Sluiten", "Send")
        assert words_for(["assets/script/try.js"]) == {"Close": "Sluiten"}  # though it says of no word where it goes
        assert words_for(["assets/script/site.js"]) == {}
    (tmp_path / "words" / "sv.po").write_text('msgid "x\n', encoding="utf-8")
    with pytest.raises(TemplateError, match="catalogue"), speaking("sv", [tmp_path]):
        pass


def test_pages_copies_and_scripts_are_in_the_language() -> None:
    made = Pages(kitty(), PagesOptions(language="de"))
    pages, copies = made.render(), made.copies()
    text = str(pages["reference/index.md"])
    assert "Query-Parameter" in text and "Query parameters" not in text and ">erforderlich<" in text
    assert "Parameter:" in str(copies["reference/index.md"]) and "Parameters:" not in str(copies["reference/index.md"])
    assert made.navigation()[0] == ("Überblick", "index.md")
    assert "go there" not in "".join(map(str, made.leads().values()))
    assert '"Send": "Senden"' in str(pages["assets/calls.js"]) and '"Send"' not in str(pages["assets/apispec.js"])
    english = Pages(kitty()).render()
    assert "apispec.words=" not in str(english["assets/apispec.js"])
    assert [one for one in english if one.startswith("assets/")] == [one for one in pages if one.startswith("assets/")]


@pytest.mark.node
def test_scripts_count_as_the_language_does() -> None:
    files = {one: str(Pages(kitty(), PagesOptions(language=one)).render()["assets/apispec.js"]) for one in ("en", "fr")}
    words = (TEMPLATES / "assets" / "script" / "words.js").read_text(encoding="utf-8")
    said = {}
    for language, text in files.items():
        front = "\n".join(line for line in text.splitlines() if line.startswith(("apispec.words=", "apispec.plural=")))
        ask = """Object.assign(apispec.words, JSON.parse(process.argv[1]));
            console.log(JSON.stringify([0, 1, 2, "1"].map((n) => apispec._n("{count} key", "{count} keys", n))
              .concat(apispec._("Close {name}", { name: "$& {count}" }))))"""
        table = {"{count} key\0{count} keys": ["{count} clé", "{count} clés"]} if language == "fr" else {}
        code = f"globalThis.apispec = {{}};\n{front}\n{words}\n{ask}"
        done = subprocess.run(["node", "-e", code, json.dumps(table)], capture_output=True, text=True, check=True)
        said[language] = json.loads(done.stdout)
    assert said["en"] == ["0 keys", "1 key", "2 keys", "1 key", "Close $& {count}"]
    assert said["fr"][:4] == ["0 clé", "1 clé", "2 clés", "1 clé"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("de", "de"),
        ("pt_br", "pt-BR"),
        ("de-AT", "de"),
        ("zh-Hans", "zh"),
        ("zh-CN", "zh"),
        ("zh-TW", "zh-TW"),
        ("xx", ""),
    ],
)
def test_codes_of_languages(written: str, meant: str) -> None:
    assert site_language(written) == meant


def test_one_option_names_languages_of_snippets_and_the_sites(tmp_path: Path) -> None:
    loaded = load(None, {"languages": ("python", "de")})
    assert (loaded.language, loaded.languages) == ("de", ("python",))
    loaded = load(None, {"languages": ("fr",)})
    assert (loaded.language, loaded.languages) == ("fr", ())
    (tmp_path / "apispec.toml").write_text('language = "ja"\nlanguages = ["curl"]\n', encoding="utf-8")
    loaded = load(tmp_path / "apispec.toml", {"languages": ("es",)})
    assert (loaded.language, loaded.languages) == ("es", ("curl",))
    with pytest.raises(ConfigError, match="no language 'klingon'"):
        load(None, {"language": "klingon"})
