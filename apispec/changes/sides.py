"""The two sides of a comparison from files, standard input and git; the work tree is never touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from apispec.changes import git
from apispec.documents import Document, load
from apispec.errors import DocumentError, TargetError

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


@dataclass(frozen=True)
class Edition:
    """A file (or app) as a git revision has it."""

    name: str
    """As it is called in reports: `main:openapi.json`."""
    commit: str
    path: str
    """Its name there, which may be another one than now; empty where the revision has nothing of the kind."""
    note: str = ""
    """What a reader should know: another commit or name than the one that was asked for."""


def edition(revision: str, path: str, *, of_now: bool, tip: bool = False) -> Edition:
    """Find a file in a revision, under the name that it had there.

    Args:
        revision: A git revision.
        path: The file, as it is called now.
        of_now: Whether it is compared with the file of now: then the commit is the one where the two parted, and the
            file may have had another name.
        tip: Whether the revision itself is meant all the same.

    Raises:
        TargetError: There is no repository or no such revision, or the file is part of another repository.
    """
    found = git.commit(revision)
    notes = []
    if of_now and not tip:
        base = git.parted(revision)
        if base != found:
            notes.append(
                f"Compared with {base[:12]}, where this branch left {revision}; `diff --base-tip` takes its tip."
            )
        found = base
    name = path if not Path(path).is_absolute() and git.has(found, path) else git.inside(path)
    if not git.has(found, name):
        name = git.former_name(found, name) if of_now and Path(path).exists() else ""
        if name:
            notes.append(f"{path} was called {name} in {revision}.")
    return Edition(f"{revision}:{name or path}", found, name, " ".join(notes))


def read_edition(side: Edition, *, allow_remote: bool = False) -> Document:
    """A document as a git revision has it; the files it refers to are taken from the same revision.

    Raises:
        TargetError: There is no such file.
    """
    revision = side.name.removesuffix(f":{side.path}")

    def content(name: str) -> bytes:
        inner = name.removeprefix(f"{revision}:")
        found = git.content(side.commit, inner)
        if found is None:
            raise DocumentError(f"{revision} has no such file", where=inner, hint="paths are relative to the document")
        return found

    try:
        return load(side.name, read=content, allow_remote=allow_remote)
    except DocumentError as error:
        hint = "paths are relative to the current folder"
        raise TargetError(error.message, where=side.name, hint=hint) from None


def text_of(side: Edition) -> str | None:
    """The text of a file as a git revision has it; None where it has none."""
    found = git.content(side.commit, side.path) if side.path else None
    return found.decode("utf-8", "replace") if found is not None else None


def tags(pattern: str) -> list[str]:
    """The git tags that match a pattern such as `v*`, in the order of their versions.

    Raises:
        TargetError: There is no repository.
    """
    listed = git.run("tag", "--list", "--sort=version:refname", "--", pattern)
    if listed.returncode:
        raise TargetError("this is no git repository", where=str(Path.cwd().name), hint="run in a clone")
    return listed.stdout.decode("utf-8", "surrogateescape").split()


def tree_of(revision: str) -> str:
    """The id of a revision's tree: the same for the same files.

    Raises:
        TargetError: There is no repository or no such revision.
    """
    return git.run("rev-parse", f"{git.commit(revision)}^{{tree}}").stdout.decode("ascii").strip()


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """The files of a revision in a folder of their own, at the place of the current folder; gone afterwards.

    Args:
        revision: A git revision; empty for the files of now, uncommitted changes included.

    Raises:
        TargetError: There is no repository or no such revision.
    """
    top = git.run("rev-parse", "--show-toplevel")
    if top.returncode:
        raise TargetError("this is no git repository", where=str(Path.cwd().name), hint="run in a clone")
    root = Path(top.stdout.decode("utf-8", "surrogateescape").strip())
    with tempfile.TemporaryDirectory(prefix="apispec-") as name:
        folder = Path(name)
        if revision:
            _extract(root, git.commit(revision), folder)
        else:
            _copy(root, folder)
        inner = folder / Path.cwd().resolve().relative_to(root.resolve())
        if not inner.is_dir():
            raise TargetError(f"{revision} has no such folder", where=str(Path.cwd().name))
        yield inner


def _extract(root: Path, commit: str, folder: Path) -> None:
    """All files of a commit, as a checkout has them; `git archive` would leave out and rewrite what attributes say."""
    with tempfile.TemporaryDirectory(prefix="apispec-") as name:
        own = {"GIT_INDEX_FILE": str(Path(name, "index"))}
        for arguments in (("read-tree", commit), ("checkout-index", "--all", "--quiet", f"--prefix={folder}{os.sep}")):
            done = git.run("-C", str(root), *arguments, environment=own)
            if done.returncode:
                raise TargetError(f"git cannot read {commit}: {done.stderr.decode('utf-8', 'replace').strip()}")
    _without_outer_links(folder)


def _without_outer_links(folder: Path) -> None:
    """Remove links that lead out of the folder, as they are left out of the files of now."""
    for parent, folders, files in os.walk(folder):
        for link in (Path(parent, name) for name in (*folders, *files)):
            if link.is_symlink() and (link.readlink().is_absolute() or not _is_within(link, folder)):
                link.unlink()


def _is_within(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _copy(root: Path, folder: Path) -> None:
    """Tracked files and new ones that are not ignored, as they are now."""
    listed = git.run("-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed.check_returncode()
    for name in listed.stdout.decode("utf-8", "surrogateescape").split("\0"):
        source = root / name
        if name and source.is_file() and not source.is_symlink():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
