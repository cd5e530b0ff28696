"""One parameter of a callable, its hint resolved, however odd its default is."""

from __future__ import annotations

import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args, get_origin

import typing_extensions

from apispec.declaring import asking
from apispec.introspection.callables import Raw
from apispec.introspection.fields import field_texts
from apispec.introspection.gathered import Path
from apispec.introspection.hints import MISSING, resolve, role
from apispec.introspection.placeholders import is_placeholder
from apispec.introspection.scopes import Scope, scope_of_class
from apispec.model import ParameterKind
from apispec.records import dataclass

_KINDS: dict[Any, ParameterKind] = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "standard",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_POSITIONAL: "var-positional",
    inspect.Parameter.VAR_KEYWORD: "var-keyword",
}
_UNPACK = (typing.Unpack, typing_extensions.Unpack)
_STANDARD = inspect.Parameter.POSITIONAL_OR_KEYWORD
_SIMPLE = frozenset({int, bool, str, float, type(None), type(MISSING)})
"""Types of defaults that stand for nothing else."""


@dataclass(frozen=False, slots=True)
class SignatureParameter:
    """One parameter."""

    name: str
    """In JSON: Python's own, or the alias that pydantic's `Field` gives it."""
    kind: ParameterKind
    hint: Any = MISSING
    """Resolved, of one item for `*args` and `**kwargs`; MISSING where there is none."""
    default: Any = MISSING
    context: str = ""
    """What the server fills it with: `session`, `request`, `context`; empty where the caller gives it."""
    required: bool = False
    source: str = ""
    """Where the hint came from if not from the signature: `docstring`, `default`, `stub`."""
    text: str = ""
    """What the class says about it whose field it is: a key of `**kwargs: Unpack[SomeTypedDict]`. Markdown."""
    python: str = ""
    """Its name in Python, where that is another one."""
    keyword: str = ""
    """By which name the function takes it, where that is another one: Python's, or the alias if pydantic calls it."""
    also: tuple[str, ...] = ()
    """Further names that pydantic takes for it."""
    factory: Callable[[], Any] | None = None
    """What makes the default at each call, where pydantic's `Field(default_factory=...)` says so."""
    path: Path = ()
    """Where in a value pydantic looks for it (`AliasPath`); empty where it has a place of its own."""
    gathers: tuple[str, ...] = ()
    """The function's parameters that stand inside this value, where the function takes them apart."""

    @property
    def own(self) -> str:
        """Its name in Python."""
        return self.python or self.name


class Unreadable:
    """Stands for a default that raises whatever it is asked.

    Args:
        kind: The name of its class.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __repr__(self) -> str:
        return f"<{self.kind}>"


def parameter_safely(
    parameter: inspect.Parameter | Raw,
    scope: Scope,
    names: Mapping[str, Any] | None,
    owner: type | None,
    taken: set[str],
) -> list[SignatureParameter]:
    """The same as `_parameter`, where need be without what raises when it is looked at: the default, then the hint."""
    for attempt in range(3):
        try:
            if type(parameter.default) in _SIMPLE and parameter.kind in (_STANDARD, inspect.Parameter.KEYWORD_ONLY):
                hint = (
                    MISSING if parameter.annotation is MISSING else resolve(parameter.annotation, scope, names, owner)
                )
                return [
                    SignatureParameter(
                        name=parameter.name,
                        kind="standard" if parameter.kind is _STANDARD else "keyword",
                        hint=hint,
                        default=parameter.default,
                        context="" if hint is MISSING else role(hint).context,
                        required=parameter.default is MISSING,
                    )
                ]
            if attempt == 1 and parameter.default is not MISSING:
                parameter = parameter.replace(default=Unreadable(type(parameter.default).__name__))
            elif attempt == 2:
                parameter = parameter.replace(annotation=MISSING)
            made = list(_parameter(parameter, scope, names, owner, taken))
            asking.probe([one.default for one in made if one.default is not MISSING])
            return made
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException:
            continue
    return [SignatureParameter(name=parameter.name, kind=_KINDS[parameter.kind])]


def _parameter(
    parameter: inspect.Parameter | Raw,
    scope: Scope,
    names: Mapping[str, Any] | None,
    owner: type | None,
    taken: set[str],
) -> Iterator[SignatureParameter]:
    annotation, default = parameter.annotation, parameter.default
    kind = _KINDS[parameter.kind]
    hint = MISSING if annotation is MISSING else resolve(annotation, scope, names, owner)
    if kind == "var-keyword" and get_origin(hint) in _UNPACK:
        inner = get_args(hint)[0]
        if typing_extensions.is_typeddict(get_origin(inner) or inner):
            yield from _unpacked(hint, taken)
            return
        hint = inner if is_placeholder(inner) else MISSING  # its keys are not known: it stays an open object
    if kind == "var-positional" and get_origin(hint) in _UNPACK:
        inner = get_args(hint)[0]
        hint = get_args(inner)[0] if get_origin(inner) is tuple and len(set(get_args(inner)) - {...}) == 1 else MISSING
    if isinstance(hint, (typing.ParamSpecArgs, typing.ParamSpecKwargs)):
        hint = Any
    variadic = kind in ("var-positional", "var-keyword")
    if not variadic and default is not MISSING and is_field(default):
        hint, default = typing.Annotated[Any if hint is MISSING else hint, default], MISSING
    elif not variadic and type(default).__module__ == "typer.models":
        hint, default = typing.Annotated[Any if hint is MISSING else hint, default], _typer_default(default)
    yield SignatureParameter(
        name=parameter.name,
        kind=kind,
        hint=hint,
        default=default,
        context="" if hint is MISSING or variadic else role(hint).context,
        required=default is MISSING and not variadic,
    )


def _unpacked(hint: Any, taken: set[str]) -> Iterator[SignatureParameter]:
    """The keys of `**kwargs: Unpack[SomeTypedDict]`."""
    cls = get_args(hint)[0]
    arguments = get_args(cls)
    cls = get_origin(cls) or cls
    required: frozenset[str] = getattr(cls, "__required_keys__", frozenset())
    parameters = dict(zip(getattr(cls, "__parameters__", ()), arguments, strict=False))
    texts = field_texts(cls)
    for base in reversed([cls, *getattr(cls, "__orig_bases__", ())]):
        if not hasattr(base, "__total__"):
            continue
        scope = scope_of_class(base)
        for name, annotation in getattr(base, "__annotations__", {}).items():
            if name in taken:
                continue
            key_hint = resolve(annotation, scope)
            is_required = name in required
            if marks := re.findall(r"\b(Required|NotRequired)\[", annotation_text(annotation)):
                is_required = marks[-1] == "Required"  # which Python 3.11 does not see in a postponed annotation
            key_hint = parameters.get(key_hint, key_hint) if isinstance(key_hint, typing.TypeVar) else key_hint
            taken.add(name)
            yield SignatureParameter(
                name=name, kind="keyword", hint=key_hint, required=is_required, text=texts.get(name, "")
            )


def annotation_text(annotation: Any) -> str:
    """An annotation as written."""
    return str(getattr(annotation, "__forward_arg__", annotation))


def is_field(default: Any) -> bool:
    """Whether a default is pydantic's `Field(...)`; pydantic is not imported for what isn't."""
    pydantic_fields = sys.modules.get("pydantic.fields")
    return pydantic_fields is not None and asking.is_a(default, pydantic_fields.FieldInfo)


def _typer_default(info: Any) -> Any:
    """What `typer.Option(3)` gives; MISSING where it is required."""
    default = asking.attribute(info, "default", MISSING)
    return MISSING if default is ... or type(default).__name__ == "RequiredType" else default
