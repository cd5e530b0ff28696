"""What can be called and is no `def`: a lambda with a name, an object of a class that has `__call__`."""

from __future__ import annotations

import ast
from collections.abc import Callable

from apispec.introspection.static.functions import FunctionNode
from apispec.introspection.static.modules import Source

ClassOf = Callable[[ast.expr, Source], tuple[ast.ClassDef, Source] | None]
"""The statement of the class that an expression names, and the module that it is in."""

_DEEPEST = 20


def from_lambda(name: str, node: ast.Lambda) -> FunctionNode:
    """`name = lambda a, b=2: ...` as a `def`."""
    return _function(ast.FunctionDef, name, node, node.args, [ast.Return(value=node.body)], None)


def from_object(name: str, node: ast.Call, source: Source, class_of: ClassOf) -> tuple[FunctionNode, Source] | None:
    """What calling `name = SomeClass(...)` does, as a `def`, and the module where it stands.

    Args:
        name: Of the object.
        node: The call that makes it.
        source: The module that it is in.
        class_of: Finds classes.
    """
    home = class_of(node.func, source)
    doc: str | None = None
    for _ in range(_DEEPEST):
        if home is None:
            return None
        statement, where = home
        doc = doc or ast.get_docstring(statement, clean=False)
        for inner in statement.body:
            if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)) and inner.name == "__call__":
                return _without_self(name, inner, doc), where
        found = (class_of(base, where) for base in statement.bases)
        home = next((one for one in found if one is not None), None)
    return None


def _without_self(name: str, node: FunctionNode, class_doc: str | None) -> FunctionNode:
    positional = "posonlyargs" if node.args.posonlyargs else "args"
    args = ast.arguments(**{field: getattr(node.args, field) for field in node.args._fields})
    setattr(args, positional, getattr(args, positional)[1:])
    body = list(node.body)
    if ast.get_docstring(node) is None and class_doc is not None:
        body.insert(0, ast.Expr(value=ast.Constant(value=class_doc)))
    return _function(type(node), name, node, args, body, node.returns)


def _function(
    kind: type[ast.FunctionDef] | type[ast.AsyncFunctionDef],
    name: str,
    place: ast.expr | ast.stmt,
    args: ast.arguments,
    body: list[ast.stmt],
    returns: ast.expr | None,
) -> FunctionNode:
    made = kind(name=name, args=args, body=body, decorator_list=[], returns=returns)
    setattr(made, "type_params", [])  # noqa: B010 - which Python 3.12 wants
    return ast.fix_missing_locations(ast.copy_location(made, place))
