"""Values made from schemas with a seed: other ones each time, the same for the same seed, always valid.

Examples (`apispec.examples`) are what readers are shown; these are what a program that only knows the schema may meet.
Where no value can be made up that fits, the example stands in.
"""

from __future__ import annotations

import random
import string
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from apispec.examples import NoExampleError, example, is_valid, merge
from apispec.model import Json
from apispec.schemas import Schemas, resolve, types, variants

_WORDS = (
    "amber", "birch", "cobalt", "delta", "ember", "fjord", "grove", "harbor", "iris", "jade", "kite", "lumen", "maple",
    "north", "opal", "pixel", "quartz", "river", "sage", "tide", "umber", "violet", "willow", "zephyr",
)  # fmt: skip
_DEEPEST = 8
_SINCE = datetime(2020, 1, 1, tzinfo=UTC)


def made(schema: Any, schemas: Schemas, chance: random.Random) -> Json:
    """A value that fits the schema.

    Raises:
        NoExampleError: Not even an example fits.
    """
    for _ in range(3):
        try:
            value = _value(schema, _Making(schemas, chance), 0)
        except (NoExampleError, RecursionError):
            continue
        if is_valid(schema, value, schemas):
            return value
    return example(schema, schemas)


@dataclass(slots=True)
class _Making:
    """One value in the making."""

    schemas: Schemas
    chance: random.Random
    left: int = 1000
    """So many values within it may still be made; afterwards what is not required is left out."""

    @property
    def is_wanted(self) -> bool:
        """Whether something that may be left out is made."""
        return self.left > 0 and self.chance.random() < 0.8


def _value(schema: Any, making: _Making, depth: int) -> Json:
    found = resolve(schema, making.schemas)
    making.left -= 1
    if making.left < -20_000:  # what is required never ends
        raise RecursionError
    if not isinstance(found, dict):
        return making.chance.choice(_WORDS)
    if "const" in found:
        return found["const"]
    if isinstance(found.get("enum"), list) and found["enum"]:
        return making.chance.choice(found["enum"])
    if found.get("allOf"):
        merged: Any = {key: value for key, value in found.items() if key != "allOf"}
        for part in found["allOf"]:
            merged = merge(merged, part, making.schemas)
        return _value(merged, making, depth) if depth < _DEEPEST else example(found, making.schemas)
    several = variants(found)
    if several:
        own = {key: value for key, value in found.items() if key not in ("anyOf", "oneOf")}
        wanted = [v for v in several if set(types(resolve(v, making.schemas))) != {"null"}] or list(several)
        chosen = making.chance.choice(wanted)
        return _value(merge(own, chosen, making.schemas) if own else chosen, making, depth)
    kinds = sorted(set(types(found)) - {"null"}) or (["object"] if "properties" in found else [])
    kind = making.chance.choice(kinds) if kinds else ""
    if kind == "object":
        return _object(found, making, depth)
    if kind == "array":
        return _array(found, making, depth)
    if kind == "boolean":
        return making.chance.random() < 0.5
    if kind in ("integer", "number"):
        return _number(found, kind, making)
    if kind == "string":
        return _text(found, making)
    return None if "null" in types(found) else making.chance.choice(_WORDS)


def _object(schema: dict[str, Any], making: _Making, depth: int) -> dict[str, Json]:
    required = set(schema.get("required", ()))
    out = {}
    for name, inner in (schema.get("properties") or {}).items():
        if name in required or (depth < _DEEPEST and making.is_wanted):
            out[name] = _value(inner, making, depth + 1)
    return out


def _array(schema: dict[str, Any], making: _Making, depth: int) -> list[Json]:
    least = int(schema.get("minItems", 0) or 0)
    most = int(schema.get("maxItems", least + 3))
    count = making.chance.randint(
        max(least, 1 if most and depth < _DEEPEST and making.left > 0 else 0), max(least, min(most, least + 3))
    )
    first = [_value(inner, making, depth + 1) for inner in schema.get("prefixItems", ())]
    items = schema.get("items", {})
    out = first + [_value(items, making, depth + 1) for _ in range(max(0, min(count, 50) - len(first)))]
    if schema.get("uniqueItems"):
        return [item for i, item in enumerate(out) if item not in out[:i]]
    return out


def _number(schema: dict[str, Any], kind: str, making: _Making) -> int | float:
    low, high = schema.get("minimum"), schema.get("maximum")
    if isinstance(schema.get("exclusiveMinimum"), (int, float)):
        low = schema["exclusiveMinimum"] + (1 if kind == "integer" else 1e-3)
    if isinstance(schema.get("exclusiveMaximum"), (int, float)):
        high = schema["exclusiveMaximum"] - (1 if kind == "integer" else 1e-3)
    low = low if isinstance(low, (int, float)) else (high - 1000 if isinstance(high, (int, float)) else 1)
    high = high if isinstance(high, (int, float)) else low + 1000
    step = schema.get("multipleOf")
    if isinstance(step, (int, float)) and step > 0:
        count = making.chance.randint(-(-int(low) // max(1, int(step))), max(int(low // step), int(high // step)))
        return count * step
    return (
        making.chance.randint(int(low), max(int(low), int(high)))
        if kind == "integer"
        else round(making.chance.uniform(low, high), 3)
    )


def _text(schema: dict[str, Any], making: _Making) -> str:
    if schema.get("pattern"):
        return str(example(schema, making.schemas))
    moment = _SINCE + timedelta(seconds=making.chance.randrange(200_000_000))
    word, other = making.chance.choice(_WORDS), making.chance.choice(_WORDS)
    known = {
        "date-time": moment.isoformat().replace("+00:00", "Z"), "date": moment.date().isoformat(),
        "time": moment.strftime("%H:%M:%SZ"), "uuid": str(uuid.UUID(int=making.chance.getrandbits(128), version=4)),
        "email": f"{word}.{other}@example.com", "uri": f"https://example.com/{word}/{other}",
        "hostname": f"{word}.example.com",
        "ipv4": ".".join(str(making.chance.randint(1, 254)) for _ in range(4)),
        "duration": f"PT{making.chance.randint(1, 90)}M",
    }  # fmt: skip
    found = known.get(str(schema.get("format", "")))
    if found is not None:
        return found
    if schema.get("format"):
        return str(example(schema, making.schemas))
    least, most = int(schema.get("minLength", 0) or 0), schema.get("maxLength")
    text = f"{word} {other}"
    while len(text) < least and len(text) < 10_000:
        text += making.chance.choice(string.ascii_lowercase)
    return text[:most] if isinstance(most, int) else text
