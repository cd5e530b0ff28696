"""What a module does when it is run as `python app.py`: its arguments, and what stands below its main guard.

It stands alone: `sources.outside_child` takes it into the app's own interpreter. `written` tells whether
a module's app is only made there.
"""

from __future__ import annotations

import ast
import contextlib
import sys
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def arguments(file: str) -> Iterator[None]:
    """Meanwhile this process has the arguments of a script that was given none: what it parses are not ours."""
    before = sys.argv
    sys.argv = [file or before[0]]
    try:
        yield
    finally:
        sys.argv = before


def guards(tree: ast.Module | None) -> list[ast.If]:
    """The statements `if __name__ == "__main__":` of a module."""
    found = [statement for statement in tree.body if isinstance(statement, ast.If)] if tree is not None else []
    return [statement for statement in found if "__name__" in ast.unparse(statement.test)]


def carry_out(names: dict[str, Any], file: str) -> None:
    """Run what stands below the main guards of a module that is imported; whatever it raises passes.

    Args:
        names: The module's.
        file: Its source.
    """
    with open(file, "rb") as source:  # noqa: PTH123 - pathlib would be imported for this alone
        tree = ast.parse(source.read())
    for guard in guards(tree):
        exec(compile(ast.Module(body=guard.body, type_ignores=[]), file, "exec"), names)
