"""Stand-ins for packages that are not installed, on request (`--mock-import NAME`) and as the last resort.

They bear what modules do while they are imported: attributes, calls, subscripts, operators, subclassing, decorating.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class _MockMeta(type):
    """A class whose attributes, subscripts, results and sums are such classes again."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        child = _mock(f"{cls.__module__}.{cls.__qualname__}" if cls.__module__ else cls.__qualname__, name)
        type.__setattr__(cls, name, child)
        return child

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__dict__.get("_apispec_mock"):
            # Most likely a decorator: with and without arguments, the function stays what it is.
            return args[0] if len(args) == 1 and not kwargs and callable(args[0]) else cls
        return super().__call__(*args, **kwargs)

    def __getitem__(cls, key: Any) -> Any:
        return cls

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __contains__(cls, item: Any) -> bool:
        return False

    def __len__(cls) -> int:
        return 0

    def __bool__(cls) -> bool:
        return True

    def __enter__(cls) -> Any:
        return cls

    def __exit__(cls, *exc: object) -> None:
        return None

    def __int__(cls) -> int:
        return 1

    __index__ = __int__

    def __float__(cls) -> float:
        return 1.0

    def _same(cls, *_: Any) -> Any:
        return cls

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = __and__ = __rand__ = _same
    __lshift__ = __rshift__ = __neg__ = __pos__ = __invert__ = __abs__ = _same

    def _true(cls, _: Any) -> bool:
        return True

    __ge__ = __gt__ = __le__ = __lt__ = _true


def _mock(module: str, name: str) -> Any:
    return _MockMeta(name, (), {"__module__": module, "_apispec_mock": True, "__doc__": None})


class _MockModule(ModuleType):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__all__: list[str] = []
        self.__version__ = "0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        child = _mock(self.__name__, name)
        setattr(self, name, child)
        return child


class _MockFinder(MetaPathFinder, Loader):
    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if any(fullname == name or fullname.startswith(name + ".") for name in self.names):
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _MockModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing runs."""


def install(names: Sequence[str]) -> None:
    """From now on importing one of these names, or a module below it, gives a stand-in."""
    if names:
        sys.meta_path.insert(0, _MockFinder(names))


def is_mocked(name: str) -> bool:
    """Whether a class is of a package that is done without: `absent.Kind`. What it really is nobody knows."""
    return isinstance(sys.modules.get(name.partition(".")[0]), _MockModule)
