"""pydantic's adapter for a hint: what validates, serializes and describes its values. One per distinct hint.

The server validates with the same adapters that the schemas come from, so that both mean the same.
"""

from __future__ import annotations

import sys
import typing
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from typing import Annotated, Any, NewType, get_args, get_origin

import typing_extensions
from pydantic import BaseModel, ConfigDict, PydanticUndefinedAnnotation, TypeAdapter

from apispec.declaring import asking
from apispec.introspection.hints import leaves_replaced, unwrapped
from apispec.introspection.placeholders import is_placeholder, opaque, placeholder
from apispec.introspection.scopes import Scope, scope_of_class
from apispec.introspection.sendable import sendable
from apispec.introspection.texts import clean, type_text

CONFIG = ConfigDict(arbitrary_types_allowed=True, ser_json_bytes="base64", val_json_bytes="base64")
"""Classes without a schema are open, not errors; bytes travel as base64, since JSON text can't hold all of them."""

_NAMES_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Adapted:
    """The adapter of a hint."""

    adapter: TypeAdapter[Any]
    hint: Any
    """The hint that is described: the given one, or what was left of it."""
    problem: str = ""
    """Why something of the hint was left out; empty where nothing was."""


_adapters: dict[Any, Adapted] = {}
_by_id: dict[int, tuple[Any, Adapted]] = {}


def adapter(hint: Any) -> TypeAdapter[Any]:
    """The adapter of a hint; one that accepts anything where pydantic can't make one. Never raises."""
    return adapted(hint).adapter


def adapted(hint: Any) -> Adapted:
    """The adapter of a hint with what had to be left out of it; the same one each time. Never raises."""
    by_id = _by_id.get(id(hint))
    if by_id is not None and by_id[0] is hint:
        return by_id[1]
    key = hint_key(hint)
    found = _adapters.get(key)
    if found is None:
        found = _adapters[key] = _adapt(hint)
    _by_id[id(hint)] = (hint, found)  # keeps the hint, so that its id stays its own
    return found


def hint_key(hint: Any) -> Any:
    """What two hints share exactly if they are written alike: `int | str` and `str | int` are equal, but not alike."""
    if isinstance(hint, type) and get_origin(hint) is None:
        return hint
    args = get_args(hint)
    if not args:
        try:
            hash(hint)
        except TypeError:
            return ("id", id(hint))
        return hint
    inner = [("id", id(arg)) if isinstance(arg, list) else (type(arg), hint_key(arg)) for arg in args]
    return (get_origin(hint), *inner)


def _adapt(hint: Any) -> Adapted:
    problem = ""
    try:
        return Adapted(_make(hint), hint)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # a class of the target's may raise anything
        problem = _reason(error)

    def replace(leaf: Any) -> Any:
        if is_placeholder(leaf) or leaf is hint:
            return leaf if leaf is not hint else _stand_in(leaf)
        return _stand_in(leaf) if adapted(leaf).problem else leaf

    for bare in (False, True):  # metadata may be what is wrong
        try:
            kept = leaves_replaced(hint, replace, bare=bare)
            return Adapted(_make(kept), kept, problem)
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException:
            continue
    opened = _stand_in(hint)
    return Adapted(_make(opened), opened, problem)


def _stand_in(hint: Any) -> Any:
    """What is described instead of what pydantic can't describe."""
    protocol = asking.is_a(hint, type) and asking.attribute(hint, "_is_protocol") is True
    return (opaque if protocol else placeholder)(type_text(hint))


def _make(hint: Any) -> TypeAdapter[Any]:
    """The adapter that pydantic makes, names that its classes lack looked up where they were written.

    Raises:
        Exception: Whatever pydantic or a class of the user's raises.
    """
    described, config = _configured(sendable(hint))
    if config is None:
        _complete_model(unwrapped(hint))
    with warnings.catch_warnings(), _typed_dicts():
        warnings.simplefilter("ignore")  # types that pydantic allows without checking them
        made: TypeAdapter[Any] = TypeAdapter(described, config=config)
        if not getattr(made, "pydantic_complete", True):  # before 2.10 it is complete, or not made
            _complete(lambda names: made.rebuild(force=True, raise_errors=True, _types_namespace=names), hint)
        if not getattr(made, "pydantic_complete", True):
            raise TypeError("a name in one of its fields is not defined")
    return made


def _configured(hint: Any) -> tuple[Any, ConfigDict | None]:
    """A hint and the config that pydantic takes for it.

    A model has its own. So may a dataclass and a TypedDict, which is why pydantic refuses to be given one for them;
    behind a NewType it isn't, and then they mean the same alone as inside a list.
    """
    base = hint
    while get_origin(base) is Annotated:
        base = base.__origin__
    if not isinstance(base, type) or get_origin(base) is not None:
        return hint, CONFIG
    if issubclass(base, BaseModel):
        return hint, None
    if not is_dataclass(base) and not typing_extensions.is_typeddict(base):
        return hint, CONFIG
    wrap: Any = NewType
    wrapped = wrap(base.__name__, base)
    return (wrapped if base is hint else Annotated[(wrapped, *hint.__metadata__)]), CONFIG


@contextmanager
def _typed_dicts() -> Iterator[None]:
    """Let pydantic take `typing.TypedDict` on Python 3.11, where it insists on that of typing_extensions.

    Its reason is that the classes don't know their bases there, where it would look for validators. It asks for the
    module of the metaclass and for the bases.
    """
    if sys.version_info >= (3, 12):
        yield
        return
    meta: Any = typing._TypedDictMeta  # type: ignore[attr-defined]
    meta.__module__ = "typing_extensions"
    meta.__orig_bases__ = ()  # for classes that have none of their own
    try:
        yield
    finally:
        meta.__module__ = "typing"
        del meta.__orig_bases__


def _complete_model(cls: Any) -> None:
    """Give a model the names that its fields lack, as far as they can be found."""
    if isinstance(cls, type) and issubclass(cls, BaseModel) and not getattr(cls, "__pydantic_complete__", True):
        _complete(lambda names: cls.model_rebuild(force=True, raise_errors=True, _types_namespace=names), cls)


def _complete(rebuild: Callable[[dict[str, Any]], Any], hint: Any) -> None:
    scopes = _scopes_in(hint)
    names: dict[str, Any] = {}
    for _ in range(_NAMES_AT_MOST):
        try:
            rebuild(names)
            return
        except PydanticUndefinedAnnotation as error:
            name = str(error.name)
            if name in names:
                raise
            found = [scope.find(name) for scope in scopes]
            names[name] = next((f for f in found if not is_placeholder(f)), placeholder(name))


def _scopes_in(hint: Any) -> list[Scope]:
    """The modules of all classes in a hint."""
    found: dict[str, Scope] = {}

    def note(leaf: Any) -> Any:
        if isinstance(leaf, type):
            for cls in leaf.__mro__:
                found.setdefault(cls.__module__, scope_of_class(cls))
        return leaf

    leaves_replaced(hint, note)
    return list(found.values())


def _reason(error: BaseException) -> str:
    """What pydantic says, in one line and without its links; of other errors also what they are."""
    lines = [line.strip() for line in str(error).split("For further information")[0].split("\n") if line.strip()]
    said = next((line for line in reversed(lines) if not line.endswith(":")), "")
    own = type(error).__module__.startswith("pydantic")
    return clean(said if own and said else f"{type(error).__name__}: {said}".removesuffix(": "))
