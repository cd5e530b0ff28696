"""The languages of the menu: a file each, loaded when a reader chooses it, so that pages weigh no more for them.

A file has the language's table and its snippets' parts for every shape that calls of the API have; the page's script
fills them as it fills those of the page. A shape is called by a digest of its context, so that a page and a file that
were made apart agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from apispec.literals import json_text
from apispec.model import Api, Endpoint
from apispec.rendering.pages.options import PagesOptions
from apispec.snippets import Language, SnippetContext, languages, parts_json, parts_of, shapes, table
from apispec.templating import templates_dir


def menu(options: PagesOptions, protocol: str = "http") -> tuple[Language, ...]:
    """The languages that are offered and not shown."""
    offered = languages(protocol, options.template_dirs)
    shown = {language.id for language in options.chosen(offered)}
    return tuple(language for language in offered if language.menu and language.id not in shown)


def shape_key(context: SnippetContext, protocol: str) -> str:
    """What a shape is called by."""
    return hashlib.sha256(f"{protocol} {context!r}".encode()).hexdigest()[:8]


def shape_keys(endpoint: Endpoint, api: Api) -> dict[str, str]:
    """The shapes of an endpoint's calls, by variant."""
    return {variant: shape_key(context, endpoint.protocol) for variant, context in shapes(endpoint, api).items()}


def menu_files(api: Api, options: PagesOptions) -> dict[str, str]:
    """A script for each language of the menu, by path."""
    contexts = {
        shape_key(context, endpoint.protocol): (endpoint.protocol, context)
        for endpoint in api.public_endpoints
        for context in shapes(endpoint, api).values()
    }
    dirs = options.template_dirs
    known = set(core_tables(options))
    of = {protocol: {language.id: language for language in menu(options, protocol)} for protocol in ("http", "gradio")}
    files = {}
    for language in {**of["gradio"], **of["http"]}.values():
        made = {
            key: parts_json(parts_of(of[protocol][language.id], context, dirs))
            for key, (protocol, context) in sorted(contexts.items(), key=lambda item: item[0])
            if language.id in of[protocol]
        }
        own = (
            {language.id: table(language.id, dirs)}
            if language.id not in known and _has_table(language.id, dirs)
            else {}
        )
        said = {
            "id": language.id, "name": language.name, "lexer": language.lexer, "needs": language.needs, "tables": own,
            "parts": made,
        }  # fmt: skip
        files[f"assets/languages/{language.id}.js"] = f"apispec.learn({json_text(said)});\n"
    return files


def core_tables(options: PagesOptions) -> list[str]:
    """The tables that the page's script has: all but those of languages that are in the menu alone."""
    folders = [templates_dir() / "languages", *(Path(folder, "languages") for folder in options.template_dirs)]
    names = {path.stem for folder in folders for path in folder.glob("*.toml")}
    return sorted(names - {language.id for language in menu(options)})


def _has_table(name: str, user_dirs: Sequence[str | Path]) -> bool:
    return any(Path(folder, "languages", f"{name}.toml").is_file() for folder in (*user_dirs, templates_dir()))
