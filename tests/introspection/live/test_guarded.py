"""What raises when it is looked at costs itself alone; signatures left by decorators are read where they were written."""

from __future__ import annotations

import sys
from pathlib import Path

from apispec.introspection import describe

from .support import module_of

ODD = '''
    class Meta(type):
        def __getattr__(cls, name): raise KeyError(name)
        def __instancecheck__(cls, value): raise ValueError("no")

    class Odd(metaclass=Meta): pass

    class Everything:
        def __getattr__(self, name): return self
        def __call__(self, *args, **kwargs): return self

    lazy = Everything()
    __all__ = ["odd", "lazy", "gone", "fine"]

    def __getattr__(name):
        if name == "gone":
            raise ModuleNotFoundError("No module named 'gone'")
        raise AttributeError(name)

    def odd(value: Odd, n: int = 2) -> int:
        """Odd."""
        return n

    def fine(n: int) -> int:
        """Fine."""
        return n
'''

LIBRARY = """
    from __future__ import annotations
    import functools, inspect

    class Session: pass

    def injected(function):
        signature = inspect.signature(function)
        def wrapper(*args, **kwargs):
            return function(Session(), *args, **kwargs)
        for name in ("__name__", "__doc__", "__module__", "__qualname__"):
            setattr(wrapper, name, getattr(function, name))
        parameters = [p for name, p in signature.parameters.items() if name != "session"]
        wrapper.__signature__ = signature.replace(parameters=parameters)
        return wrapper

    def broken(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)
        wrapper.__signature__ = "none"
        return wrapper
"""

DECORATED = '''
    from __future__ import annotations
    from typing import TYPE_CHECKING
    from guarded_library import broken, injected
    if TYPE_CHECKING:
        from datetime import date

    @injected
    def query(session: Session, day: date) -> list[date]:
        """Query."""
        return [day]

    @broken
    def other(n: int = 2) -> int:
        """Other."""
        return n
'''


def test_one_odd_object_costs_itself(tmp_path: Path) -> None:
    found = describe(module_of(tmp_path, "guarded_odd", ODD))
    assert [(e.name, e.callable) for e in found.api.endpoints] == [("odd", False), ("fine", True)]
    said = {finding.message for finding in found.findings}
    assert "gone, which __all__ names, can't be had: ModuleNotFoundError: No module named 'gone'" in said
    assert "odd can't be called: parameter value is an Odd, which no JSON is" in said


def test_a_signature_is_read_where_it_was_written(tmp_path: Path) -> None:
    module_of(tmp_path, "guarded_library", LIBRARY)
    found = describe(module_of(tmp_path, "guarded_decorated", DECORATED))
    query, other = found.api.endpoints
    assert [(p.name, p.schema) for p in query.parameters] == [("day", {"type": "string", "format": "date"})]
    assert (query.location.file, query.location.line) == ("guarded_decorated.py", 8)
    assert [(p.name, p.schema) for p in other.parameters] == [("n", {"type": "integer"})]
    assert "guarded_library" in sys.modules
