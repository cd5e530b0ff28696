"""Our own words where templates, Python and scripts say them, and their catalogues; `python -m tests.words.extract` brings
the catalogues up to date (`make words`): new words are added without a translation, old ones are taken out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
CATALOGUES = ROOT / "templates" / "words"
KEYWORDS = {"_": None, "N_": None, "_n": (1, 2)}

Said = tuple[str, str | tuple[str, ...]]
"""A file, as catalogues name it, and what it says: `(one, many)` where a number changes it."""

JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def said() -> Iterator[Said]:
    """Everything that is marked as our own words."""
    for path in sorted((ROOT / "templates").rglob("*")):
        kind = "jinja2" if path.suffix == ".jinja" else "javascript" if path.suffix == ".js" else ""
        if kind and "languages" not in path.parts:
            options = {**JINJA} if kind == "jinja2" else {"parse_template_string": "true"}
            yield from _marked(path, "jinja2.ext:babel_extract" if kind == "jinja2" else kind, options)
    for path in sorted((ROOT / "apispec").rglob("*.py")):
        yield from _marked(path, "python", {})


def _marked(path: Path, method: str, options: dict[str, str]) -> Iterator[Said]:
    with path.open("rb") as file:
        for _line, words, _comments, _context in extract(method, file, KEYWORDS, (), options):
            yield path.relative_to(ROOT).as_posix(), words


@lru_cache(maxsize=1)
def template() -> Catalog:
    """All that is said, without translations."""
    found = Catalog(project="apispec", header_comment="")
    for file, words in said():
        found.add(words, locations=[(file, None)])  # type: ignore[list-item] # lines would change with every edit
    return found


def catalogues() -> dict[str, Catalog]:
    """Those that there are, by language."""
    return {path.stem: read_po(io.BytesIO(path.read_bytes()), locale=path.stem) for path in CATALOGUES.glob("*.po")}


def write(catalogue: Catalog, language: str) -> None:
    """Write a catalogue, as it will be read."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, omit_header=True, ignore_obsolete=True)
    plural = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    head += f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plural}\\n"\n\n'
    (CATALOGUES / f"{language}.po").write_bytes(head.encode() + out.getvalue())


def main() -> None:
    """Bring every catalogue up to date."""
    now = template()
    for language, catalogue in catalogues().items():
        catalogue.update(now, no_fuzzy_matching=True)
        write(catalogue, language)


if __name__ == "__main__":
    main()
