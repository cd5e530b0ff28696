"""What the source of a module says about apps, without running it: whether it makes one, and of which library.

Classes are known by the package that they are imported from; nothing is followed out of the module.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from apispec.introspection.libraries import BY_PACKAGE, Library, is_supported
from apispec.introspection.scripts import guards

_USUAL = re.compile(
    r"(?:(?:\w+_)?(?:app|application|demo|api|iface|interface|asgi|wsgi|server))|(?:handler|lambda_handler)"
)
"""What variables that hold an app are called."""
_FACTORY = re.compile(
    r"(?:create|make|build|get|init|new)_?(?:\w+_)?(?:app|application|api|server|demo|ui|interface|asgi|wsgi)"
    r"(?:_\w+)?|application_factory|app_factory"
)
"""What functions that make an app are called."""
_NO_APPS = frozenset(
    {"apispec", "typer", "click", "cyclopts", "argparse", "celery", "logging", "pydantic", "dataclasses"}
)
"""Packages whose `app` is none that serves, or one of ours."""
_ROUTING = frozenset({
    "route", "get", "post", "put", "patch", "delete", "head", "options", "websocket", "ws", "add_route", "view",
    "api_route", "exposed_route", "api_operation",
})  # fmt: skip
_SERVING = frozenset({"uvicorn.run", "hypercorn.run", "waitress.serve"})
"""Calls that are given an app."""
_NAMES_OF_WEB = (*sorted(BY_PACKAGE), "__main__", "uvicorn", "hypercorn", "waitress")
_NAMED = re.compile(r"\b(?:" + "|".join(_NAMES_OF_WEB) + r")\b")
_ROUTED = re.compile(r"@[\w.]+\(\s*(?:\w+\s*=\s*)?[rf]?[\"']/")
"""What is looked for only where its fixed part is there: alternatives are tried at every place of a long source."""
_PATHS = ("path", "rule", "uri", "url", "route", "endpoint")
_REQUEST_NAMES = ("request", "req")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Written:
    """The source of one module.

    Args:
        tree: Its syntax tree; None where it has none that can be read.
    """

    tree: ast.Module | None

    def app(self, *, any_call: bool = False) -> Library | None:
        """The library whose app is made when the module is imported.

        Args:
            any_call: Whether each call of something of such a library counts, made where the module could not be
                imported: `gr.load(...)`, a class of a newer version.
        """
        return next((library for node in self._top if (library := self._maker(node, any_call)) is not None), None)

    def serves(self) -> bool:
        """Whether the module hands something to a server."""
        return any(isinstance(node, ast.Call) and self._path(node.func) in _SERVING for node in self._top)

    def factories(self) -> dict[str, Library]:
        """Functions of the module that make an app when they are called."""
        found: dict[str, Library] = {}
        for function in self._functions:
            inside = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            library = next((library for node in inside if (library := self._maker(node)) is not None), None)
            library = library or self._by_hint(function)
            if library is not None:
                found[function.name] = library
        return found

    def script(self) -> bool:
        """Whether an app is made or served where the module is run as a script: below its main guard, or in what that
        calls of the module's own.
        """
        making = self._making
        for guard in guards(self.tree):
            for node in (node for statement in guard.body for node in ast.walk(statement)):
                if isinstance(node, ast.Call) and (
                    self._makes(node)
                    or self._path(node.func) in _SERVING
                    or (isinstance(node.func, ast.Name) and node.func.id in making)
                    or (isinstance(node.func, ast.Attribute) and node.func.attr == "launch" and "gradio" in sys.modules)
                ):
                    return True
        return False

    def assigns(self, name: str) -> bool:
        """Whether a variable of the module is given a value at its top level."""
        nodes = (node for node in self._top if isinstance(node, ast.Assign))
        return any(isinstance(target, ast.Name) and target.id == name for node in nodes for target in node.targets)

    def suspect(self) -> str:
        """The name of a module-level variable that is probably an app, made by a call; empty where there is none."""
        for node in self._top:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Call):
                path = self._path(node.value.func)
                package, called = path.partition(".")[0], path.rpartition(".")[2]
                if package in _NO_APPS or (package in sys.stdlib_module_names and package):
                    continue
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    name = target.id if isinstance(target, ast.Name) else ""
                    if _USUAL.fullmatch(name) or (name and _FACTORY.fullmatch(called)):
                        return name
        return ""

    def routes(self) -> dict[str, str]:
        """Functions that a decorator registers under a path: name → the path."""
        found: dict[str, str] = {}
        for function in self._functions:
            for decorator in function.decorator_list:
                path = _route_path(decorator)
                if path and not self._is_ours(decorator):
                    found[function.name] = path
        return found

    def views(self) -> dict[str, Library]:
        """Functions that take a library's request, by their first parameter's name, in a module that imports it."""
        libraries = [BY_PACKAGE[p] for p in dict.fromkeys(self._packages) if p in BY_PACKAGE and p != "gradio"]
        found: dict[str, Library] = {}
        for function in self._functions if libraries else ():
            arguments = [*function.args.posonlyargs, *function.args.args]
            if arguments and arguments[0].arg in _REQUEST_NAMES and not function.name.startswith("_"):
                found[function.name] = libraries[0]
        return found

    def entry_point(self) -> str:
        """The function without parameters that the module calls when it is run as a script; empty where none is."""
        without = {f.name for f in self._functions if not _has_parameters(f)}
        for statement in guards(self.tree):
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in without:
                    return node.func.id
        return ""

    @cached_property
    def _making(self) -> set[str]:
        """Functions and classes of the module that make or serve an app that can be read, or call one that does."""
        own = {n.name: n for n in self._top if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))}
        calls = {name: [n for n in ast.walk(node) if isinstance(n, ast.Call)] for name, node in own.items()}
        called = {name: {n.func.id for n in c if isinstance(n.func, ast.Name)} for name, c in calls.items()}
        found = {name for name, c in calls.items() if any(self._makes(n) or self._path(n.func) in _SERVING for n in c)}
        while more := {name for name, names in called.items() if name not in found and names & found}:
            found |= more
        return found

    def _makes(self, node: ast.Call) -> bool:
        library = self._maker(node)
        return library is not None and is_supported(library)

    @cached_property
    def _functions(self) -> list[Function]:
        return [node for node in self._top if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]

    @cached_property
    def _top(self) -> list[ast.AST]:
        """What is run when the module is imported or run."""
        return list(_outside_functions(self.tree)) if self.tree is not None else []

    @cached_property
    def _meant(self) -> dict[str, str]:
        """Imported name → its dotted path; imports inside of functions count too."""
        found: dict[str, str] = {}
        for node in ast.walk(self.tree) if self.tree is not None else ():
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    found[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
        return found

    @cached_property
    def _packages(self) -> list[str]:
        return [path.partition(".")[0] for path in self._meant.values()]

    def _path(self, node: ast.expr) -> str:
        """The dotted path that an expression names: `gr.Blocks` → `gradio.Blocks`."""
        first, dot, rest = ast.unparse(node).partition(".")
        return self._meant.get(first, first) + dot + rest

    def _maker(self, node: ast.AST, any_call: bool = False) -> Library | None:
        if not isinstance(node, ast.Call):
            return None
        parts = self._path(node.func).split(".")
        parts = (
            self._subclasses.get(parts[0], "").split(".") if len(parts) == 1 and parts[0] in self._subclasses else parts
        )
        library = BY_PACKAGE.get(parts[0])
        if library is None:
            return None
        return library if parts[-1] in library.makers or (any_call and is_supported(library)) else None

    @cached_property
    def _subclasses(self) -> dict[str, str]:
        """Classes of the module that inherit from one of a library that makes apps, with what they inherit from."""
        found: dict[str, str] = {}
        for node in self._top:
            if isinstance(node, ast.ClassDef):
                for base in map(self._path, node.bases):
                    path = found.get(base, base)
                    library = BY_PACKAGE.get(path.partition(".")[0])
                    if library is not None and path.rpartition(".")[2] in library.makers:
                        found[node.name] = path
        return found

    def _by_hint(self, function: Function) -> Library | None:
        if function.returns is None:
            return None
        parts = self._path(function.returns).strip("'\"").split(".")
        library = BY_PACKAGE.get(self._meant.get(parts[0], parts[0]).partition(".")[0])
        return library if library is not None and parts[-1] in library.makers else None

    def _is_ours(self, decorator: ast.expr) -> bool:
        """Whether it is one of an `apispec.App`, typer's or click's: what those decorate are functions still."""
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        owner = call.value if isinstance(call, ast.Attribute) else call
        if not isinstance(owner, ast.Name):
            return False
        for node in self._top:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                if any(isinstance(t, ast.Name) and t.id == owner.id for t in node.targets):
                    return self._path(node.value.func).partition(".")[0] in _NO_APPS
        return False


def bound_here(module: ModuleType) -> set[str]:
    """Names that a module gives a value itself, with `=`: not what it imports."""
    file = vars(module).get("__file__")
    tree = written(file).tree if isinstance(file, str) else None
    found: set[str] = set()
    for node in _outside_functions(tree) if tree is not None else ():
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(target.id for target in targets if isinstance(target, ast.Name))
    return found


def is_plain(source: str) -> bool:
    """Whether a source surely has nothing of an app or a script in it, told without parsing it, which takes long."""
    return not (any(name in source for name in _NAMES_OF_WEB) and _NAMED.search(source)) and not (
        "@" in source and _ROUTED.search(source)
    )


def written(file: str) -> Written:
    """The source of a file; one without a tree where it can't be read or is no Python."""
    try:
        source = Path(file).read_bytes() if file.endswith(".py") else b""
        return Written(ast.parse(source))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return Written(None)


def _route_path(decorator: ast.expr) -> str:
    if not isinstance(decorator, ast.Call):
        return ""
    called = decorator.func.attr if isinstance(decorator.func, ast.Attribute) else getattr(decorator.func, "id", "")
    if called not in _ROUTING:
        return ""
    given = [*decorator.args[:1], *(k.value for k in decorator.keywords if k.arg in _PATHS)]
    values = (node.value for node in given if isinstance(node, ast.Constant))
    return next((value for value in values if isinstance(value, str) and value.startswith("/")), "")


def _has_parameters(function: Function) -> bool:
    arguments = function.args
    return bool(arguments.posonlyargs or arguments.args or arguments.kwonlyargs or arguments.vararg)


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """What is run when a module is imported; functions themselves, but nothing inside of them."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield from _outside_functions(child)
