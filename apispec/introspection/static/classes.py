"""Classes rebuilt from their statement: pydantic models, dataclasses, TypedDicts, NamedTuples, enums, exceptions.

Bases, fields, defaults and field texts are those of the source; methods are left out. A class whose schema its own code
decides stays a placeholder.
"""

from __future__ import annotations

import ast
import dataclasses
import types
from collections.abc import Callable, Iterator
from enum import Enum, EnumMeta
from inspect import cleandoc
from typing import Annotated, Any, ClassVar, ForwardRef, Generic, NamedTuple

import pydantic.dataclasses
import typing_extensions
from pydantic import Field, computed_field

from apispec.introspection.placeholders import is_placeholder, placeholder
from apispec.introspection.static import standins
from apispec.introspection.static.functions import build, type_variables
from apispec.introspection.static.modules import Source
from apispec.introspection.static.safety import (
    UnreadableError,
    is_dunder,
    is_harmless,
    may_build_on,
    rebuilt,
    self_made,
)
from apispec.introspection.static.standins import Dropped
from apispec.introspection.static.values import Evaluator, Opaque, UnfinishedError

_CONFIGURED = frozenset({"__pydantic_config__"})
"""What a class body may set for a library beside fields."""

_OWN_SCHEMA = frozenset({"__get_pydantic_core_schema__", "__get_pydantic_json_schema__", "__modify_schema__"})


class ClassBuilder:
    """Builds classes.

    Args:
        report: Told of what can't be read: the module, the place in it, and a message.
    """

    def __init__(self, report: Callable[[Source, ast.expr, str], None]) -> None:
        self._report = report

    def build(self, node: ast.ClassDef, source: Source, evaluator: Evaluator, *, outer: str = "") -> Any:
        """The class of a `class` statement, else a placeholder of its name.

        Raises:
            UnfinishedError: One of its bases is being built.

        Args:
            node: The statement.
            source: The module it is in.
            evaluator: What names mean there.
            outer: The qualified name of the class around it, with a dot; empty at module level.
        """
        variables = type_variables(node, evaluator)
        scope = evaluator.within(variables)
        qualname = f"{outer}{node.name}"
        bases, unknown = self._bases(node, scope, list(variables.values()))
        own_schema = any(getattr(statement, "name", "") in _OWN_SCHEMA for statement in node.body)
        if own_schema or (unknown and not any(_has_fields(base) for base in bases)):
            return placeholder(qualname)
        if any(isinstance(base, EnumMeta) for base in bases) and not all(map(is_harmless, bases)):
            return placeholder(qualname)  # making its members would construct the other base
        try:
            built = types.new_class(
                node.name,
                tuple(bases),
                self._keywords(node, scope),
                lambda namespace: self._fill(namespace, node, source, scope, qualname, bases),
            )
            built = self._decorated(built, node, scope)
            for naming in _namings(node):
                if isinstance(scope.value_or_text(naming), Opaque):
                    message = f"how {qualname} names its fields, only running {ast.unparse(naming)} would tell"
                    self._report(source, naming, message)
            rebuilt.add(built)
            if any(_decides_itself(statement) for statement in node.body):
                self_made.add(built)
            return built
        except UnfinishedError:
            raise
        except Exception:  # whatever pydantic, enum or dataclasses say to it
            return placeholder(qualname)

    def _bases(self, node: ast.ClassDef, scope: Evaluator, variables: list[Any]) -> tuple[list[Any], bool]:
        bases: list[Any] = []
        unknown = False
        for base in node.bases:
            found = scope.hint(base)
            if isinstance(found, ForwardRef):
                raise UnfinishedError(node.name)
            if (
                is_placeholder(found)
                or not (isinstance(found, type) or hasattr(found, "__mro_entries__"))
                or not (may_build_on(found))
            ):
                unknown = True
            else:
                bases.append(found)
        if variables and not any(typing_extensions.get_origin(base) is Generic for base in bases):
            bases.append(Generic.__class_getitem__(tuple(variables)))
        return bases, unknown

    def _keywords(self, node: ast.ClassDef, scope: Evaluator) -> dict[str, Any]:
        keywords: dict[str, Any] = {}
        for keyword in node.keywords:
            if keyword.arg and keyword.arg != "metaclass":
                try:
                    keywords[keyword.arg] = scope.value(keyword.value)
                except UnreadableError:
                    continue
        return keywords

    def _fill(
        self, namespace: Any, node: ast.ClassDef, source: Source, scope: Evaluator, qualname: str, bases: list[Any]
    ) -> None:
        """The class body: annotations, values and texts of fields."""
        namespace["__module__"] = source.name
        namespace["__qualname__"] = qualname
        doc = ast.get_docstring(node, clean=False)
        if doc is not None:
            namespace["__doc__"] = doc
        inner: dict[str, Any] = {}
        annotations: dict[str, Any] = {}
        is_enum = any(isinstance(base, type) and issubclass(base, Enum) for base in bases)
        for statement, text in _with_texts(node.body):
            local = scope.within(inner)
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                name = statement.target.id
                if is_dunder(name):
                    continue
                value = None if statement.value is None else local.value_or_text(statement.value)
                if isinstance(value, Dropped):
                    continue
                annotations[name] = _described(local.hint(statement.annotation), text)
                if statement.value is not None:
                    namespace[name] = value
            elif isinstance(statement, ast.Assign):
                value = local.value_or_text(statement.value)
                if isinstance(value, Opaque):
                    if is_enum:
                        raise UnreadableError(value.text)
                    continue
                for target in statement.targets:
                    if isinstance(target, ast.Name) and (not is_dunder(target.id) or target.id in _CONFIGURED):
                        namespace[target.id] = inner[target.id] = value
            elif isinstance(statement, (ast.ClassDef, ast.FunctionDef)) and is_dunder(statement.name):
                continue
            elif isinstance(statement, ast.ClassDef):
                built = self.build(statement, source, local, outer=f"{qualname}.")
                inner[statement.name] = built
                if not is_placeholder(built):
                    namespace[statement.name] = built
            elif isinstance(statement, ast.FunctionDef) and (computed := _computed(statement, source, local)):
                namespace[statement.name] = computed
        if annotations:
            namespace["__annotations__"] = annotations

    def _decorated(self, built: type, node: ast.ClassDef, scope: Evaluator) -> Any:
        for decorator in reversed(node.decorator_list):
            call = decorator if isinstance(decorator, ast.Call) else None
            try:
                applied = scope.named(call.func if call else decorator)
            except UnreadableError:
                continue
            if applied is standins.define:
                built = standins.model(built)
                continue
            if applied not in (dataclasses.dataclass, pydantic.dataclasses.dataclass):
                continue
            if not all(map(str.isidentifier, vars(built).get("__annotations__", ()))):
                raise UnreadableError(
                    node.name
                )  # keys of a TypedDict may be anything, and dataclass writes code of them
            options: dict[str, Any] = {}
            for keyword in call.keywords if call else ():
                value = scope.value_or_text(keyword.value)
                if keyword.arg and not isinstance(value, Opaque):
                    options[keyword.arg] = value
            built = applied(built, **options) if options else applied(built)
        return built


def _decides_itself(statement: ast.stmt) -> bool:
    """Whether a method decides what constructing the class gives."""
    if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    own = statement.name in ("__init__", "__new__", "__post_init__", "model_post_init", "_missing_")
    return own or any("validator" in ast.dump(decorator) for decorator in statement.decorator_list)


def _namings(node: ast.ClassDef) -> Iterator[ast.expr]:
    """What makes other names of a pydantic model's fields: `alias_generator` in its configuration."""
    configured: list[ast.AST] = [*node.keywords]
    for statement in node.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and isinstance(statement.value, ast.Call):
            configured += statement.value.keywords
        elif isinstance(statement, ast.ClassDef) and statement.name == "Config":
            for inner in statement.body:
                targets = inner.targets if isinstance(inner, ast.Assign) else []
                if any(isinstance(target, ast.Name) and target.id == "alias_generator" for target in targets):
                    yield inner.value  # type: ignore[attr-defined]
    for keyword in configured:
        if isinstance(keyword, ast.keyword) and keyword.arg == "alias_generator":
            yield keyword.value


def _has_fields(base: Any) -> bool:
    """Whether a class with this base has a schema of its fields, whatever its other bases are."""
    origin = typing_extensions.get_origin(base) or base
    if origin in (typing_extensions.TypedDict, NamedTuple):
        return True
    return (
        hasattr(origin, "model_fields")
        or getattr(origin, "__name__", "") == "BaseModel"
        or dataclasses.is_dataclass(origin)
        or (isinstance(origin, type) and issubclass(origin, (Enum, BaseException)))
    )


def _with_texts(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Each statement of a class body, with the string that documents it."""
    for i, statement in enumerate(body):
        following = body[i + 1] if i + 1 < len(body) else None
        text = ""
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            text = following.value.value if isinstance(following.value.value, str) else ""
        yield statement, text


def _described(hint: Any, text: str) -> Any:
    """A field's hint with the text under the field; a text that the hint or its `Field` brings goes before."""
    if not text or typing_extensions.get_origin(hint) is ClassVar:
        return hint
    return Annotated[hint, Field(description=cleandoc(text))]


def _computed(node: ast.FunctionDef, source: Source, scope: Evaluator) -> Any:
    """A pydantic computed field, None where the method is another."""
    if not any("computed_field" in ast.dump(decorator) for decorator in node.decorator_list):
        return None
    return computed_field(property(build(node, source, scope, qualname=node.name)))
