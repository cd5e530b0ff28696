"""Run the benchmark programs: all, or those named."""

from __future__ import annotations

import sys
from importlib import import_module

PROGRAMS = ("startup", "spec", "build", "pages", "search", "size", "large", "guard", "tools", "soak")


def main(names: list[str]) -> None:
    """Run the named programs, all of them by default."""
    for name in names or PROGRAMS:
        import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
