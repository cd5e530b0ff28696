"""The two sides of a comparison from files, standard input and git; the work tree is never touched."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apispec.documents import Document, load
from apispec.errors import DocumentError, TargetError, UsageError

_SUFFIXES = (".json", ".yaml", ".yml")


def is_document(name: str) -> bool:
    """Whether a name is that of a document and not of an app."""
    return name == "-" or name.startswith(("http://", "https://")) or name.lower().endswith(_SUFFIXES)


def revision_of(side: str) -> tuple[str, str] | None:
    """Revision and path of `origin/main:openapi.json`; None for files, apps (`app.py:app`) and addresses.

    What follows the colon must look like a path to a file, and what stands before it must not be one.
    """
    revision, colon, path = side.partition(":")
    if not colon or not path or Path(side).exists() or side.startswith(("http://", "https://")):
        return None
    if len(revision) == 1 and path[:1] in ("\\", "/"):  # C:\openapi.json
        return None
    looks_like_file = path.lower().endswith((*_SUFFIXES, ".py"))
    return (revision, path) if looks_like_file and not Path(revision).is_file() else None


def read_revision(revision: str, path: str, *, allow_remote: bool = False) -> Document:
    """A document as a git revision has it; the files it refers to are taken from the same revision.

    Raises:
        TargetError: There is no repository, no such revision, or no such file in it.
    """
    commit = _commit(revision)

    def content(name: str) -> bytes:
        inner = name.removeprefix(f"{revision}:")
        relative = Path(os.path.normpath(inner)).as_posix()
        found = _git("show", f"{commit}:./{relative}")
        if found.returncode:
            raise DocumentError(f"{revision} has no such file", where=inner)
        return found.stdout

    try:
        return load(f"{revision}:{path}", read=content, allow_remote=allow_remote)
    except DocumentError as error:
        hint = "paths are relative to the current folder"
        raise TargetError(error.message, where=f"{revision}:{path}", hint=hint) from None


def is_new(revision: str, path: str) -> bool:
    """Whether a file (or folder) is there now, and a git revision has none of that name.

    Raises:
        TargetError: There is no repository or no such revision.
    """
    name = Path(os.path.normpath(path)).as_posix()
    return Path(path).exists() and _git("cat-file", "-e", f"{_commit(revision)}:./{name}").returncode != 0


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """The files of a revision in a folder of their own, at the place of the current folder; gone afterwards.

    Args:
        revision: A git revision; empty for the files of now, uncommitted changes included.

    Raises:
        TargetError: There is no repository or no such revision.
    """
    top = _git("rev-parse", "--show-toplevel")
    if top.returncode:
        raise TargetError("this is no git repository", where=str(Path.cwd().name), hint="run in a clone")
    root = Path(top.stdout.decode("utf-8", "surrogateescape").strip())
    with tempfile.TemporaryDirectory(prefix="apispec-") as name:
        folder = Path(name)
        if revision:
            _extract(root, _commit(revision), folder)
        else:
            _copy(root, folder)
        inner = folder / Path.cwd().resolve().relative_to(root.resolve())
        if not inner.is_dir():
            raise TargetError(f"{revision} has no such folder", where=str(Path.cwd().name))
        yield inner


def _extract(root: Path, commit: str, folder: Path) -> None:
    archive = subprocess.run(["git", "-C", str(root), "archive", commit], capture_output=True, check=False)
    if archive.returncode:
        raise TargetError(f"git cannot read {commit}: {archive.stderr.decode('utf-8', 'replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")


def _copy(root: Path, folder: Path) -> None:
    """Tracked files and new ones that are not ignored, as they are now."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode("utf-8", "surrogateescape").split("\0"):
        source = root / name
        if name and source.is_file() and not source.is_symlink():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def _commit(revision: str) -> str:
    """The commit a revision names.

    Raises:
        TargetError: There is none; a shallow clone is named as the likely reason.
    """
    if revision.startswith("-"):
        raise UsageError(f"{revision!r} is no revision")
    try:
        found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except FileNotFoundError:
        raise TargetError("git is not installed", hint="name two files instead") from None
    if found.returncode == 0:
        return found.stdout.decode("ascii").strip()
    if _git("rev-parse", "--git-dir").returncode:
        raise TargetError("this is no git repository", where=f"{revision}:", hint="name two files, or run in a clone")
    shallow = _git("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    hint = (
        "the clone is shallow: check out with fetch-depth: 0, or fetch the base"
        if shallow
        else "git fetch may bring it"
    )
    raise TargetError(f"there is no revision {revision!r}", hint=hint)


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    return subprocess.run(["git", *arguments], capture_output=True, check=False, env=environment)
