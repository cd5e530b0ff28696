"""Text about live objects that is the same on every machine and tells nothing about it.

No memory address, no path of this machine and no secret of its environment comes out of here, whatever a `repr` says or
raises.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from apispec.introspection import credentials
from apispec.introspection.credentials import HIDDEN

_ADDRESS = re.compile(r" (?:object )?at 0x[0-9A-Fa-f]+|0x[0-9A-Fa-f]{6,}")
_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(?:^|_)(?:API_?)?KEY(?:$|_)", re.IGNORECASE)
_LONGEST = 200
ELLIPSIS = "…"


def value_text(value: Any) -> str:
    """A value as a reader may see it: its `repr` for what has a useful one, else what kind of thing it is."""
    if isinstance(value, type) or (callable(value) and isinstance(getattr(value, "__qualname__", None), str)):
        return clean(f"{value.__qualname__}" if value.__qualname__ != "<lambda>" else "lambda")
    if value is Ellipsis:
        return "..."
    if isinstance(value, ModuleType):
        return clean(value.__name__)
    if is_secret(value):
        return HIDDEN
    try:
        text = repr(value)
    except Exception:
        text = ""
    if not isinstance(text, str) or not text or _ADDRESS.search(text):
        text = f"<{type(value).__name__}>"
    return clean(text)


def error_text(error: BaseException) -> str:
    """An exception in one line, whatever its own text raises."""
    try:
        first = str(error).strip().partition("\n")[0]
    except Exception:
        first = ""
    return clean(f"{type(error).__name__}: {first}" if first else type(error).__name__)


def type_text(hint: Any) -> str:
    """A hint as Python writes it, with full names for classes that are not built in. Never raises."""
    try:
        return _type_text(hint)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:  # a metaclass of the target's
        return clean(type.__dict__["__name__"].__get__(hint) if issubclass(type(hint), type) else type(hint).__name__)


def _type_text(hint: Any) -> str:
    if isinstance(hint, type) and not hasattr(hint, "__args__"):
        module = getattr(hint, "__module__", "builtins")
        name = getattr(hint, "__qualname__", None)
        name = name if isinstance(name, str) else "object"
        local = name.replace("<locals>.", "")
        return clean(
            local if module in ("builtins", "__main__") or not isinstance(module, str) else f"{module}.{local}"
        )
    if isinstance(hint, str):
        return clean(hint)
    try:
        text = repr(hint)
    except Exception:
        text = type(hint).__name__
    return clean(re.sub(r"\b(?:typing|typing_extensions|collections\.abc)\.|<locals>\.|<class '([^']*)'>", r"\1", text))


def clean(text: str) -> str:
    """A text without memory addresses, folders of this machine and secrets of its environment; at most 200 long."""
    text = credentials.hide(_ADDRESS.sub("", text), _allowed)
    for private, shown in _private_texts():
        if private in text:
            text = text.replace(private, shown)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")  # lone surrogates
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + ELLIPSIS


def is_secret(value: Any) -> bool:
    """Whether a value is one that pydantic hides."""
    return any(base.__module__ == "pydantic.types" and base.__name__ == "_SecretBase" for base in type(value).__mro__)


def is_private(text: str) -> bool:
    """Whether a text holds a folder of this machine, a secret of its environment or a credential."""
    return any(private in text for private, _ in _private_texts()) or bool(credentials.kind(text, _allowed))


def secret_in(value: Any, name: str) -> str:
    """Why a parameter's default is not to be shown, empty where it may be.

    Args:
        value: The default.
        name: The parameter's.
    """
    if not isinstance(value, str):
        if _named_inside(name, value):
            return "a secret by a name inside of it"
        try:
            value = repr(value) if not isinstance(value, (int, float, type(None), type)) else ""
        except Exception:
            return ""
    if any(private in value for private, shown in _private_texts() if shown == HIDDEN):
        return "a value of the environment"
    found = credentials.kind(value, _allowed)
    if not found and value not in _allowed and credentials.is_named(name, value):
        return "a secret by its parameter's name"
    return found


def _named_inside(name: str, value: Any) -> bool:
    if isinstance(value, (int, float, type(None), type)):
        return False
    try:
        return credentials.is_named_inside(name, value) and not any(one and one in repr(value) for one in _allowed)
    except Exception:  # of a class of the target's
        return False


def look_around(source: str = "", allowed: Iterable[str] = ()) -> None:
    """Find out anew what is private: the folders that Python imports from and the environment may have changed.

    Args:
        source: Of the target: values of environment variables that it names are private.
        allowed: Texts that look like secrets and are none.
    """
    global _allowed, _read_from
    _allowed, _read_from = tuple(allowed), source
    _private_texts.cache_clear()


_allowed: tuple[str, ...] = ()
_read_from = ""


@cache
def _private_texts() -> tuple[tuple[str, str], ...]:
    """What must not come out and what is shown instead, longest first."""
    folders = {tempfile.gettempdir() + os.sep, sys.prefix, sys.base_prefix, *filter(os.path.isabs, sys.path)}
    for find in (Path.home, Path.cwd):
        try:
            folders.add(str(find()))
        except (RuntimeError, OSError):
            continue
    secrets = {v for k, v in os.environ.items() if _SECRET_NAME.search(k) and len(v) >= 8}
    secrets = {v for v in secrets | credentials.environment_values(_read_from) if v not in _allowed}
    folders = {f for f in folders if len(f) > 4}  # "/", "/usr"
    private = {**dict.fromkeys(folders, ELLIPSIS), **dict.fromkeys(secrets - folders, HIDDEN)}
    return tuple(sorted(private.items(), key=lambda one: (-len(one[0]), one[0])))
