"""A callable's parameters and result as they are in Python: names, kinds, resolved hints, exact defaults.

`read` is what the endpoints are described from and what the server calls them by. No schemas and no docstrings here.
"""

from __future__ import annotations

import functools
import inspect
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args, get_origin

import typing_extensions

from apispec.declaring import asking
from apispec.introspection.fields import field_texts
from apispec.introspection.gathered import Gathered, Part, Path
from apispec.introspection.hints import MISSING, resolve, role
from apispec.introspection.overloads import RESULT, hints_of, overload_text, overloads_of
from apispec.introspection.placeholders import is_placeholder
from apispec.introspection.results import ResultHint, result_hint
from apispec.introspection.scopes import Scope, scope_of, scope_of_class
from apispec.introspection.spoken import constant, spoken, validated_config
from apispec.introspection.stubs import stub_signature
from apispec.model import ParameterKind
from apispec.records import dataclass

__all__ = ["MISSING", "Signature", "SignatureParameter", "implementation", "read"]

_KINDS: dict[Any, ParameterKind] = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "standard",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_POSITIONAL: "var-positional",
    inspect.Parameter.VAR_KEYWORD: "var-keyword",
}
_UNPACK = (typing.Unpack, typing_extensions.Unpack)
_DEPTH = 40
_POSITIONAL = inspect.Parameter.POSITIONAL_ONLY
_STANDARD = inspect.Parameter.POSITIONAL_OR_KEYWORD
_SIMPLE = frozenset({int, bool, str, float, type(None), type(MISSING)})
"""Types of defaults that stand for nothing else."""
_ANNOTATED: Any = type(typing.Annotated[int, 0])


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


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known about a callable without calling it."""

    parameters: tuple[SignatureParameter, ...]
    result: ResultHint
    overloads: tuple[str, ...] = ()
    """Signatures of its overloads, as text."""
    unknown: str = ""
    """Why the parameters are not known, where they aren't."""


def read(
    function: Callable[..., Any], *, stream: bool | None = None, names: Mapping[str, Any] | None = None
) -> Signature:
    """The signature of any callable. Never raises.

    Args:
        function: A function, method, partial, class, or object with `__call__`.
        stream: Whether it streams, where the declaration says so.
        names: Names of the function that defined it, for hints.
    """
    inner = implementation(function)
    scope, local, owner = _surroundings(function, inner, names)
    unknown = ""
    raw: list[Any]
    try:
        if type(function) is types.FunctionType and not function.__dict__ and sys.version_info < (3, 14):
            raw, annotation = _plainly(function)
        else:
            signature = _inspect(function)
            raw = list(signature.parameters.values())
            annotation = signature.return_annotation
    except Exception as error:
        stub = stub_signature(function)
        raw, annotation = _anything() if stub is None else list(stub.parameters.values()), MISSING
        if stub is None:
            unknown = f"Python does not tell its parameters ({type(error).__name__})"
    if _is_dispatching_method(function):
        raw = raw[1:]
    parameters: list[SignatureParameter] = []
    taken = {p.name for p in raw}
    for parameter in raw:
        parameters.extend(_parameter_safely(parameter, scope, local, owner, taken))
    config = validated_config(function)
    parameters = _together([_spoken(p, config) for p in parameters])
    if _dispatches(function) and parameters and parameters[0].kind == "standard":
        parameters[0] = replace(parameters[0], kind="positional")
    hint = MISSING if annotation is MISSING else resolve(annotation, scope, local, owner, result=True)
    if isinstance(function, type):
        hint = function
    overloads: tuple[str, ...] = ()
    variants = overloads_of(inner) or overloads_of(function)
    if variants:
        overloads = tuple(overload_text(inner.__name__, variant) for variant in variants)
        said = hints_of(variants, lambda annotation, result: resolve(annotation, scope, local, owner, result=result))
        parameters = [replace(p, hint=said[p.own]) if p.hint is MISSING and p.own in said else p for p in parameters]
        hint = said.get(RESULT, MISSING) if hint is MISSING else hint
    return Signature(tuple(parameters), result_hint(hint, function, stream), overloads, unknown)


def implementation(function: Any) -> Any:
    """The function at the bottom of partials, methods, decorators that keep `__wrapped__`, classes and `__call__`."""
    for _ in range(_DEPTH):
        if isinstance(function, types.FunctionType):
            if "__wrapped__" not in function.__dict__ or asking.is_a(
                function.__dict__.get("__signature__"), inspect.Signature
            ):
                return function
            function = function.__dict__["__wrapped__"]
        elif isinstance(function, (functools.partial, functools.partialmethod)):
            function = function.func
        elif isinstance(function, types.MethodType):
            function = function.__func__
        elif isinstance(function, type):
            found = next((c.__dict__["__init__"] for c in function.__mro__ if "__init__" in c.__dict__), None)
            new = next((c.__dict__["__new__"] for c in function.__mro__ if "__new__" in c.__dict__), None)
            return next((f for f in (found, new) if isinstance(f, types.FunctionType)), function)
        elif asking.has(function, "__wrapped__"):
            function = function.__wrapped__
        elif isinstance(function, (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)):
            return function
        else:
            call = getattr(type(function), "__call__", None)  # noqa: B004 - the method itself is wanted
            if call is None or not isinstance(call, types.FunctionType):
                return function
            function = call
    return function


def _written(inner: Any) -> Any:
    """The function whose module the names of a signature are of: a decorator may hand on that of what it wraps."""
    for _ in range(_DEPTH):
        wrapped = inner.__dict__.get("__wrapped__") if asking.is_a(inner, types.FunctionType) else None
        if not asking.is_a(wrapped, types.FunctionType):
            return inner
        inner = wrapped
    return inner


def signed_elsewhere(inner: Any) -> types.ModuleType | None:
    """The module of what a decorator wrapped, where it left that one's signature (`__signature__`) and nothing else."""
    if type(inner) is not types.FunctionType or "__signature__" not in inner.__dict__:
        return None
    home = inner.__module__
    module = sys.modules.get(home) if isinstance(home, str) else None
    return module if module is not None and module.__dict__ is not _written(inner).__globals__ else None


def _is_dispatching_method(function: Any) -> bool:
    """Whether it is a bound `functools.singledispatchmethod`, which claims the signature of the unbound function."""
    code = asking.attribute(function, "__code__")
    return isinstance(code, types.CodeType) and code.co_name == "_method" and code.co_filename == functools.__file__


class _Raw(typing.NamedTuple):
    """A parameter as `inspect.Parameter` has it, which checks its parts and costs five times as much."""

    name: str
    kind: Any
    annotation: Any
    default: Any

    def replace(self, **changes: Any) -> _Raw:
        """One that differs."""
        return self._replace(**changes)


def _plainly(function: types.FunctionType) -> tuple[list[_Raw], Any]:
    """Parameters and annotation of the result of a function that nothing is attached to, as `inspect` reads them."""
    code, annotations, defaults = function.__code__, function.__annotations__, function.__defaults__ or ()
    names, count, only = code.co_varnames, code.co_argcount, code.co_posonlyargcount
    first = count - len(defaults)
    raw = [
        _Raw(
            name,
            _POSITIONAL if i < only else _STANDARD,
            annotations.get(name, MISSING),
            defaults[i - first] if i >= first else MISSING,
        )
        for i, name in enumerate(names[:count])
    ]
    after = count + code.co_kwonlyargcount
    at = after
    if code.co_flags & inspect.CO_VARARGS:
        raw.append(_Raw(names[at], inspect.Parameter.VAR_POSITIONAL, annotations.get(names[at], MISSING), MISSING))
        at += 1
    keywords = function.__kwdefaults__ or {}
    raw += [
        _Raw(name, inspect.Parameter.KEYWORD_ONLY, annotations.get(name, MISSING), keywords.get(name, MISSING))
        for name in names[count:after]
    ]
    if code.co_flags & inspect.CO_VARKEYWORDS:
        raw.append(_Raw(names[at], inspect.Parameter.VAR_KEYWORD, annotations.get(names[at], MISSING), MISSING))
    return raw, annotations.get("return", MISSING)


def _inspect(function: Any) -> inspect.Signature:
    try:
        return _lazy_signature(function)
    except Exception:
        inner = implementation(function)  # a `__signature__` that is none, attributes that raise
        if not isinstance(inner, types.FunctionType):
            raise
        plain = types.FunctionType(
            inner.__code__, inner.__globals__, inner.__name__, inner.__defaults__, inner.__closure__
        )
        plain.__kwdefaults__ = inner.__kwdefaults__
        plain.__annotations__ = inner.__annotations__
        takes_self = getattr(type(function), "__call__", None) is inner  # noqa: B004 - the method itself is wanted
        return _lazy_signature(types.MethodType(plain, function) if takes_self else plain)


if sys.version_info >= (3, 14):
    import annotationlib

    _lazy_signature = functools.partial(inspect.signature, annotation_format=annotationlib.Format.FORWARDREF)
else:
    _lazy_signature = inspect.signature


def _anything() -> list[inspect.Parameter]:
    """The parameters of what Python can't tell them of."""
    return [
        inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
        inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD),
    ]


def _surroundings(
    function: Any, inner: Any, names: Mapping[str, Any] | None
) -> tuple[Scope, dict[str, Any] | None, type | None]:
    """Where hints are looked up: the module, names of type parameters and enclosing functions, the method's class."""
    owner = asking.attribute(function, "__self__")
    if owner is not None and not isinstance(owner, (type, types.ModuleType)):
        owner = type(owner)
    if not isinstance(owner, type):
        owner = function if isinstance(function, type) else None
    namespace = asking.attribute(_written(inner), "__globals__")
    if (home := signed_elsewhere(inner)) is not None:
        namespace = vars(home)
    if isinstance(namespace, dict):
        scope = scope_of(namespace)
    else:
        module = sys.modules.get(str(asking.attribute(inner, "__module__") or ""))
        scope = scope_of(vars(module)) if module is not None else scope_of({})
    local: dict[str, Any] = dict(names or {})
    if owner is not None and inner is not function:
        local = {**vars(owner), **local} if isinstance(owner, type) else local
    if asking.is_a(inner, types.FunctionType) and inner.__closure__:
        for name, cell in zip(inner.__code__.co_freevars, inner.__closure__, strict=True):
            try:
                local[name] = cell.cell_contents
            except ValueError:  # not yet filled
                continue
    for parameter in (
        inner.__type_params__ if sys.version_info >= (3, 12) and asking.is_a(inner, types.FunctionType) else ()
    ):
        local[parameter.__name__] = parameter
    return scope, local or None, owner


def _spoken(read: SignatureParameter, config: Any) -> SignatureParameter:
    """A parameter with what pydantic's `Field(...)` says about it: name and default."""
    if (
        read.hint is MISSING
        or read.kind in ("var-positional", "var-keyword")
        or (config is None and type(read.hint) is not _ANNOTATED)
    ):
        return read
    said = spoken(read.name, read.hint, config)
    given = replace(read)
    if read.default is MISSING and said.has_default:
        given.required = False
        given.factory = said.factory
        given.default = said.default
        if said.factory is not None:
            known, value = constant(said.factory)
            given.default = value if known else Unreadable(_factory_name(said.factory))
    if said.name != read.name:
        given.python = read.name
        given.keyword = said.name if config is not None else read.name
        given.name = said.name
    given.also = said.also
    if said.path and read.kind != "positional":
        given.path = said.path
        given.keyword = said.name if config is not None else ""
    return given


def _together(parameters: list[SignatureParameter]) -> list[SignatureParameter]:
    """The parameters with those that pydantic takes out of one value as that value."""
    roots: dict[str, list[SignatureParameter]] = {}
    for one in parameters:
        if one.path:
            roots.setdefault(str(one.path[0]), []).append(one)
    if not roots:
        return parameters
    made: list[SignatureParameter] = [one for one in parameters if not one.path]
    taken = {one.name for one in made}
    for root, inside in roots.items():
        if root in taken:  # one value for two of them: this one is given by its own name
            made += [replace(one, path=()) for one in inside]
            continue
        held = Gathered([_part(one) for one in inside])
        required = any(one.required for one in inside)
        by_pydantic = any(one.keyword for one in inside)
        made.append(
            SignatureParameter(
                root,
                "keyword",
                typing.Annotated[Any, held],
                MISSING if required else held.empty,
                required=required,
                keyword=root,
                gathers=() if by_pydantic else tuple(one.own for one in inside),
            )
        )
    return made


def _part(one: SignatureParameter) -> Part:
    hint = _without_fields(one.hint)
    if one.required or one.default is MISSING or isinstance(one.default, Unreadable):
        return Part(one.own, one.path, hint, one.required)
    return Part(one.own, one.path, hint, False, one.default)


def _without_fields(hint: Any) -> Any:
    """A hint without the alias and default that stand beside it, but with what they say of its values."""
    if get_origin(hint) is not typing.Annotated:
        return hint
    kept: list[Any] = []
    for item in hint.__metadata__:
        kept += list(asking.attribute(item, "metadata", ())) if _is_field(item) else [item]
    return typing.Annotated[(hint.__origin__, *kept)] if kept else hint.__origin__


def _dispatches(function: Any) -> bool:
    """Whether `functools.singledispatch` made it, which looks at its first argument by position alone."""
    code = asking.attribute(function, "__code__")
    return (
        isinstance(code, types.CodeType)
        and code.co_filename == functools.__file__
        and callable(asking.attribute(function, "dispatch"))
    )


def _factory_name(factory: Any) -> str:
    return f"{asking.attribute(factory, '__name__', type(factory).__name__)}()"


def _typer_default(info: Any) -> Any:
    """What `typer.Option(3)` gives; MISSING where it is required."""
    default = asking.attribute(info, "default", MISSING)
    return MISSING if default is ... or type(default).__name__ == "RequiredType" else default


class Unreadable:
    """Stands for a default that raises whatever it is asked.

    Args:
        kind: The name of its class.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __repr__(self) -> str:
        return f"<{self.kind}>"


def _parameter_safely(
    parameter: inspect.Parameter | _Raw,
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
    parameter: inspect.Parameter | _Raw,
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
    if not variadic and default is not MISSING and _is_field(default):
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


def _is_field(default: Any) -> bool:
    """Whether a default is pydantic's `Field(...)`; pydantic is not imported for what isn't."""
    pydantic_fields = sys.modules.get("pydantic.fields")
    return pydantic_fields is not None and asking.is_a(default, pydantic_fields.FieldInfo)
