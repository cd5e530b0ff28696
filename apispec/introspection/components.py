"""Names of components, and one component where a class is the same as input and as output.

A name depends on the class alone, never on which other classes or endpoints there are, so that adding one renames
nothing: the bare name for classes of the described module, `module.Name` (without the common package) for others, and
`-Input` for an input that differs from the output.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from apispec.introspection.texts import type_text
from apispec.model import REF_PREFIX, Schema

_DATA_KEYWORDS = frozenset({"default", "const", "enum", "examples", "example"})
"""Keywords whose values are data, not schemas."""
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_ID = re.compile(r":\d+")
INPUT_SUFFIX = "-Input"
_NOBODYS = ("__main__", "builtins", "types")
"""Modules that classes are said to be of which are the target's: what `make_dataclass` makes is of `types`."""
_OURS = "apispec.introspection.sendable.frames"
"""Where our own classes are."""


class Components:
    """The components of one Api.

    Args:
        module: The module whose classes get their bare names.
    """

    def __init__(self, module: str = "") -> None:
        self.schemas: dict[str, Schema] = {}
        self.classes: dict[str, Any] = {}
        self._module = module
        self._package = module.partition(".")[0] if "." in module else module
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def name(self, core_ref: str) -> str:
        """The name for pydantic's reference to a class: `package.module.Name:ID`, arguments in brackets."""
        found = self._names.get(core_ref)
        if found is None:
            arguments = _arguments(core_ref) if "[" in core_ref else None
            if arguments is None:
                parts = [self._short(_ID.sub("", part)) for part in re.split(r"[\[\],]", core_ref)]
            else:
                origin = self._short(_ID.sub("", core_ref.partition("[")[0]))
                parts = [origin, *(self._argument(argument) for argument in arguments)]
            base = _NOT_IN_NAMES.sub("_", "_".join(part for part in parts if part)).strip(".") or "Schema"
            found, number = base, 2
            while found in self._taken:  # two classes made by the same line
                found, number = f"{base}_{number}", number + 1
            self._taken.add(found)
            self._names[core_ref] = found
        return found

    def note(self, core_ref: str | None, cls: Any) -> None:
        """Remember the class behind a component."""
        if core_ref is not None:
            self.classes[self.name(core_ref)] = cls

    def merge(self, inputs: Mapping[Any, Any], outputs: Mapping[Any, Any]) -> Callable[[Schema, str], Schema]:
        """Make the components out of the definitions of both modes.

        Args:
            inputs: Definitions of mode `validation` by name.
            outputs: Those of mode `serialization`.

        Returns:
            A function that makes the references of a schema of one mode right.
        """
        split = _different(inputs, outputs)

        def rename(mode: str) -> Callable[[str], str]:
            if mode == "validation":
                return lambda name: name + INPUT_SUFFIX if name in split else name
            return lambda name: name

        for name in sorted({*inputs, *outputs}):
            if name in outputs:
                self.schemas[name] = _renamed(outputs[name], rename("serialization"))
            elif name not in split:
                self.schemas[name] = _renamed(inputs[name], rename("validation"))
            if name in split:
                self.schemas[name + INPUT_SUFFIX] = _renamed(inputs[name], rename("validation"))
                if name in self.classes:
                    self.classes[name + INPUT_SUFFIX] = self.classes[name]
        return lambda schema, mode: _renamed(schema, rename(mode))

    def keep_reachable(self, schemas: Iterable[Schema]) -> None:
        """Drop every component that none of these schemas leads to."""
        reached: set[str] = set()
        todo = [name for schema in schemas for name in _referenced(schema)]
        while todo:
            name = todo.pop()
            if name not in reached and name in self.schemas:
                reached.add(name)
                todo.extend(_referenced(self.schemas[name]))
        self.schemas = {name: self.schemas[name] for name in sorted(reached)}

    def _argument(self, hint: Any, depth: int = 0) -> str:
        """What a generic class's argument is called in a name: without what `Annotated` says beside it."""
        while get_origin(hint) is Annotated:
            hint = hint.__origin__
        made_of: Any = getattr(hint, "__pydantic_generic_metadata__", None) or {}
        origin, args = made_of.get("origin") or get_origin(hint), made_of.get("args") or get_args(hint)
        if origin is None or depth > 20:
            return "None" if hint is type(None) else self._short(type_text(hint))
        if origin in (Union, types.UnionType):
            return "_or_".join(self._argument(arg, depth + 1) for arg in args)
        if origin is Literal:
            return "_".join(["Literal", *(str(getattr(arg, "value", arg)) for arg in args)])
        known = [self._argument(arg, depth + 1) for arg in args if not isinstance(arg, list) and arg is not Ellipsis]
        return "_".join([self._short(type_text(origin)), *known])

    def _short(self, full: str) -> str:
        full = full.replace("<locals>.", "")
        for prefix in (self._module, *_NOBODYS, self._package, _OURS):
            if prefix and full.startswith(prefix + "."):
                return full[len(prefix) + 1 :]
        return full


def _arguments(core_ref: str) -> tuple[Any, ...] | None:
    """The arguments of a generic model, which pydantic writes without their modules; None where there is none.

    Args:
        core_ref: `package.module.Page:ID[Item:ID]`.
    """
    from pydantic import BaseModel

    origin_id, *argument_ids = map(int, re.findall(r":(\d+)", core_ref))
    stack: list[type[BaseModel]] = [BaseModel]
    while stack:
        cls = stack.pop()
        stack.extend(cls.__subclasses__())
        made_of: Any = getattr(cls, "__pydantic_generic_metadata__", None)
        if made_of and id(made_of["origin"]) == origin_id and [id(a) for a in made_of["args"]] == argument_ids:
            arguments: tuple[Any, ...] = made_of["args"]
            return arguments
    return None


def _different(inputs: Mapping[str, Schema], outputs: Mapping[str, Schema]) -> set[str]:
    """The names whose input differs from their output, by themselves or by what they refer to."""
    common = [name for name in inputs if name in outputs]
    different = {name for name in common if inputs[name] != outputs[name]}
    users: dict[str, list[str]] = {}
    for name in common:
        for used in _referenced(inputs[name]):
            users.setdefault(used, []).append(name)
    todo = list(different)
    while todo:
        for user in users.get(todo.pop(), ()):
            if user not in different:
                different.add(user)
                todo.append(user)
    return different


def _referenced(schema: Any) -> list[str]:
    found: list[str] = []
    stack: list[Any] = [schema]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            for key, value in part.items():
                if key == "$ref" and isinstance(value, str):
                    found.append(value.removeprefix(REF_PREFIX))
                elif key not in _DATA_KEYWORDS or not isinstance(value, (dict, list)):
                    stack.append(value)
        elif isinstance(part, list):
            stack.extend(part)
    return found


def _renamed(schema: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(schema, list):
        return [_renamed(part, rename) for part in schema]
    if not isinstance(schema, dict):
        return schema
    out: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "$ref" and isinstance(value, str) and value.startswith(REF_PREFIX):
            out[key] = REF_PREFIX + rename(value[len(REF_PREFIX) :])
        elif key == "mapping" and isinstance(value, dict):  # of a discriminator
            out[key] = {k: _mapped(v, rename) for k, v in value.items()}
        elif key == "properties" and isinstance(value, dict):
            out[key] = {k: _renamed(v, rename) for k, v in value.items()}
        elif key in _DATA_KEYWORDS:
            out[key] = value
        else:
            out[key] = _renamed(value, rename)
    return out


def _mapped(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, str) and value.startswith(REF_PREFIX):
        return REF_PREFIX + rename(value[len(REF_PREFIX) :])
    return _renamed(value, rename)
