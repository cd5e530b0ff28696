"""Convert between units.

Written by `apispec init`; replace the functions by your own. Each public function becomes an endpoint:

- `apispec serve` serves them, with docs, at http://127.0.0.1:8000
- `apispec build` writes the docs as a static site
"""

from typing import Literal

__version__ = "0.1.0"


def length(value: float, unit: Literal["m", "ft"] = "m") -> float:
    """Convert a length.

    Args:
        value: The length to convert.
        unit: What it is given in; the answer is in the other unit.

    Returns:
        The length in the other unit.
    """
    return value / 0.3048 if unit == "m" else value * 0.3048


def temperature(value: float, unit: Literal["C", "F"] = "C") -> float:
    """Convert a temperature.

    Args:
        value: The temperature to convert.
        unit: What it is given in; the answer is in the other unit.

    Returns:
        The temperature in the other unit.
    """
    return value * 9 / 5 + 32 if unit == "C" else (value - 32) * 5 / 9
