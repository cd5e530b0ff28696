"""What is no set of functions is refused: an app that can't be read, a part of one, what only makes or wires one.

To publish its functions as endpoints would describe an API that does not exist. Each refusal says what the target is,
and the way to a document of it.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from apispec.declaring import asking
from apispec.errors import TargetError
from apispec.introspection.factories import needed
from apispec.introspection.libraries import Library, advice, is_supported, named, recognised
from apispec.introspection.managing import manager
from apispec.introspection.scopes import scope_of
from apispec.introspection.written import Written, is_plain, written
from apispec.model import Introspection

_ASGI, _WSGI = ("scope", "receive", "send"), ("environ", "start_response")


def check_object(source: Any, module: types.ModuleType | None, shorten: Callable[[str], str]) -> None:
    """Refuse what a target's attribute is.

    Raises:
        TargetError: It is an app that can't be read, a part of an app, or a function that makes one.
    """
    found = recognised(source)
    module = module or _module_of(source)
    name = _name_in(module, source)
    if found is not None:
        _refuse(*found, name=name, module=module, file=_file(module), shorten=shorten)
    interface = _interface(source)
    if interface:
        _refuse_interface(interface, name, _file(module), shorten)
    if isinstance(source, types.FunctionType):
        made = written(source.__code__.co_filename).factories().get(source.__name__)
        if made is not None and _is_top_level(source):
            _refuse_factory(source, source.__name__, made, source.__code__.co_filename, shorten)


def check_module(module: types.ModuleType, names: set[str], shorten: Callable[[str], str]) -> None:
    """Refuse a module that holds an app that can't be read, or a part of an app, or makes one only when it is called.

    Args:
        module: Imported, or rebuilt from its source.
        names: Those of its functions that would be described.
        shorten: Makes a file as Python knows it into one as the user may read it.

    Raises:
        TargetError: It does.
    """
    file = _file(module)
    found = [(name, *known) for name, value in vars(module).items() if (known := recognised(value)) is not None]
    for name, library, whole in sorted(found, key=lambda one: not one[2]):  # an app before a part
        if not whole:  # a function beside it may make the whole
            for factory, made in written(file).factories().items():
                _refuse_factory(vars(module).get(factory), factory, made, file, shorten)
        _refuse(library, whole, name=name, module=module, file=file, shorten=shorten)
    for name in sorted(names):
        interface = _interface(vars(module).get(name))
        if interface:
            _refuse_interface(interface, name, file, shorten)
    for name, value in vars(module).items():
        if name in ("app", "application") and not asking.is_a(value, types.FunctionType):
            interface = _interface(value)
            if interface:
                _refuse_interface(interface, name, file, shorten)
    if is_plain(scope_of(vars(module)).text.source):
        return
    source = written(file)
    _check_routes(source, names, module, file, shorten)
    if isinstance(asking.attribute(module, "__all__"), (list, tuple, set)):
        return  # the module says itself which functions are meant
    for name, made in source.factories().items():
        _refuse_factory(vars(module).get(name), name, made, file, shorten)
    entry = source.entry_point()
    if entry and names == {entry}:
        raise TargetError(
            f"it is a script: its only function is {entry}(), which runs it",
            where=shorten(file),
            hint="name a module with the functions to describe, or list them in __all__",
        )


def not_empty(found: Introspection, place: str) -> Introspection:
    """What was read, where it has an endpoint.

    Args:
        found: Of any kind of source.
        place: The source, as the user may read it.

    Raises:
        TargetError: It has none. To publish that would replace a site that was good by an empty one.
    """
    if not is_empty(found):
        return found
    said = next((f for f in found.findings if f.rule in ("no-endpoints", "mounted-app")), None)
    message = said.message if said is not None else f"the {found.api.source} app has no endpoints"
    hint = said.hint if said is not None else "is this the app that is served? module:attribute names another one"
    raise TargetError(message, where=place, hint=hint)


def is_empty(found: Introspection) -> bool:
    """Whether a document would have nothing that can be called."""
    return not found.api.public_endpoints and not found.api.webhooks


def could_be_app(file: str) -> str:
    """Why the source of a module that could not be imported is not read as functions; empty where it is."""
    source = written(file)
    library = source.app(any_call=True) or next(iter(source.factories().values()), None)
    if library is not None:
        return f"it makes {_named(library)} app, which is only known by importing"
    routes = source.routes()
    if routes:
        name, path = next(iter(routes.items()))
        return f"{name} answers {path} of a web app, which is only known by importing"
    suspect = "what it serves" if source.serves() else source.suspect()
    return f"{suspect} is probably an app, which is only known by importing" if suspect else ""


def _check_routes(
    source: Written, names: set[str], module: types.ModuleType, file: str, shorten: Callable[[str], str]
) -> None:
    for name, path in source.routes().items():
        if name in names:
            raise TargetError(
                f"{name} answers {path} of a web app, it is not called as a function",
                where=shorten(file),
                hint="name the module that makes the app, or give apispec the app's own OpenAPI document",
            )
    for name, library in source.views().items():
        if name in names and library.packages[0] in sys.modules:
            raise TargetError(
                f"{name} takes a request of {library.name}, it is not called as a function",
                where=shorten(file),
                hint=_in_project(file, shorten)
                or _hint(library, whole=False, module=module, name="", file=shorten(file)),
            )


def _in_project(file: str, shorten: Callable[[str], str]) -> str:
    """What to give instead, for a module of a Django project."""
    found = manager(str(Path(file).parent))
    return f"give the project's {shorten(found)}" if found else ""


def _refuse(
    library: Library, whole: bool, *, name: str, module: types.ModuleType | None, file: str,
    shorten: Callable[[str], str],
) -> NoReturn:  # fmt: skip
    if whole:
        message = f"{name or 'this'} is {named(library)} app, which apispec can't read itself"
    else:
        message = f"{name or 'this'} is a part of {named(library)} app, whose functions are not called by themselves"
    raise TargetError(
        message, where=shorten(file) if file else "", hint=_hint(library, whole, module, name, shorten(file))
    )


def _refuse_interface(interface: str, name: str, file: str, shorten: Callable[[str], str]) -> NoReturn:
    raise TargetError(
        f"{name or 'this'} is {'an' if interface == 'ASGI' else 'a'} {interface} application, not a function to call",
        where=shorten(file) if file else "",
        hint="give apispec the app's own OpenAPI document",
    )


def _refuse_factory(function: Any, name: str, library: Library, file: str, shorten: Callable[[str], str]) -> NoReturn:
    shown = shorten(file)
    wanted = needed(function) if isinstance(function, types.FunctionType) else []
    if not is_supported(library):
        hint = advice(library, module=Path(file).stem, name=name, file=shown)
    elif wanted:
        hint = f"it needs {', '.join(wanted)}: call it in a module of its own, app = {name}(...), and give that module"
    else:
        hint = f"write {shown}:{name}() to have it called; __all__ says which functions are meant instead"
    raise TargetError(f"{name} is a function that makes {_named(library)} app", where=shown, hint=hint)


def _hint(library: Library, whole: bool, module: types.ModuleType | None, name: str, file: str) -> str:
    if not whole:
        return "name the module that makes the app" + (
            "" if is_supported(library) else f"; {advice(library, module=_name(module), name='app', file=file)}"
        )
    return advice(library, module=_name(module), name=name, file=file)


def _named(library: Library) -> str:
    """As messages about apps that can be read have always named them."""
    return with_article(library.packages[0]) if is_supported(library) else named(library)


def with_article(word: str) -> str:
    """A word with the indefinite article that it is spoken with."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def _name(module: types.ModuleType | None) -> str:
    return module.__name__ if module is not None else "main"


def _file(module: types.ModuleType | None) -> str:
    file = vars(module).get("__file__") if module is not None else None
    return file if isinstance(file, str) else ""


def _module_of(source: Any) -> types.ModuleType | None:
    name = asking.attribute(source, "__module__")
    return sys.modules.get(name) if isinstance(name, str) else None


def _name_in(module: types.ModuleType | None, source: Any) -> str:
    return next((name for name, value in vars(module).items() if value is source), "") if module is not None else ""


def _is_top_level(function: types.FunctionType) -> bool:
    return "." not in function.__qualname__


def _interface(value: Any) -> str:
    """`ASGI` or `WSGI` for what a web server calls, by the names of its parameters; empty for everything else."""
    for call in _calls(value):
        code = call.__code__
        names = code.co_varnames[: code.co_argcount]
        for interface, wanted in (("ASGI", _ASGI), ("WSGI", _WSGI)):
            if names[-len(wanted) :] == wanted and len(names) - len(wanted) in (0, 1):
                return interface
    return ""


def _calls(value: Any) -> Iterator[types.FunctionType]:
    if asking.is_a(value, types.FunctionType):
        yield value
    elif not asking.is_a(value, type, types.ModuleType):
        call = next((c.__dict__["__call__"] for c in type(value).__mro__ if "__call__" in c.__dict__), None)
        if isinstance(call, types.FunctionType):
            yield call
