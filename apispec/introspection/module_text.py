"""The text of one module: its syntax tree, where its classes and functions stand, what only a type checker sees.

Of a long module only the part that is asked for is parsed. Nothing here is evaluated or imported.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from textwrap import dedent

MAX_SOURCE_BYTES = 20_000_000


class ModuleText:
    """The source of one module.

    Args:
        file: Where it is; what is no Python file, or cannot be read, is empty.
        is_stub: It is a stub file, all of which only a type checker sees.
    """

    def __init__(self, file: object, *, is_stub: bool = False) -> None:
        self._file = file
        self._is_stub = is_stub

    @cached_property
    def source(self) -> str:
        """The module's source; empty where there is none that can be read."""
        if not isinstance(self._file, str) or not self._file.endswith((".py", ".pyi")):
            return ""
        path = Path(self._file)
        try:
            if path.stat().st_size > MAX_SOURCE_BYTES:
                return ""
            with tokenize.open(path) as stream:
                return stream.read()
        except (OSError, SyntaxError, ValueError):
            return ""

    @cached_property
    def tree(self) -> ast.Module | None:
        """The module's syntax tree, None where there is no readable source."""
        return _parse(self.source)

    def line_of(self, qualified_name: str) -> int:
        """The line of a class or function, from 1; 0 where it is not in the source."""
        return self._definitions.get(qualified_name, -1) + 1

    def lines(self, first: int, end: int) -> str:
        """The text of the lines from one (from 1) up to another, which is left out."""
        return "\n".join(self._lines[first - 1 : end - 1])

    def class_tree(self, qualified_name: str) -> ast.ClassDef | None:
        """The syntax tree of one class; the rest of the module is not parsed, which for long modules takes seconds.

        Args:
            qualified_name: Without `<locals>`.
        """
        start = self._definitions.get(qualified_name)
        block = None if start is None else self._block(start)
        return block if isinstance(block, ast.ClassDef) else None

    def function_tree(self, line: int) -> ast.stmt | None:
        """The syntax tree of the function that begins at a line (from 1), itself or its decorators."""
        for start in range(line - 1, len(self._lines)):
            if self._lines[start].lstrip().startswith(("def ", "async def ")):
                return self._block(start)
        return None

    def statement(self, name: str) -> ast.stmt | None:
        """What binds a name for a type checker, or imports it; None where nothing does."""
        return self._declared.get(name)

    def _block(self, start: int) -> ast.stmt | None:
        """The statement that begins at a line (from 0), as far as its indentation goes."""
        indent = len(self._lines[start]) - len(self._lines[start].lstrip())
        end = start + 1
        while end < len(self._lines):
            line = self._lines[end]
            inner = line.lstrip()
            if inner and len(line) - len(inner) <= indent and inner[0] not in ")#":
                break
            end += 1
        block = _parse(dedent("\n".join(self._lines[start:end])))
        return block.body[0] if block is not None and block.body else None

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")

    @cached_property
    def _definitions(self) -> dict[str, int]:
        """The line (from 0) of each class and function by qualified name; of several, the last, as for Python."""
        found: dict[str, int] = {}
        around: list[tuple[int, str]] = []
        line = position = 0
        for match in _DEFINITION.finditer(self.source):
            line += self.source.count("\n", position, match.start())
            position = match.start()
            indent = len(match[1])
            while around and around[-1][0] >= indent:
                around.pop()
            name = f"{around[-1][1]}.{match[2]}" if around else match[2]
            around.append((indent, name))
            found[name] = line
        return found

    @cached_property
    def _declared(self) -> dict[str, ast.stmt]:
        """Statements that bind names for a type checker, or that imported what was deleted later."""
        found: dict[str, ast.stmt] = {}
        body = self.tree.body if self.tree is not None else []
        for only_checked, statement in _statements(body, self._is_stub):
            for name in _bound_names(statement):
                if only_checked:
                    found[name] = statement
                elif isinstance(statement, (ast.Import, ast.ImportFrom)):
                    found.setdefault(name, statement)
        return found


_DEFINITION = re.compile(r"^([ \t]*)(?:class|def|async[ \t]+def)[ \t]+(\w+)", re.MULTILINE)


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source) if source else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _statements(body: list[ast.stmt], only_checked: bool) -> Iterator[tuple[bool, ast.stmt]]:
    """The statements at module level, blocks opened, with whether only a type checker sees them."""
    for statement in body:
        if isinstance(statement, ast.If):
            checked = only_checked or _is_type_checking(statement.test)
            yield from _statements(statement.body, checked)
            yield from _statements(statement.orelse, only_checked)
        elif isinstance(statement, (ast.Try, ast.With)):
            yield from _statements(statement.body, only_checked)
            for handler in getattr(statement, "handlers", ()):
                yield from _statements(handler.body, only_checked)
            yield from _statements(getattr(statement, "orelse", []), only_checked)
        else:
            yield only_checked, statement


def _is_type_checking(test: ast.expr) -> bool:
    return any(
        getattr(node, "id", getattr(node, "attr", "")) == "TYPE_CHECKING"
        for node in ast.walk(test)
        if isinstance(node, (ast.Name, ast.Attribute))
    ) and not isinstance(test, ast.UnaryOp)


def _bound_names(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.asname or alias.name.split(".")[0] for alias in statement.names]
    if isinstance(statement, ast.ImportFrom):
        return [alias.asname or alias.name for alias in statement.names]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    if isinstance(statement, ast.ClassDef):
        return [statement.name]
    if type(statement).__name__ == "TypeAlias":  # Python 3.12
        return [statement.name.id]  # type: ignore[attr-defined]
    return []
