"""Targets: what a user types (`app.py`, `app.py:attribute`, `package.module:factory()`) and the file it means.

Nothing is imported here, parents of a dotted name neither.
"""

from __future__ import annotations

import difflib
import keyword
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.machinery import PathFinder
from pathlib import Path

from apispec.errors import TargetError
from apispec.introspection import projects

_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


@dataclass(frozen=True)
class Target:
    """A module, and maybe an attribute of it."""

    text: str
    """As the user typed it."""
    module: str
    """The name under which it is imported."""
    attribute: str
    """Dotted; empty = the module itself."""
    file: str
    """Absolute path of its source; empty where it has none (a C extension)."""
    folder: str
    """Absolute path of the folder from which `module` can be imported."""
    shown: str
    """`folder` as the user may read it: a relative path, empty for the current folder."""
    is_path: bool
    """Whether the user named a file."""
    is_called: bool = False
    """Whether the attribute is to be called, without arguments, for what it makes."""

    @property
    def place(self) -> str:
        """The source file as the user may read it."""
        return shorten(self.file, self) if self.file else self.module


def resolve(text: str, *, cwd: Path | None = None, search_path: Sequence[str] = ()) -> Target:
    """Find what a target means.

    Args:
        text: What the user typed.
        cwd: The folder that relative paths and dotted names start from; the current one where None.
        search_path: Further folders to look for dotted names in, before those of `sys.path`.

    Raises:
        TargetError: There is no such file or module, or the text is no target.
    """
    base = (cwd or Path.cwd()).absolute()
    name, attribute, is_called = _split(text)
    path = Path(name).expanduser()
    if name and (name.endswith(".py") or "/" in name or "\\" in name or (base / path).exists()):
        return replace(_file(text, name, attribute, base), is_called=is_called)
    if not _DOTTED.fullmatch(name):
        raise TargetError(
            f"{text!r} is neither a file nor a module's name",
            hint="targets look like app.py, path/app.py:attribute, package.module or package.module:attribute",
        )
    search = [*search_path, str(base), *projects.source_folders(base)]
    return replace(_module(text, name, attribute, search, base), is_called=is_called)


def _split(text: str) -> tuple[str, str, bool]:
    """A target's file or module, its attribute, and whether that is called."""
    name, colon, written = text.rpartition(":")
    if not colon or re.match(r"[\\/]", written):  # C:\app.py
        return text, "", False
    attribute = written.removesuffix("()")
    if not name or not _DOTTED.fullmatch(attribute):
        raise TargetError(
            f"{written!r} in {text!r} is no attribute's name" if name else f"{text!r} names no module",
            hint="write module:attribute, as in app.py:app, or module:factory()",
        )
    return name, attribute, attribute != written


def _file(text: str, name: str, attribute: str, base: Path) -> Target:
    path = base / Path(name).expanduser()
    if path.is_dir():
        if not (path / "__init__.py").is_file():
            python = sorted(p.name for p in path.glob("*.py"))
            hint = f"name one of its files: {', '.join(python[:5])}" if python else "name a Python file"
            raise TargetError(f"{name} is a folder, not a Python package", hint=hint)
        path = path / "__init__.py"
    if not path.exists():
        near = _similar(path)
        raise TargetError(f"there is no file {name}", hint=f"did you mean {near}?" if near else "")
    if not path.is_file():
        raise TargetError(f"{name} is not a file", hint="name a Python file, or a folder with an __init__.py")
    path = path.absolute()
    folder, parts = path.parent, [path.stem]
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        parts.insert(0, folder.name)
        folder = folder.parent
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        folder, parts = path.parent, [re.sub(r"\W", "_", f"_{path.stem}" if path.stem[:1].isdigit() else path.stem)]
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return Target(
        text=text,
        module=".".join(parts),
        attribute=attribute,
        file=str(path),
        folder=str(folder),
        shown=_shown(folder, base, name),
        is_path=True,
    )


def _similar(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = [p.name for p in path.parent.iterdir() if p.suffix == ".py"]
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.5)
    return near[0] if near else ""


def _shown(folder: Path, base: Path, typed: str) -> str:
    """A folder as the user may read it: below the current one relative to it, else as far as it was typed."""
    try:
        relative = folder.relative_to(base).as_posix()
    except ValueError:
        named = Path(typed).parent if Path(typed).name.endswith(".py") else Path(typed)
        below = len((base / named).parts) - len(folder.parts)  # folders of a package on the way to the file
        return (named.parents[below - 1] if 0 < below <= len(named.parents) else named).as_posix()
    return "" if relative == "." else relative


def _module(text: str, name: str, attribute: str, search: list[str], base: Path) -> Target:
    places: Sequence[str] | None = [*search, *sys.path]
    known = sys.modules.get(name)
    if known is not None and name.startswith("os."):  # os is no package, but os.path can be imported
        name = known.__name__
    parts = name.split(".")
    spec = None
    for i, part in enumerate(parts):
        spec = PathFinder.find_spec(".".join(parts[: i + 1]) if i == 0 else part, places)
        if spec is None:
            if i == 0 and name in sys.builtin_module_names:
                return Target(text=text, module=name, attribute=attribute, file="", folder="", shown="", is_path=False)
            missing = ".".join(parts[: i + 1])
            raise TargetError(
                f"there is no module {missing}",
                hint=f"for a file write {name.replace('.', '/')}.py; for an installed package, is it installed here?",
            )
        places = list(spec.submodule_search_locations or ())
        if not places and i + 1 < len(parts):
            raise TargetError(
                f"{'.'.join(parts[: i + 1])} is a module, not a package, so it has no module {parts[i + 1]}",
                hint=f"for an attribute write {'.'.join(parts[: i + 1])}:{parts[i + 1]}",
            )
    assert spec is not None
    origin = spec.origin if spec.origin and spec.origin.endswith(".py") else ""
    folder = Path(origin).parent if origin else base
    for _ in parts[1:] if not spec.submodule_search_locations else parts:
        folder = folder.parent
    try:
        relative = folder.relative_to(base).as_posix()
        shown = "" if relative == "." else relative
    except ValueError:
        shown = ""
    return Target(
        text=text, module=name, attribute=attribute, file=origin, folder=str(folder), shown=shown, is_path=False
    )


def _installed(path: Path) -> str:
    """A library's file as it is imported: `json/__init__.py`."""
    bases = [base for base in sys.path if base and path.is_relative_to(base)]
    return path.relative_to(max(bases, key=len)).as_posix() if bases else path.name


def shorten(file: str, target: Target) -> str:
    """A file as the user may read it: relative to the current folder, or to where the target's module is found."""
    path = Path(file)
    try:
        inside = path.relative_to(target.folder).as_posix()
    except ValueError:
        return _installed(path)
    return f"{target.shown}/{inside}" if target.shown else inside
