"""From an `App`, a module or functions that are already imported to the model: what becomes an endpoint, and the Api.

How one function becomes one endpoint is in `functions`; finding and importing a target safely is in `target`.
"""

from __future__ import annotations

import functools
import gc
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from apispec.declaring import App, Registered, asking, declare
from apispec.errors import ApispecError, EndpointError
from apispec.findings import Severity, sort_key
from apispec.introspection import apps, refusals
from apispec.introspection.about import api_of
from apispec.introspection.acceptance import Acceptance
from apispec.introspection.calls import path_variables
from apispec.introspection.commands import as_function, is_command
from apispec.introspection.functions import draft, finish
from apispec.introspection.options import Options
from apispec.introspection.reports import Reports
from apispec.introspection.schemas import SchemaBatch
from apispec.introspection.scopes import scope_of
from apispec.introspection.shapes import report_open_components
from apispec.introspection.signatures import read
from apispec.introspection.texts import error_text, look_around, type_text
from apispec.introspection.written import bound_here
from apispec.model import Endpoint, HttpCall, Introspection

T = TypeVar("T")


@contextmanager
def no_collection() -> Iterator[None]:
    """Without the garbage collector: looking through the growing model again and again is a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@no_collection()
def describe(
    source: Any,
    options: Options,
    *,
    shorten: Callable[[str], str] | None = None,
    module: types.ModuleType | None = None,
) -> Introspection:
    """Read what is imported, in this process. One bad function never hides the rest.

    Args:
        source: An `App`, a module, a callable, or callables.
        options: Protocol and texts of the Api.
        shorten: Makes a file as Python knows it into one as the user may read it; relative to the folder from which the
            module can be imported where it is left out.
        module: Where an app of another library was found that is no module itself.

    Raises:
        EndpointError: Two endpoints of one name, or a source that holds none by its kind.
    """
    foreign = _foreign(source, options, shorten, module)
    if foreign is not None:
        return foreign
    owner = source if isinstance(source, types.ModuleType) else module
    if isinstance(source, App):
        owner = sys.modules.get(source.module, module)
    shorten = shorten or functools.partial(_inside, _folder(owner))
    look_around(scope_of(vars(owner)).text.source if owner is not None else "", options.allow_secrets)
    if not isinstance(source, (App, types.ModuleType)):
        refusals.check_object(source, module, shorten)
    app, module, registered = collect(source)
    if app is None and isinstance(source, types.ModuleType):
        refusals.check_module(source, {r.name for r in registered}, shorten)
    reports = Reports(shorten if owner is not None else functools.partial(_inside, _folder(module)))
    batch = SchemaBatch(module.__name__ if module is not None else "")
    public = [r for r in map(_checked(reports), registered) if r.visibility != "private"]
    read_all = (_one(functools.partial(draft, r, batch, reports), r, reports) for r in public)
    drafts = [d for d in read_all if d is not None]
    batch.build()
    report_open_components(batch, reports)
    acceptance = Acceptance(batch.schemas)
    protocol = options.protocol
    made = (
        _one(functools.partial(finish, d, batch, acceptance, reports, protocol), d.registered, reports) for d in drafts
    )
    endpoints = [endpoint for endpoint in made if endpoint is not None]
    _check_shared_paths(endpoints)
    if app is None and isinstance(source, types.ModuleType):
        _report_missing(source, reports)
    if not endpoints:
        _report_nothing(app, module, bool(registered), reports)
    api = api_of(app, module, tuple(endpoints), batch.schemas, options)
    return Introspection(api=api, findings=tuple(sorted(dict.fromkeys(reports.findings), key=sort_key)))


def _one(make: Callable[[], T], registered: Registered, reports: Reports) -> T | None:
    """What is made of one function; None, and a finding, where what it is made of raises whatever it is asked."""
    try:
        return make()
    except (ApispecError, MemoryError, KeyboardInterrupt):
        raise
    except BaseException as error:
        reports.add(
            "unreadable-function",
            f"{registered.name} can't be described: {error_text(error)}",
            endpoint=registered.name,
            location=reports.location(registered.file, registered.line),
            hint="it is left out; wrap it in a function with a signature",
        )
        return None


def _report_nothing(app: App | None, module: types.ModuleType | None, all_private: bool, reports: Reports) -> None:
    """An Api without endpoints is seldom what was meant."""
    if all_private:
        message, hint = "every endpoint is private", "leave out api_name=False where one is to be described"
    elif app is not None:
        message, hint = "the App has no endpoints", "put @app.endpoint above a function, or app.add(function) below it"
    else:
        message = f"{module.__name__ if module is not None else 'the source'} has no public functions of its own"
        hint = "what is imported or begins with an underscore is left out; __all__ or an App says what to take"
        others = _imported_functions(module) if module is not None else []
        if others:
            hint = f"it imports {', '.join(others[:5])}; name their module, or list them in __all__"
    file = getattr(module, "__file__", None)
    reports.add("no-endpoints", message, location=reports.location(file if isinstance(file, str) else "", 1), hint=hint)


def _report_missing(module: types.ModuleType, reports: Reports) -> None:
    """Names of `__all__` that the module does not give."""
    exported = asking.attribute(module, "__all__")
    names = exported if isinstance(exported, (list, tuple)) else ()
    for name in dict.fromkeys(name for name in names if isinstance(name, str) and name not in vars(module)):
        try:
            getattr(module, name)
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:
            reports.add(
                "unreadable-function",
                f"{name}, which __all__ names, can't be had: {error_text(error)}",
                location=reports.location(str(vars(module).get("__file__") or ""), 1),
                hint="take it out of __all__, or install what it needs",
            )


def _imported_functions(module: types.ModuleType) -> list[str]:
    return [name for name, value in vars(module).items() if not name.startswith("_") and _is_function(value)]


def _foreign(
    source: Any, options: Options, shorten: Callable[[str], str] | None, module: types.ModuleType | None
) -> Introspection | None:
    """What another library's app says, where the source is one or holds one and no `App`."""
    if isinstance(source, App) or (isinstance(source, types.ModuleType) and _app_in(source) is not None):
        return None
    module = source if isinstance(source, types.ModuleType) else module
    app = apps.find(source)
    if app is None:
        return None
    shorten = shorten or functools.partial(_inside, _folder(module))
    found = apps.describe(app, module, options, shorten)
    if not isinstance(source, types.ModuleType):
        return found
    return replace(found, findings=(*apps.other_apps(source, app, shorten), *found.findings))


def collect(source: Any) -> tuple[App | None, types.ModuleType | None, list[Registered]]:
    """The App and module of a source, where there are, and its declared or public functions in order.

    Raises:
        EndpointError: Two endpoints of one name, several Apps of which none is called `app`, or no callables.
    """
    if isinstance(source, types.ModuleType):
        app = _app_in(source)
        return (app, source, _public_functions(source)) if app is None else (app, source, list(app.functions.values()))
    if isinstance(source, App):
        return source, sys.modules.get(source.module), list(source.functions.values())
    functions = [source] if callable(source) else list(source) if isinstance(source, Iterable) else None
    if functions is None:
        raise EndpointError(
            f"this is neither an App nor a module nor a function: {type_text(type(source))}",
            hint="name a function or an App (an ASGI or Gradio app will do too)",
        )
    collected = App()
    for function in functions:
        collected.add(function)
    registered = list(collected.functions.values())
    module = sys.modules.get(str(getattr(functions[0], "__module__", ""))) if functions else None
    return None, module, registered


def _app_in(module: types.ModuleType) -> App | None:
    apps: dict[str, App] = {name: value for name, value in vars(module).items() if asking.is_a(value, App)}
    distinct = list({id(app): app for app in apps.values()}.values())
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    filled = {name: app for name, app in apps.items() if app.functions}
    if len({id(app) for app in filled.values()}) == 1:
        return next(iter(filled.values()))
    if "app" in apps:
        return apps["app"]
    raise EndpointError(
        f"{module.__name__} holds several Apps: {', '.join(apps)}", hint="name one of them: module:attribute"
    )


def _public_functions(module: types.ModuleType) -> list[Registered]:
    """The module's own public functions, or what its `__all__` names, in source order."""
    exported = asking.attribute(module, "__all__")
    if isinstance(exported, (list, tuple, set)):
        wanted = {name for name in exported if isinstance(name, str)}
        own = {n: v for n, v in vars(module).items() if n in wanted and _can_be_called(v, module)}
        for name in sorted(wanted - set(vars(module))):  # a module's __getattr__
            value = asking.attribute(module, name)
            if _is_function(value):
                own[name] = value
    else:
        own = {n: v for n, v in vars(module).items() if not n.startswith("_") and _is_offered(v, module)}
        named = (
            bound_here(module) if any(asking.is_a(value, functools.partial) for value in vars(module).values()) else ()
        )
        for name, value in vars(module).items():
            if name in named and asking.is_a(value, functools.partial) and not name.startswith("_"):
                own.setdefault(name, value)  # of another module's function, but made here
    declared = (_declared(name, as_function(f) if is_command(f) else f) for name, f in own.items())
    return [registered for registered in declared if registered is not None]


def _can_be_called(value: Any, module: types.ModuleType) -> bool:
    return _is_function(value) or is_command(value) or _acts(value, module)


def _is_offered(value: Any, module: types.ModuleType) -> bool:
    """Whether a public name of a module without `__all__` is one of its functions."""
    if _is_function(value):
        return _is_own(value, module)
    return _is_own(value.callback, module) if is_command(value) else _acts(value, module)


def _is_function(value: Any) -> bool:
    """Whether a module's attribute is a function to its readers: not a class, not an instance that can be called."""
    if asking.is_a(value, types.FunctionType, types.BuiltinFunctionType, types.MethodType, functools.partial):
        return True
    if asking.is_a(value, type) or not callable(value):
        return False
    # lru_cache, numpy's ufuncs, compiled functions, what decorators make
    return asking.is_routine(value) or callable(asking.static(value, "__wrapped__"))


def _is_own(value: Any, module: types.ModuleType) -> bool:
    """Whether a function is the module's: made in it, in a module of the package that it is, or from a text."""
    home, own = _home(value), module.__name__
    if home == own:
        return True
    if isinstance(home, str) and _is_package(module) and home.startswith(f"{own}."):
        return True  # what a package's `__init__` takes from its modules is what the package offers
    return home in (None, "builtins") and asking.is_a(value, types.FunctionType)  # exec with a namespace of its own


def _is_package(module: types.ModuleType) -> bool:
    return "__path__" in vars(module) or str(vars(module).get("__file__")).endswith("__init__.py")


def _declared(name: str, function: Any) -> Registered | None:
    """The declaration of a module's function; None for an object that raises whatever it is asked."""
    try:
        return declare(function, {"name": name})
    except (ApispecError, KeyboardInterrupt, MemoryError):
        raise
    except BaseException:
        return None


def _acts(value: Any, module: types.ModuleType) -> bool:
    """Whether an object can be called as its class says, which is one of the module or its package."""
    cls = type(value)
    if asking.is_a(value, type, types.ModuleType, App) or not callable(value):
        return False
    home = cls.__dict__.get("__module__")
    own = module.__name__
    call = next((c.__dict__["__call__"] for c in cls.__mro__ if "__call__" in c.__dict__), None)
    inside = home == own or (isinstance(home, str) and _is_package(module) and home.startswith(f"{own}."))
    return (
        inside
        and isinstance(call, types.FunctionType)
        and not issubclass(cls, BaseException)
        and not asking.answers_everything(value)
    )


def _home(value: Any) -> Any:
    """The module that made a function."""
    while asking.is_a(value, functools.partial):
        value = value.func
    return asking.attribute(value, "__module__")


def _checked(reports: Reports) -> Callable[[Registered], Registered]:
    """Without a path whose variables are no parameters, which is reported."""

    def check(registered: Registered) -> Registered:
        if registered.path is None:
            return registered
        variables = path_variables(registered.path)
        signature = read(registered.function, names=registered.names)
        names = {p.name for p in signature.parameters if not p.context and not p.kind.startswith("var")}
        wrong = [v for v in variables if v not in names] or [v for v in variables if variables.count(v) > 1]
        rest = "".join(registered.path.split("{" + "}{".join(variables) + "}"))
        if not wrong and registered.path.count("{") == registered.path.count("}") == len(variables) and rest:
            return registered
        reports.add(
            "invalid-path",
            f"{registered.name}: the path {registered.path} names {wrong[0] if wrong else 'something'!r}, "
            "which is not one of its parameters",
            endpoint=registered.name,
            location=reports.location(registered.file, registered.line),
            hint="each variable of a path is a parameter of the function, once",
            severity=Severity.ERROR,
        )
        return replace(registered, path=None)

    return check


def _check_shared_paths(endpoints: list[Endpoint]) -> None:
    seen: dict[tuple[str, str], Endpoint] = {}
    for endpoint in endpoints:
        if not isinstance(endpoint.call, HttpCall):
            continue
        path = endpoint.call.path
        for variable in path_variables(path):
            path = path.replace("{" + variable + "}", "{}")
        first = seen.setdefault((endpoint.call.method, path), endpoint)
        if first is not endpoint:
            raise EndpointError(
                f"{first.name} and {endpoint.name} are both {endpoint.call.method} {endpoint.call.path}; "
                f"the other one is at {first.location}",
                where=str(endpoint.location),
                hint="give one of them another path or method",
            )


def _folder(module: types.ModuleType | None) -> Path | None:
    """The folder from which a module can be imported."""
    file = getattr(module, "__file__", None)
    if module is None or not isinstance(file, str):
        return None
    path = Path(file)
    folder = path.parent.parent if path.name.startswith("__init__.") else path.parent
    for _ in range(module.__name__.count(".")):
        folder = folder.parent
    return folder


def _inside(folder: Path | None, file: str) -> str:
    path = Path(file)
    for base in ([folder] if folder is not None else []) + [Path(p) for p in sys.path if p]:
        try:
            return path.relative_to(base).as_posix()
        except ValueError:
            continue
    return path.name
