"""The files of a target that go into a bundle: a Python file, and the modules beside it that it imports."""

from __future__ import annotations

import ast
from pathlib import Path

from apispec.errors import UsageError

_MOST = 20_000_000
_LEFT_OUT = ("__pycache__", ".git", ".venv", "node_modules")


def sources(target: str) -> tuple[str, dict[str, bytes], list[str]]:
    """What is served in a bundle, the files that it is made of, and what they need from the package index.

    Args:
        target: A Python file or module, with or without `:attribute`.

    Raises:
        UsageError: It is too large, or no file.
    """
    from apispec.introspection import resolve

    found = resolve(target)
    attribute = f":{found.attribute}" if found.attribute else ""
    if found.is_path:
        file = Path(found.file)
        root = file.parent
        paths = _with_local_imports(file, root)
        inside = f"{file.name}{attribute}"
    else:
        root = Path(found.folder)
        top = root / found.module.partition(".")[0]
        paths = _package(top) if top.is_dir() else _with_local_imports(top.with_suffix(".py"), root)
        inside = target
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    if not files or sum(map(len, files.values())) > _MOST:
        raise UsageError("these files cannot be bundled: there are none, or more than 20 MB", where=target)
    return inside, files, _requirements(root)


def _with_local_imports(file: Path, root: Path) -> list[Path]:
    """A file, and the modules and packages beside it that it imports, and they import."""
    found: dict[Path, None] = {}
    open_files = [file]
    while open_files:
        path = open_files.pop()
        if path in found or not path.is_file():
            continue
        found[path] = None
        for name in _imported(path):
            module, package = root / f"{name}.py", root / name
            if package.is_dir() and name.isidentifier():
                open_files += _package(package)
            elif module.is_file():
                open_files.append(module)
    return sorted(found)


def _package(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not any(part in _LEFT_OUT for part in path.parts)
    )


def _imported(path: Path) -> set[str]:
    if path.suffix != ".py":
        return set()
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return set()
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module.partition(".")[0]} if node.module else {alias.name for alias in node.names}
    return names


def _requirements(root: Path) -> list[str]:
    """What the project of these files says that it needs."""
    import tomllib

    for folder in (root, *root.absolute().parents):
        listed = folder / "requirements.txt"
        if listed.is_file():
            lines = (line.partition(" #")[0].strip() for line in listed.read_text(encoding="utf-8").splitlines())
            return [line for line in lines if line and not line.startswith(("#", "-"))]
        project = folder / "pyproject.toml"
        if project.is_file():
            try:
                table = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
            except (tomllib.TOMLDecodeError, UnicodeDecodeError):
                return []
            return [str(one) for one in table.get("dependencies", ())]
        if (folder / ".git").exists():
            break
    return []
