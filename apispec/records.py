"""Frozen dataclasses whose freezing type-checkers hold: at run time it takes three quarters of the time to make one.

`dataclass` is called as that of the standard library. mypy reads it as that one, and refuses to change a field; at run
time nothing checks, and nothing is slower than a plain class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(*, frozen: bool, **options: Any) -> Any:
        """A class decorator.

        Args:
            frozen: Whether fields may not change, which makes the class hashable.
            options: Those of `dataclasses.dataclass`.
        """
        return dataclasses.dataclass(unsafe_hash=frozen, **options)
