"""What an interpreter made for the occasion has to be given besides apispec, so that a target can be imported."""

from __future__ import annotations

from pathlib import Path

_LIBRARIES = {"fastapi": "fastapi", "gradio": "gradio", "starlette": "starlette", "litestar": "litestar",
              "django-ninja": "django-ninja", "apiflask": "apiflask"}  # fmt: skip


def uvx_options(target: str, source: str) -> list[str]:
    """Options of uvx that bring what a Python file imports: its project, or its requirements file, else its library.

    Args:
        target: A Python file, with or without `:attribute`; anything else needs nothing.
        source: What the Api was read from.
    """
    path = Path(target.partition(":")[0] if ".py" in target else target)
    if path.suffix != ".py":
        return []
    for folder in (path.absolute().parent, *path.absolute().parent.parents):
        requirements = folder / "requirements.txt"
        if requirements.is_file():
            return ["--with-requirements", str(requirements)]
        project = folder / "pyproject.toml"
        if project.is_file() and "[project]" in project.read_text(encoding="utf-8", errors="replace"):
            return ["--with", str(folder)]
        if (folder / ".git").exists():
            break
    return ["--with", _LIBRARIES[source]] if source in _LIBRARIES else []
