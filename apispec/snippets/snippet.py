"""Code that makes one call, in each language. A language is one template file; values are slots, filled afterwards.

`templates/snippets/PROTOCOL/LANGUAGE.EXTENSION.jinja` is the registry: a file in a reader's own templates folder adds a
language everywhere. Its first line may be a comment `{# language: Ruby; lexer: ruby #}`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from apispec import examples as example
from apispec.errors import TemplateError, UsageError
from apispec.literals import CannotSayError
from apispec.model import Api, Endpoint, Json
from apispec.requests import request
from apispec.snippets.assemble import assemble
from apispec.snippets.context import (
    SnippetContext,
    gradio_context,
    gradio_values,
    http_context,
    http_values,
    plain_files,
)
from apispec.snippets.parts import SECTIONS, Begin, Part, Slot, fill
from apispec.snippets.tables import UserDirs
from apispec.snippets.tables import encoder as encoder_of
from apispec.templating import render, source, template_names

_FIRST = ("python", "javascript", "curl")
CLIENTS_ONLY = "no path leads to it, and only Gradio's own clients reach it"
_HEADER = re.compile(r"\s*\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_MARK = re.compile("\0(\\d+)\0")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of snippets."""

    id: str
    """The template's name before its first dot: `python`."""
    name: str
    """As shown: `Python`."""
    lexer: str
    """The name that Markdown code fences take."""
    extension: str
    """Of a file that holds such code, without the dot."""
    template: str
    """The template's path below a templates folder."""
    scope: tuple[str, ...] = ()
    """In a script: what opens and closes a scope for the names of one call; empty = names may be given again."""
    needs: str = ""
    """What has to be installed first: `pip install requests`."""
    menu: bool = False
    """Whether it is offered in the menu of more languages only, and not shown unless it is asked for."""
    flat: bool = False
    """In a script: whether lines in a scope are not indented, since texts may stand in them as they are."""
    after: str = ""
    """In a script: what follows a call on its last line, such as what ends the script where the call failed."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code that makes one call."""

    language: Language
    text: str
    parts: tuple[Part, ...]
    values: dict[str, Any]
    """`fill(parts, values) == text`."""


@lru_cache(maxsize=32)
def languages(protocol: str, user_dirs: UserDirs = ()) -> tuple[Language, ...]:
    """The languages of a protocol (`http` or `gradio`): Python, JavaScript, cURL, then the others by name."""
    found = [_language(protocol, name, user_dirs) for name in template_names(f"snippets/{protocol}", user_dirs)]
    order = {language: i for i, language in enumerate(_FIRST)}
    return tuple(sorted(found, key=lambda la: (order.get(la.id, len(order)), la.name.lower(), la.id)))


def snippets(
    api: Api,
    endpoint: Endpoint,
    *,
    arguments: dict[str, Json] | None = None,
    languages: Sequence[str] | None = None,
    base_url: str | None = None,
    user_dirs: Sequence[str | Path] = (),
    refused: dict[str, str] | None = None,
) -> tuple[Snippet, ...]:
    """The snippets of an endpoint; none in a language whose template is empty for its shape.

    Args:
        api: Whose servers, components and security apply.
        endpoint: What is called.
        arguments: Of the call; `example.arguments` by default.
        languages: Ids of the languages wanted, in order; all by default.
        base_url: Where the API is served; the first server by default.
        user_dirs: Folders whose templates come before ours.
        refused: Is told, by language, why a language cannot make the call.

    Raises:
        UsageError: There is no such language.
        TemplateError: A template is wrong.
    """
    dirs = tuple(user_dirs)
    known = _languages(endpoint.protocol, dirs)
    if languages is not None:
        by_id = {language.id: language for language in known}
        missing = [name for name in languages if name not in by_id]
        if missing:
            raise UsageError(f"no snippets in {missing[0]!r}", hint=f"choose from {', '.join(by_id)}")
        known = tuple(by_id[name] for name in languages)
    else:
        known = tuple(language for language in known if not language.menu)
    if arguments is None:
        arguments = example.arguments(endpoint, api)
    if endpoint.protocol == "gradio":
        plain = plain_files(arguments)
        values = gradio_values(endpoint, plain, api, base_url)
        context = gradio_context(endpoint, plain, api)
    else:
        call = request(endpoint, arguments, api, base_url)
        values = http_values(endpoint, call)
        context = http_context(endpoint, call, api)
    made = []
    for language in known:
        parts = _parts(language.template, context, dirs)
        try:
            text = fill(parts, values, dirs)
        except CannotSayError as error:
            if refused is not None:
                refused[language.id] = str(error)
            continue
        except TemplateError as error:
            raise TemplateError(error.message, where=language.template, hint=error.hint) from error
        if text.strip():
            made.append(Snippet(language, text, parts, values))
        elif refused is not None:
            refused[language.id] = "its template has no such call" if context.routed else CLIENTS_ONLY
    return tuple(made)


def script(
    api: Api,
    calls: Sequence[tuple[Endpoint, dict[str, Json]]],
    language: str,
    *,
    base_url: str | None = None,
    user_dirs: Sequence[str | Path] = (),
) -> str:
    """One program that makes several calls in order: one set-up, the files once, then the calls.

    Args:
        api: As for `snippets`.
        calls: Endpoints, each with its arguments; at least one.
        language: The id of a language whose templates say where a call begins: `begin("call")`.
        base_url: As for `snippets`.
        user_dirs: As for `snippets`.

    Raises:
        UsageError: There is no such language, or its templates do not say it.
        TemplateError: A template is wrong.
    """
    made: list[Snippet] = []
    for endpoint, arguments in calls:
        options: Any = {"languages": [language], "base_url": base_url, "user_dirs": user_dirs}
        found = snippets(api, endpoint, arguments=arguments, **options)
        if not found:
            raise UsageError(f"{endpoint.name} cannot be called in {language!r}", hint="choose another language")
        if Begin("call") not in found[0].parts:
            raise UsageError(
                f"no scripts in {language!r}", hint=f'say {{{{ begin("call") }}}} in {found[0].language.template}'
            )
        made += found
    of = made[0].language
    return assemble([(s.parts, s.values) for s in made], of.scope, of.after, tuple(user_dirs), flat=of.flat)


def parts_of(language: Language, context: SnippetContext, user_dirs: Sequence[str | Path] = ()) -> tuple[Part, ...]:
    """A language's snippet for a shape, its values not filled in.

    Raises:
        TemplateError: The template is wrong.
    """
    return _parts(language.template, context, tuple(user_dirs))


_languages = languages


def _language(protocol: str, name: str, user_dirs: UserDirs) -> Language:
    template = f"snippets/{protocol}/{name}"
    stem = name.removesuffix(".jinja")
    identifier, _, extension = stem.partition(".")
    header = _HEADER.match(source(template, user_dirs))
    said: dict[str, str] = {}
    for item in header.group(1).split(";") if header else ():
        key, colon, value = item.partition(":")
        if colon or key.strip() in ("menu", "flat"):
            said[key.strip().lower()] = value.strip()
    shown = said.get("language", identifier.replace("-", " ").replace("_", " ").title())
    return Language(
        id=identifier,
        name=shown,
        lexer=said.get("lexer", extension or identifier),
        extension=extension or identifier,
        template=template,
        scope=tuple(said.get("scope", "").split()),
        needs=said.get("needs", ""),
        after=said.get("after", ""),
        menu="menu" in said,
        flat="flat" in said,
    )


@lru_cache(maxsize=4096)
def _parts(template: str, context: SnippetContext, user_dirs: UserDirs) -> tuple[Part, ...]:
    """Render a template for a shape and split it at its slots."""
    slots: list[Slot | Begin] = []

    def slot(name: str, encoder: str, before: str = "", after: str = "", each: bool = False) -> str:
        encoder_of(encoder, user_dirs)  # refused where the template asks for it
        slots.append(Slot(name, encoder, before, after, each))
        return f"\0{len(slots) - 1}\0"

    def begin(section: str) -> str:
        begun = [s.section for s in slots if isinstance(s, Begin)]
        if section not in SECTIONS[1:] or section in begun:
            raise TemplateError(f"begin({section!r})", hint=f"each of {', '.join(SECTIONS[1:])} begins once at most")
        slots.append(Begin(section))
        return f"\0{len(slots) - 1}\0"

    def each(name: str, encoder: str, before: str = "", after: str = "") -> str:
        return slot(name, encoder, before, after, each=True)

    text = render(template, {"call": context, "slot": slot, "each": each, "begin": begin}, user_dirs)
    pieces = _MARK.split(text.strip("\n") + "\n")
    parts: list[Part] = []
    for i, piece in enumerate(pieces):
        if i % 2:
            parts.append(slots[int(piece)])
        elif piece:
            parts.append(piece)
    return tuple(parts)
