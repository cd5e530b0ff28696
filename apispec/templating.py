"""The one Jinja environment. Templates arrange what Python decided; nothing here knows what they say.

The reader's own template folders are searched first, ours second, so any template can be replaced by one of its name,
and ours stays reachable as `apispec/NAME` for `{% extends %}`. Where there are such folders all templates run in
Jinja's sandbox: they came with the repository.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from apispec.errors import TemplateError
from apispec.literals import json_text


@lru_cache(maxsize=1)
def templates_dir() -> Path:
    """The folder of our templates: inside the installed package, or at the top of a checkout.

    Raises:
        TemplateError: It is in neither place.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "templates", here.parent / "templates"):
        if (folder / "snippets").is_dir():
            return folder
    raise TemplateError("apispec's templates are missing", hint="reinstall apispec-docs")


def environment(user_dirs: Sequence[str | Path] = ()) -> Environment:
    """The environment for templates in `user_dirs` and ours; one per sequence of folders.

    Undefined names are errors, output is never escaped for HTML (templates make Markdown, JSON and code; what goes
    into Markdown is escaped by the filters of `rendering`), and the filter `json` replaces Jinja's `tojson`, which
    rewrites quotes and angle brackets.

    Raises:
        TemplateError: One of the folders does not exist.
    """
    return _environment(tuple(str(folder) for folder in user_dirs))


@lru_cache(maxsize=8)
def _environment(user_dirs: tuple[str, ...]) -> Environment:
    for folder in user_dirs:
        if not Path(folder).is_dir():
            raise TemplateError("no such template folder", where=folder, hint="check `templates` in the configuration")
    ours = FileSystemLoader(templates_dir())
    loader = ChoiceLoader([_UsersLoader(list(user_dirs)), ours, PrefixLoader({"apispec": ours})])
    env = (Sandbox if user_dirs else Environment)(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    del env.filters["tojson"]
    env.filters["json"] = json_text
    return env


class Sandbox(SandboxedEnvironment):
    """Runs templates that came with a repository: they arrange what they are given, and reach nothing else.

    Only plain values' own methods, macros, and functions that we or Jinja hand over are called.
    """

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether it does no more than make a value of what it is given."""
        if not super().is_safe_callable(obj):
            return False
        if isinstance(obj, _JINJA) or any(obj is known for known in self.globals.values()):
            return True
        if type(getattr(obj, "__self__", None)) in _PLAIN:
            return True
        module = str(getattr(obj, "__module__", None) or "")
        return module.startswith(("apispec.", "markupsafe"))


_JINJA = (Macro, Joiner, Cycler, Namespace, LoopContext, BlockReference, Undefined)
_PLAIN = (str, bytes, int, float, bool, list, tuple, dict, set, frozenset, Markup, Cycler, Joiner, LoopContext)


class _UsersLoader(FileSystemLoader):
    """Templates of the user's folders; no hidden files, and no links out of them, which `include` could show."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template.

        Raises:
            TemplateNotFound: There is none that may be read.
        """
        found = super().get_source(environment, template)
        real = Path(found[1]).resolve()
        inside = any(real.is_relative_to(Path(folder).resolve()) for folder in self.searchpath)
        if not inside or any(part.startswith(".") for part in template.split("/")):
            raise TemplateNotFound(template)
        return found


def template_names(folder: str, user_dirs: Sequence[str | Path] = ()) -> list[str]:
    """The templates directly in `folder` (relative, `/`-separated), the user's and ours, sorted, each once."""
    names: set[str] = set()
    for root in (*map(Path, user_dirs), templates_dir()):
        names.update(p.name for p in (root / folder).glob("*.jinja") if p.is_file())
    return sorted(names)


def source(name: str, user_dirs: Sequence[str | Path] = ()) -> str:
    """The text of a template.

    Raises:
        TemplateError: There is none of that name, or it is not UTF-8.
    """
    env = environment(user_dirs)
    assert env.loader is not None
    try:
        return env.loader.get_source(env, name)[0]
    except Exception as error:
        raise _problem(name, error) from error


def render(name: str, context: Mapping[str, Any], user_dirs: Sequence[str | Path] = ()) -> str:
    """A rendered template.

    Raises:
        TemplateError: It is missing or wrong, with its file and line, whatever went wrong in it.
    """
    try:
        return environment(user_dirs).get_template(name).render(context)
    except Exception as error:  # a template can raise anything
        raise _problem(name, error) from error


def _problem(name: str, error: Exception) -> TemplateError:
    if isinstance(error, TemplateError) and error.where:
        return error
    where = name
    if isinstance(error, TemplateSyntaxError):
        where = f"{error.filename or name}:{error.lineno}"
    else:  # Jinja puts the lines of templates into tracebacks
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".jinja")]
        if frames:
            where = f"{frames[-1].filename}:{frames[-1].lineno}"
    if isinstance(error, TemplateError):
        return TemplateError(error.message, where=where, hint=error.hint, details=error.details)
    return TemplateError(f"{type(error).__name__}: {error}", where=where)
