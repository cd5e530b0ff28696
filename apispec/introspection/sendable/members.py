"""Members of enumerations where pydantic takes no JSON for them: in `Literal`, or with values that are none.

The document says a member's value as JSON has it, so that is what is taken.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from apispec.declaring import asking

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_PLAIN = (str, int, float, bool, type(None))


def members(hint: Any) -> Any:
    """A hint with its members known by what they are in JSON; the same object where pydantic takes that already."""
    if get_origin(hint) is Literal:
        found = [value for value in get_args(hint) if asking.is_a(value, enum.Enum)]
        return Annotated[hint, Members(found)] if found else hint
    if asking.is_a(hint, enum.EnumMeta) and not issubclass(hint, enum.Flag):
        try:
            found = list(hint)
            odd = any(type(member.value) not in _PLAIN for member in found)
        except Exception:  # a metaclass of the user's
            return hint
        return Annotated[hint, Members(found)] if odd else hint
    return hint


class Members:
    """Stands beside the hint; pydantic is given the member for what came.

    Args:
        found: The members.
    """

    def __init__(self, found: Iterable[enum.Enum]) -> None:
        self._known: dict[str, enum.Enum] = {}
        for member in found:
            self._known.setdefault(_written(member.value), member)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self._member, handler(source))

    def _member(self, value: Any) -> Any:
        return value if isinstance(value, enum.Enum) else self._known.get(_written(value), value)


def _written(value: Any) -> str:
    from pydantic_core import to_jsonable_python

    try:
        return json.dumps(to_jsonable_python(value, bytes_mode="base64"), sort_keys=True)
    except Exception:
        return f"{type(value).__name__} at {id(value)}"
