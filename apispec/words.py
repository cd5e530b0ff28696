"""The words of our own that pages say, in the reader's language.

Templates, Python and the page's script give them in English, `_("…")` and `_n("one", "many", count)`; a catalogue of
`templates/words/LANGUAGE.po` (gettext's format, read by Babel) has them in another language, a user's own templates
folder in further ones, or some of them in other words. What a catalogue has not is said in English. Texts of a
document never go through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

from apispec.errors import TemplateError
from apispec.templating import templates_dir

ENGLISH = "en"
FOLDER = "words"
"""Of the catalogues, in a folder of templates."""

_SPOKEN = {"pt-br": "pt", "zh-hans": "zh", "zh-cn": "zh"}
"""Which catalogue speaks for a language that has none of its own; else that of its first part: `de` for `de-AT`."""
_OTHERS = frozenset({"zh-hant", "zh-tw"})
"""Written otherwise than their first part says."""


class Catalogue(NamedTuple):
    """The words of one language."""

    words: dict[str, str | tuple[str, ...]]
    """By the English ones: the forms of a plural by those of its one and its many, a zero character between them."""
    plural: str
    """Which form a number has, as an expression in C (and JavaScript) of `n`."""
    form: Callable[[int], int]
    """The same."""
    parts: dict[str, frozenset[str]]
    """The files that say each: `assets/script/try.js`."""


_NONE = Catalogue({}, "n != 1", lambda n: int(n != 1), {})
_spoken: ContextVar[tuple[str, tuple[str, ...]]] = ContextVar("spoken", default=(ENGLISH, ()))


@contextmanager
def speaking(language: str, template_dirs: Sequence[str | Path] = ()) -> Iterator[None]:
    """Say the words inside in a language.

    Args:
        language: Its code: `de`, `pt-BR`. Without a catalogue it is English.
        template_dirs: Folders of templates that may have catalogues, too.

    Raises:
        TemplateError: A catalogue can't be read.
    """
    chosen = (language, tuple(str(folder) for folder in template_dirs))
    catalogue(*chosen)
    token = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(token)


class _Chosen(Protocol):
    @property
    def language(self) -> str: ...

    @property
    def template_dirs(self) -> tuple[str, ...]: ...


class _Speaker(Protocol):
    @property
    def options(self) -> _Chosen: ...


Speaker = TypeVar("Speaker", bound=_Speaker)
Given = ParamSpec("Given")
Made = TypeVar("Made")


def spoken(method: Callable[Concatenate[Speaker, Given], Made]) -> Callable[Concatenate[Speaker, Given], Made]:
    """A method that says its words in the language of its object's `options`."""

    @wraps(method)
    def speaks(self: Speaker, /, *args: Given.args, **values: Given.kwargs) -> Made:
        with speaking(self.options.language, self.options.template_dirs):
            return method(self, *args, **values)

    return speaks


def _(text: str, /, **values: object) -> str:
    """Words, with values in the places of `{name}`."""
    found = _words().get(text, text)
    said = found if isinstance(found, str) else text
    return said.format(**values) if values else said


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """Words that a number changes; it is `{count}`."""
    known = catalogue(*_spoken.get())
    forms = known.words.get(f"{one}\0{many}")
    said = forms[known.form(count)] if isinstance(forms, tuple) else one if count == 1 else many
    return said.format(count=count, **values)


def N_(text: str) -> str:  # noqa: N802 # what gettext calls it
    """Words for the catalogue that are said later."""
    return text


def listed(names: Sequence[str]) -> str:
    """Names one after the other: `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def words_for(parts: Sequence[str]) -> dict[str, str | list[str]]:
    """What some of the script's files say in the language that is spoken, by the English words.

    Args:
        parts: Paths in the folder of templates.
    """
    known = catalogue(*_spoken.get())
    wanted = set(parts)
    return {
        text: said if isinstance(said, str) else list(said)
        for text, said in known.words.items()
        if not wanted.isdisjoint(known.parts[text])
    }


def plural() -> str:
    """Which form of a plural a number `n` has in the language that is spoken, as a JavaScript expression."""
    return catalogue(*_spoken.get()).plural


def language() -> str:
    """The code of the language that is spoken."""
    return _spoken.get()[0]


def _words() -> dict[str, str | tuple[str, ...]]:
    return catalogue(*_spoken.get()).words


@lru_cache(maxsize=32)
def catalogue(chosen: str, template_dirs: tuple[str, ...] = ()) -> Catalogue:
    """The words of a language; none where nobody has them.

    Raises:
        TemplateError: A catalogue can't be read.
    """
    if chosen == ENGLISH and not template_dirs:
        return _NONE
    found = _NONE
    for folder in (templates_dir(), *map(Path, reversed(template_dirs))):
        path = next((p for name in _names(chosen) if (p := folder / FOLDER / f"{name}.po").is_file()), None)
        if path is not None:
            own = _read(path)
            known = found.parts or _read(templates_dir() / FOLDER / "de.po").parts
            parts = {text: own.parts[text] | known.get(text, frozenset()) for text in own.words}
            found = Catalogue({**found.words, **own.words}, own.plural, own.form, {**found.parts, **parts})
    return found


def _names(chosen: str) -> list[str]:
    """The names that the catalogue of a language may have, the best first."""
    low = chosen.lower().replace("_", "-")
    names = [chosen, low, *([_SPOKEN[low]] if low in _SPOKEN else [])]
    return [*names, *([] if low in _OTHERS else [low.partition("-")[0]])]


def _read(path: Path) -> Catalogue:
    from gettext import c2py

    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            known = read_po(file, ignore_obsolete=True, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise TemplateError(f"the catalogue of words can't be read: {error}", where=str(path)) from error
    words: dict[str, str | tuple[str, ...]] = {}
    parts: dict[str, frozenset[str]] = {}
    for message in known:
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if not message.id or message.fuzzy or not forms or not all(forms):
            continue
        text = message.id if isinstance(message.id, str) else "\0".join(message.id)
        words[text] = forms[0] if isinstance(message.id, str) else forms
        parts[text] = frozenset(place.removeprefix("templates/") for place, _line in message.locations)
    return Catalogue(words, known.plural_expr, c2py(known.plural_expr), parts)
