"""The target's own modules as source: found on disk, read with griffe, stubs merged. Nothing is imported."""

from __future__ import annotations

import ast
import logging
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType

import griffe

from apispec.confinement import is_open_in, project_of
from apispec.introspection.target import Target

logging.getLogger("griffe").setLevel(logging.CRITICAL)  # what it can't resolve is ours to report


class Source:
    """One module: its syntax tree, griffe's view of it with stubs merged, and the module that is rebuilt from it."""

    def __init__(self, name: str, file: Path, parent: Source | None, may_read: Callable[[Path], bool]) -> None:
        self.name = name
        self.may_read = may_read
        self.file = file
        self.parent = parent
        self.code = _decode(file)
        self.live = ModuleType(name)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree.

        Raises:
            SyntaxError: It is not Python.
        """
        return ast.parse(self.code, str(self.file))

    @cached_property
    def module(self) -> griffe.Module:
        """Names, imports and functions as griffe reads them, with those of a `.pyi` beside the file."""
        module = self._visit(self.file)
        stub = self.file.with_suffix(".pyi")
        if self.file.suffix == ".py" and stub.is_file() and self.may_read(stub):
            try:
                griffe.merge_stubs(module, self._visit(stub))
            except (SyntaxError, ValueError, griffe.GriffeError):
                return self._visit(self.file)
        return module

    @cached_property
    def statements(self) -> dict[str, ast.stmt]:
        """The statement that binds each name of the module, the last one where there are several."""
        found: dict[str, ast.stmt] = {}
        for statement in module_statements(self.tree.body):
            for name in _bound(statement):
                found[name] = statement
        return found

    def _visit(self, file: Path) -> griffe.Module:
        parent = self.parent.module if self.parent else None
        return griffe.visit(self.name.rpartition(".")[2], filepath=file, code=_decode(file), parent=parent)

    @property
    def doc(self) -> str | None:
        """The module's docstring."""
        return ast.get_docstring(self.tree, clean=False)


def _decode(file: Path) -> str:
    """A Python file's text in the encoding it declares.

    Raises:
        SyntaxError: It is not text in that encoding.
    """
    import io
    import tokenize

    data = file.read_bytes()
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    try:
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except UnicodeDecodeError as error:
        raise SyntaxError(f"(unicode error) {error.reason}", (str(file), 1, 0, "")) from None


class Sources:
    """The modules below the target's folder, each read once, when it is needed."""

    def __init__(self, target: Target) -> None:
        self.folder = Path(target.folder)
        self.top = target.module.partition(".")[0]
        self._installed = bool({"site-packages", "dist-packages"} & set(self.folder.parts))
        self._known: dict[str, Source | None] = {}
        project = project_of(self.folder)
        linked = self._installed or not is_open_in(Path(target.file).resolve(), project)  # a tree of links, as a whole
        self._project = None if linked else project
        self.target = self._read(target.module, Path(target.file))

    def get(self, name: str) -> Source | None:
        """The module of that dotted name, None where the target's folder has no such file."""
        if self._installed and name.partition(".")[0] != self.top:
            return None  # its neighbours are other packages
        if name not in self._known:
            file = self._file(name)
            self._known[name] = None  # a package and its module may ask for each other
            if file is not None:
                self._read(name, file)
        return self._known[name]

    def _read(self, name: str, file: Path) -> Source:
        parent, _, _ = name.rpartition(".")
        source = self._known[name] = Source(name, file, self.get(parent) if parent else None, self.may_read)
        sys.modules.setdefault(name, source.live)  # where pydantic and dataclasses look for the names of hints
        return source

    def _file(self, name: str) -> Path | None:
        path = self.folder.joinpath(*name.split("."))
        for file in (path / "__init__.py", path.with_name(path.name + ".py"), path / "__init__.pyi"):
            if file.is_file() and self.may_read(file):
                return file
        return None

    def may_read(self, file: Path) -> bool:
        """Whether a file is the project's own: a link of a stranger's repository may lead to a reader's secrets."""
        return self._project is None or is_open_in(file.resolve(), self._project)


def module_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Module-level statements in order, blocks opened."""
    for statement in body:
        yield statement
        for block in ("body", "handlers", "orelse", "finalbody"):
            inner = getattr(statement, block, ())
            if isinstance(statement, (ast.If, ast.Try, ast.With, ast.For, ast.While)):
                for child in inner:
                    yield from module_statements([child] if isinstance(child, ast.stmt) else child.body)


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    if type(statement).__name__ == "TypeAlias":  # Python 3.12
        return [statement.name.id]  # type: ignore[attr-defined]
    return []
