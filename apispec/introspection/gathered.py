"""Parameters and fields that pydantic takes out of one value: `AliasPath("filter", "name")`, `AliasPath("at", 0)`.

They travel inside that value, so it is what the document describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_origin

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Path = tuple["str | int", ...]
"""Keys of objects and indexes of arrays, outermost first."""

_NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class Part:
    """One parameter that stands inside a value."""

    name: str
    """In Python."""
    path: Path
    """From the value's own name on."""
    hint: Any
    required: bool
    default: Any = _NOTHING


class Gathered:
    """Stands beside `Any` in the hint of a value that holds parameters; what it validates to is those by name.

    Args:
        parts: The parameters; their paths begin alike.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self.root = str(parts[0].path[0])

    @property
    def empty(self) -> Any:
        """The value where none of them is given."""
        return [] if isinstance(self.parts[0].path[1], int) else {}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        fields = {}
        for part in self.parts:
            schema = handler.generate_schema(part.hint)
            if not part.required and part.default is not _NOTHING:
                schema = core_schema.with_default_schema(schema, default=part.default)
            fields[part.name] = core_schema.typed_dict_field(
                schema, required=part.required, validation_alias=list(part.path)
            )
        inner = core_schema.typed_dict_schema(fields)
        return core_schema.no_info_before_validator_function(self._inside, inner)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        return handler(schema)["properties"][self.root]

    def _inside(self, value: Any) -> Any:
        return {self.root: value}


def is_gathered(hint: Any) -> bool:
    """Whether a value holds parameters."""
    return get_origin(hint) is Annotated and any(isinstance(item, Gathered) for item in hint.__metadata__)


def path_of(alias: Any) -> Path:
    """The path that pydantic shows a field by: of an alias in a core schema, where it has no plain name.

    Args:
        alias: A name, a path, or a list of paths.

    Returns:
        Empty where it is known by a name.
    """
    if not isinstance(alias, list) or not alias:
        return ()
    paths = alias if isinstance(alias[0], list) else [alias]
    if any(len(path) == 1 for path in paths):
        return ()
    return tuple(paths[0])


def nested(fields: Iterable[tuple[Path, Any, bool]]) -> dict[str, Any]:
    """The schemas of the values that hold fields, by the name of each.

    Args:
        fields: Path, schema and whether it is required, of each.
    """
    roots: dict[str, list[tuple[Path, Any, bool]]] = {}
    for path, schema, required in fields:
        roots.setdefault(str(path[0]), []).append((path[1:], schema, required))
    return {root: _holding(inside) for root, inside in roots.items()}


def _holding(fields: list[tuple[Path, Any, bool]]) -> Any:
    """The schema of a value that has fields at these paths."""
    leaves = [schema for path, schema, _ in fields if not path]
    if leaves:
        return leaves[0] if len(leaves) == 1 else {"allOf": leaves}
    steps: dict[str | int, list[tuple[Path, Any, bool]]] = {}
    for path, schema, required in fields:
        steps.setdefault(path[0], []).append((path[1:], schema, required))
    shapes = {step: _holding(inside) for step, inside in steps.items()}
    needed = {step for step, inside in steps.items() if any(required for _, _, required in inside)}
    names = {step: shape for step, shape in shapes.items() if isinstance(step, str)}
    first = [step for step in shapes if isinstance(step, int) and step >= 0]
    last = [step for step in shapes if isinstance(step, int) and step < 0]
    kinds: list[dict[str, Any]] = []
    if names:
        kinds.append({"type": "object", "properties": names})
        if required_names := [name for name in names if name in needed]:
            kinds[-1]["required"] = required_names
    if first or last:
        array: dict[str, Any] = {"type": "array"}
        if first:
            array["prefixItems"] = [shapes.get(at, True) for at in range(max(first) + 1)]
        elif len(last) == 1:
            array["items"] = shapes[last[0]]
        least = max([at + 1 for at in first if at in needed] + [-at for at in last if at in needed], default=0)
        kinds.append({**array, "minItems": least} if least else array)
    return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
