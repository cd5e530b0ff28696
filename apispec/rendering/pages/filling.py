"""Templates of pages and of their Markdown copies: their environments, their filters, and a context put into one."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from jinja2 import TemplateError as JinjaError
from jinja2.runtime import Macro
from markupsafe import Markup

from apispec.errors import TemplateError
from apispec.literals import json_text
from apispec.rendering.pages.code import fenced, highlight, quoted
from apispec.rendering.pages.context import PageContext
from apispec.rendering.pages.text import escape, keys, one_line
from apispec.rendering.pages.views import FieldView, NestedView
from apispec.templating import environment
from apispec.words import _, _n


def preload(template_dirs: tuple[str, ...] = ()) -> None:
    """Compile templates and lexers; worth doing in a thread while something else is waited for."""
    for language in ("python", "javascript", "bash", "json"):
        highlight("", language)
    env = page_environment(template_dirs)
    for name in env.list_templates(filter_func=lambda name: name.startswith("pages/")):
        with contextlib.suppress(JinjaError):  # said when the template is used
            env.get_template(name)


def page_text(kind: str, context: PageContext, template_dirs: tuple[str, ...] = ()) -> str:
    """A page by the name of its template; raises as `rendered` does."""
    return rendered(page_environment(template_dirs), f"pages/{kind}.md.jinja", context)


@lru_cache(maxsize=8)
def page_environment(template_dirs: tuple[str, ...]) -> Environment:
    """The shared environment, but whatever a template prints is escaped for HTML unless it is Markup."""
    env = environment(template_dirs).overlay(autoescape=True, finalize=escape)
    made = {"front": _front, "printed": printed, "spots": _spots}
    env.filters = {**env.filters, **made}  # a copy: overlays share the dict
    env.globals = {**env.globals, "_": _marked_up, "_n": _marked_up_n}
    return env


@lru_cache(maxsize=8)
def copy_environment(template_dirs: tuple[str, ...]) -> Environment:
    """The shared environment with what Markdown needs."""
    env = environment(template_dirs).overlay()
    env.filters = {**env.filters, "fenced": fenced, "quoted": quoted, "line": one_line, "printed": printed}
    env.globals = {**env.globals, "_": _, "_n": _n}
    return env


def _marked_up(text: str, /, **values: object) -> Markup:
    """Words for HTML: what stands in a catalogue may hold tags, what is put into them becomes text."""
    return Markup(_(text)).format(**{name: escape(value) for name, value in values.items()})


def _marked_up_n(one: str, many: str, count: int, /, **values: object) -> Markup:
    return Markup(_n(one, many, count, **{name: escape(value) for name, value in values.items()}))


_HERE = Markup("\0")
"""Stands for the id of a field in what was made for all places; no escaped text has it."""


def printed(view: FieldView, macro: Macro, at: str = "") -> str:
    """What a macro makes of a field that is no object, made once for all places that show it. Macros that are used so
    have names of their own, in pages and copies together.

    Args:
        view: The field.
        macro: Takes it, and its id where it is to have one.
        at: That id.
    """
    kind = f"{macro.name} {bool(at)}"
    if kind not in view.printed:
        view.printed[kind] = macro(view, _HERE) if at else macro(view)
    made = view.printed[kind]
    return Markup(made.replace(_HERE, at)) if at else made


def _spots(views: Iterable[FieldView | NestedView], at: str) -> list[tuple[Any, str]]:
    """Each of the views with its id below the one of what holds them; without one where that has none."""
    views = list(views)
    names = keys(tuple(_spot(view) for view in views))
    return [(view, (f"{at}:{name}" if name else at) if at else "") for view, name in zip(views, names, strict=True)]


def _spot(view: FieldView | NestedView) -> str:
    """What tells a view apart from those beside it: fields of one object stand together, so they add nothing."""
    if isinstance(view, FieldView):
        return view.name or view.plain_type or "any"
    return view.label.partition(",")[0] if view.choice else ""


def _front(text: str) -> Markup:
    """Text for the front matter: a JSON string is YAML, and themes print it into their HTML as it is."""
    return Markup(json_text(str(escape(text))))


def rendered(env: Environment, template: str, context: PageContext) -> str:
    """A template filled with a context.

    Raises:
        TemplateError: The template is wrong or missing.
    """
    values = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}
    try:
        text = env.get_template(template).render(values)
    except JinjaError as error:
        line = getattr(error, "lineno", None)
        where = f"{getattr(error, 'name', None) or template}:{line}" if line else template
        raise TemplateError(f"{type(error).__name__}: {error}", where=where) from error
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
