"""What reading a stranger's source may touch: which names are looked up for real, what may be called, what may be kept.

The rule: no code of the target runs, and no library's code runs on the target's behalf but constructors of plain
values and of descriptions of types. A function is never handed on as a value, since a library may call it (a default's
factory, an alias generator, a validator); neither is a class whose constructor does more than hold its arguments.
"""

from __future__ import annotations

import builtins
import dataclasses
import datetime
import importlib
import sys
import types
import weakref
from enum import Enum
from typing import Any, ForwardRef, get_origin

from pydantic import alias_generators

LIBRARIES = frozenset(
    {"annotated_doc", "annotated_types", "apispec", "click", "pydantic", "pydantic_extra_types", "typing_extensions"}
)
"""Packages beside the standard library that are imported for what they say about types."""

_IMPORTED = frozenset(
    {
        *("abc", "annotationlib", "argparse", "array", "ast", "asyncio", "base64", "binascii", "bisect", "builtins"),
        *("calendar", "cmath", "codecs", "collections", "concurrent", "configparser", "contextlib", "contextvars"),
        *("copy", "csv", "dataclasses", "datetime", "decimal", "difflib", "email", "enum", "errno", "fnmatch"),
        *("fractions", "functools", "getpass", "glob", "gzip", "hashlib", "heapq", "hmac", "html", "http", "inspect"),
        *("io", "ipaddress", "itertools", "json", "keyword", "locale", "logging", "math", "mimetypes"),
        *("multiprocessing", "numbers", "operator", "os", "pathlib", "pickle", "platform", "posixpath", "ntpath"),
        *("pprint", "queue", "random", "re", "reprlib", "secrets", "selectors", "shlex", "shutil", "signal", "site"),
        *("socket", "sqlite3", "ssl", "stat", "statistics", "string", "struct", "subprocess", "sys", "sysconfig"),
        *("tarfile", "tempfile", "textwrap", "threading", "time", "timeit", "tokenize", "traceback", "types", "typing"),
        *("unicodedata", "unittest", "urllib", "uuid", "warnings", "wave", "weakref", "xml", "zipfile", "zlib"),
        *("zoneinfo", "_collections_abc", "_typeshed"),
    }
)
"""Modules of the standard library that are imported for what they say about types: importing one does nothing else."""

_OF_LIBRARIES = (
    "apispec",
    "apispec.declaring",
    "apispec.declaring.app",
    "apispec.declaring.error",
    "apispec.declaring.types",
)
"""Our own modules that are imported on a target's behalf."""

_UNSAFE_TYPES = frozenset({("pydantic.types", "ImportString"), ("pydantic.types", "PyObject")})
"""Types whose values are names of code."""

_PLAIN_CLASSES = frozenset(
    {
        *(
            "annotated_doc",
            "annotated_types",
            "apispec.declaring.app",
            "apispec.declaring.error",
            "apispec.declaring.types",
            "click.types",
            "collections",
            "datetime",
            "decimal",
        ),
        *(
            "enum",
            "fractions",
            "ipaddress",
            "pathlib",
            "uuid",
            "pydantic.aliases",
            "pydantic.config",
            "pydantic.fields",
        ),
        *("pydantic.functional_serializers", "pydantic.networks"),
        *("pydantic.functional_validators", "pydantic.json_schema", "pydantic.types"),
    }
)
"""Modules whose classes only hold what they are given."""

_STANDINS = "apispec.introspection.static.standins"

_FOUNDATIONS = frozenset(
    {_STANDINS, "abc", "builtins", "pydantic.main", "pydantic.root_model", "typing", "typing_extensions"}
)
"""Modules whose classes are built upon."""

_ABSTRACT = frozenset({"collections.abc", "contextlib", "numbers", "os", "io", "_io"})
"""Modules whose classes say what another can do."""

_FUNCTIONS = frozenset(
    {
        *((_STANDINS, name) for name in ("Field", "Relationship", "Meta", "field", "attrib", "Factory", "nothing")),
        *((_STANDINS, name) for name in ("Option", "Argument")),
        *((_STANDINS, name) for name in ("ge", "gt", "le", "lt", "min_len", "max_len")),
        *(("pydantic.fields", "Field"), ("pydantic.fields", "PrivateAttr"), ("dataclasses", "field")),
        *(
            ("pydantic.types", f"con{kind}")
            for kind in ("bytes", "date", "decimal", "float", "int", "str", "list", "set")
        ),
    }
)
"""Functions that are called: module and name."""

_NAMING = (alias_generators.to_camel, alias_generators.to_pascal, alias_generators.to_snake)
"""Functions that are handed on, since all that they do is to write a name another way."""

_OF_TYPING = frozenset({"Doc", "NewType", "ParamSpec", "TypeVar", "TypeVarTuple"})
"""What is called of `typing`; the others take code in strings (`ForwardRef`) or read it (`get_type_hints`)."""

_BUILTINS = (int, float, complex, bool, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, object)
_CONSTANTS = (bool, int, float, complex, str, bytes, type(None), Enum, datetime.tzinfo, datetime.timedelta)
_OF_THIS_MACHINE = frozenset({"getpass", "os", "platform", "site", "socket", "sys", "sysconfig", "tempfile"})
_TYPING = ("typing", "typing_extensions")

rebuilt: weakref.WeakSet[type] = weakref.WeakSet()
"""Classes rebuilt from the target's source; nothing of its code is in them."""

self_made: weakref.WeakSet[type] = weakref.WeakSet()
"""Those of them whose own code, which was left out, decides what constructing one gives."""


class UnreadableError(Exception):
    """An expression whose value only running it would tell."""


class ModuleName(str):
    """A module that a name stands for, by its dotted name."""


def is_library(path: str) -> bool:
    """Whether a dotted path is the standard library's or that of one of `LIBRARIES`."""
    top = path.partition(".")[0]
    return top in sys.stdlib_module_names or top in LIBRARIES


def library_object(path: str) -> Any:
    """A name of the standard library or of `LIBRARIES`; a module as its `ModuleName`.

    Raises:
        UnreadableError: It is another package's, there is no such name, or it tells about this machine.
    """
    parts = path.split(".")
    top = parts[0]
    known = top in _IMPORTED or top in LIBRARIES
    if not known or any(part.startswith("__") for part in parts):
        raise UnreadableError(path)
    for i in range(len(parts), 0, -1):
        if top == "apispec" and ".".join(parts[:i]) not in _OF_LIBRARIES:
            continue
        try:
            found: Any = importlib.import_module(".".join(parts[:i]))
        except ModuleNotFoundError:
            continue
        except Exception as error:
            raise UnreadableError(path) from error
        try:
            for part in parts[i:]:
                found = getattr(found, part)
        except AttributeError:
            raise UnreadableError(path) from None
        if isinstance(found, types.ModuleType):
            return ModuleName(path)
        if not (is_type(found) or callable(found) or (isinstance(found, _CONSTANTS) and top not in _OF_THIS_MACHINE)):
            raise UnreadableError(path)  # os.environ, sys.path
        if (getattr(found, "__module__", ""), getattr(found, "__qualname__", "")) in _UNSAFE_TYPES:
            raise UnreadableError(path)
        return found
    raise UnreadableError(path)


def builtin(name: str) -> Any:
    """A built-in name.

    Raises:
        UnreadableError: There is none, or it is one of those that Python sets for itself.
    """
    if is_dunder(name):
        raise UnreadableError(name)
    try:
        return getattr(builtins, name)
    except AttributeError:
        raise UnreadableError(name) from None


def is_dunder(name: str) -> bool:
    """Whether a name means something to Python itself, or to a library that asks a class for it.

    A target never sets one on what is made here: `__annotations__`, `__file__` and `__builtins__` decide what is read
    and run.
    """
    return name.startswith(("__", "_abc_"))


def may_build_on(base: Any) -> bool:
    """Whether a class may be made with that base: making one runs the base's own code."""
    origin = get_origin(base) or base
    if not isinstance(origin, type):
        return getattr(origin, "__module__", "") in _TYPING  # NamedTuple, TypedDict, Protocol[T]
    return all(
        cls in rebuilt or cls.__module__ in _FOUNDATIONS | _PLAIN_CLASSES or cls.__module__ in _ABSTRACT
        for cls in origin.__mro__
    )


def is_type(found: Any) -> bool:
    """Whether it is a class, a generic alias, a type variable or another word for types."""
    return (
        found is None
        or found is dataclasses.KW_ONLY
        or isinstance(found, (type, types.GenericAlias, types.UnionType, ForwardRef))
        or type(found).__module__ in _TYPING
        or (getattr(found, "__module__", "") in _TYPING and not isinstance(found, types.FunctionType))
        or hasattr(found, "__mro_entries__")  # NamedTuple and TypedDict are functions
        or hasattr(found, "__supertype__")
    )


def is_harmless(cls: type) -> bool:
    """Whether constructing one only holds what it is given, for the class and all its bases."""
    return all(
        base in rebuilt or base.__module__ in _FOUNDATIONS or base.__module__ in _PLAIN_CLASSES for base in cls.__mro__
    )


def may_call(called: Any) -> bool:
    """Whether calling it builds a value or a description of a type, and does nothing else."""
    name = (getattr(called, "__module__", ""), getattr(called, "__qualname__", ""))
    if not isinstance(called, type):
        return name in _FUNCTIONS or (name[0] in _TYPING and name[1] in _OF_TYPING)
    if not is_harmless(called) or any(base in self_made for base in called.__mro__):
        return False
    plain = any(called is kind for kind in _BUILTINS) or name[0] in _PLAIN_CLASSES or called in rebuilt
    return plain or issubclass(called, BaseException) or (name[0] in _TYPING and name[1] in _OF_TYPING)


def may_keep(value: Any) -> bool:
    """Whether a value may be handed on: what is no function, nor a class that does something when it is called."""
    if isinstance(value, type):
        return is_harmless(value)
    origin = get_origin(value)
    if isinstance(origin, type):
        return is_harmless(origin) or origin.__module__ in ("collections.abc", "contextlib", "re", "types", "os")
    if any(value is known for known in _NAMING):
        return True
    return not callable(value) or is_type(value) or type(value).__module__ in _PLAIN_CLASSES
