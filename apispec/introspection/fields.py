"""Texts of classes and their fields: the class's docstring, its `Attributes:` section, and strings under the fields."""

from __future__ import annotations

import ast
from functools import cache
from inspect import cleandoc
from typing import Any, get_origin

from typing_extensions import is_typeddict

from apispec.introspection.docstrings import Docstring, parse
from apispec.introspection.scopes import scope_of_class

_LIBRARIES = ("builtins", "typing", "typing_extensions", "pydantic", "pydantic.main", "enum", "abc", "collections")


@cache
def field_texts(cls: type) -> dict[str, str]:
    """What is said about each field of a class, those of its bases included; a string under a field wins."""
    found: dict[str, str] = {}
    for base in reversed(_bases(cls)):
        found.update(_from_docstring(base))
        found.update(_under_fields(base))
    return found


def class_text(cls: type) -> str:
    """A class's docstring as Markdown, without what `field_texts` has."""
    docstring = _docstring(cls)
    return "\n\n".join(text for text in (docstring.summary, docstring.description) if text)


def _bases(cls: type) -> list[Any]:
    """A class and its bases that aren't a library's; a TypedDict's too, which are not in its `__mro__`."""
    found: list[Any] = []
    todo: list[Any] = [cls]
    while todo:
        base = todo.pop(0)
        if base in found or getattr(base, "__module__", "builtins") in _LIBRARIES:
            continue
        found.append(base)
        declared = _typed_dict_bases(base) if is_typeddict(base) else ()
        origin = getattr(base, "__pydantic_generic_metadata__", {}).get("origin")
        todo += [b for b in (*declared, origin, *getattr(base, "__bases__", ())) if isinstance(b, type)]
    return found


def _typed_dict_bases(cls: type) -> list[Any]:
    """What a TypedDict inherits from; Python 3.11 only has it in the source."""
    if "__orig_bases__" in cls.__dict__:
        return [get_origin(base) or base for base in cls.__dict__["__orig_bases__"]]
    scope = scope_of_class(cls)
    node = scope.text.class_tree(_source_name(cls))
    return [scope.evaluate(ast.unparse(base)) for base in node.bases] if node is not None else []


def _source_name(cls: type) -> str:
    return str(cls.__qualname__).replace("<locals>.", "")


def _from_docstring(cls: type) -> dict[str, str]:
    docstring = _docstring(cls)
    said = {**docstring.parameters, **docstring.attributes}
    return {name: text.description for name, text in said.items() if text.description}


@cache
def _docstring(cls: type) -> Docstring:
    text = cls.__dict__.get("__doc__")
    if not isinstance(text, str) or text.startswith(f"{cls.__name__}("):  # made by dataclass
        return Docstring()
    return parse(text)


def _under_fields(cls: type) -> dict[str, str]:
    """Strings that stand under annotated fields in the source."""
    node = scope_of_class(cls).text.class_tree(_source_name(cls))
    found: dict[str, str] = {}
    if node is None:
        return found
    for field, below in zip(node.body, node.body[1:], strict=False):
        target = field.target if isinstance(field, ast.AnnAssign) else None
        if (
            isinstance(target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            found[target.id] = cleandoc(below.value.value)
    return found
