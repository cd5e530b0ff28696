"""Generated modules of typed functions: about 3.5 parameters and a docstring each, as real code has them."""

from __future__ import annotations

HINTS = (
    "int",
    "str",
    "float",
    "bool",
    "list[int]",
    "dict[str, float]",
    "Item",
    "Color",
    "int | None",
    "Literal['a', 'b']",
)
DEFAULTS = {"int": "3", "str": "'x'", "float": "0.5", "bool": "False", "int | None": "None", "Literal['a', 'b']": "'a'"}
HEAD = '''"""Generated functions."""
import enum
from typing import Literal
from pydantic import BaseModel


class Color(enum.Enum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


class Item(BaseModel):
    """A thing."""

    name: str
    price: float = 0.0


'''


def source(count: int) -> str:
    """A module of `count` functions."""
    out = [HEAD]
    for i in range(count):
        hints = [HINTS[(i * 7 + j * 3) % len(HINTS)] for j in range(2 + i % 4)]
        names = [f"value_{'abcde'[j]}" for j in range(len(hints))]
        defaulted = False
        parts, lines = [], []
        for j, (name, hint) in enumerate(zip(names, hints)):
            default = DEFAULTS.get(hint) if (i + j) % 2 or defaulted else None
            if defaulted and default is None:
                hint, default = "int", "3"
            defaulted = default is not None
            parts.append(f"{name}: {hint}" + (f" = {default}" if default else ""))
            lines.append(f"        {name}: What number {j} of function {i} is for.")
        doc = "\n".join(lines)
        result = HINTS[i % len(HINTS)]
        out.append(
            f'def function_{i}({", ".join(parts)}) -> {result}:\n    """Compute number {i}.\n\n    Args:\n{doc}\n\n'
            f'    Returns:\n        What comes out of it.\n    """\n    raise NotImplementedError\n\n\n'
        )
    return "".join(out)
