"""The only place that writes: a folder of generated files, or one generated file, whole or not at all.

A folder is built beside the one it replaces and then swapped with it, so that readers see the old site or the new one
and a build that fails or is killed leaves the old one as it was. `MANIFEST` in the folder lists what was generated,
with hashes; everything else in the folder is the user's and stays. What the files hold is decided elsewhere
(`rendering`, `site`); nothing is printed here.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NoReturn

from apispec import machine
from apispec.errors import OutputError

MANIFEST = ".apispec.json"
"""The marker file: `{"generator": "apispec", "files": {path: SHA-256}}`."""

HARMLESS = frozenset({".git", ".gitignore", ".gitattributes", ".gitkeep"})
"""What may be in a folder that has no manifest yet: things that git needs; they stay."""

Content = str | bytes
"""A file's content; text is written as UTF-8 with `\\n` line ends."""


def write(files: Mapping[str, Content], folder: Path) -> None:
    """Make `folder` hold exactly these generated files, beside whatever the user put there.

    Files of the last build that are not generated any more are removed, unless they were edited since.

    Args:
        files: Content by path relative to the folder, with forward slashes.
        folder: Where; it and its parents are made if need be.

    Raises:
        OutputError: The folder was not written by apispec, a file would replace one that apispec did not write, or
            the folder can't be written.
    """
    contents = {path: _bytes(content) for path, content in files.items()}
    _check_paths(contents)
    folder = _real(folder)
    if not folder.name:
        raise OutputError(
            "the root of a file system can't be replaced", where=str(folder), hint="name a folder inside it with --out"
        )
    with _explained(folder), _locked(folder):
        _recover(folder)
        known = _known(folder)
        _check_collisions(contents, folder, known)
        fresh = folder.with_name(f".{folder.name}.apispec-new")
        _remove_folder(fresh)
        try:
            fresh.mkdir(mode=0o700 if folder.exists() else 0o777)
            for path, data in {**contents, MANIFEST: _manifest(contents)}.items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_bytes(data)
            if folder.exists():
                _keep_foreign(folder, fresh, known)
            _swap(fresh, folder)
        finally:
            _remove_folder(fresh)


def stale(files: Mapping[str, Content], folder: Path) -> str:
    """What `write` would change, as a unified diff; empty if nothing. Writes nothing.

    Raises:
        OutputError: The folder was not written by apispec, or can't be read.
    """
    folder = _real(folder)
    with _explained(folder):
        known = _known(folder)
        gone = [path for path, digest in known.items() if path not in files and _is_as_written(folder / path, digest)]
        parts = [_diff(path, _read(folder / path), _bytes(content)) for path, content in files.items()]
        parts += [_diff(path, _read(folder / path), None) for path in gone]
    return "".join(parts)


def write_file(content: Content, path: Path) -> None:
    """Replace one file in one step; a device or a pipe (`/dev/null`) is written into.

    Raises:
        OutputError: The file can't be written.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with _explained(path), path.open("wb") as stream:
            stream.write(_bytes(content))
        return
    path = _real(path)
    with _explained(path), _locked(path):
        fresh = path.with_name(f".{path.name}.apispec-new")
        try:
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600 if path.exists() else 0o666)
            fresh.write_bytes(_bytes(content))
            if path.exists():
                shutil.copymode(path, fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def stale_file(content: Content, path: Path) -> str:
    """What `write_file` would change, as a unified diff; empty if nothing. Writes nothing.

    Raises:
        OutputError: The file can't be read.
    """
    path = _real(path)
    with _explained(path):
        return _diff(path.name, _read(path), _bytes(content))


def _bytes(content: Content) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _real(path: Path) -> Path:
    """Without symbolic links: what they point to is replaced, the links stay."""
    return Path(os.path.realpath(path))


def _check_paths(files: Mapping[str, bytes]) -> None:
    """Generated paths stay inside the folder and are apart on file systems that ignore case."""
    seen: dict[str, str] = {}
    for path in files:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in parts[0] or "\0" in path:
            raise OutputError("a generated path leaves the folder", where=repr(path))
        if parts[0] in HARMLESS or path == MANIFEST:
            raise OutputError("a generated file would replace one that is kept", where=path)
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise OutputError(f"two generated files differ in case only: {other} and {path}")


def _check_collisions(files: Mapping[str, bytes], folder: Path, known: Mapping[str, str]) -> None:
    """Generated files only replace generated files, even edited ones."""
    for path in files:
        if path not in known and os.path.lexists(folder / path) and not _is_same(_read(folder / path), files[path]):
            raise OutputError(
                "a generated file would replace one that apispec did not write",
                where=str(folder / path),
                hint="move it elsewhere, or name another folder with --out",
            )


def _manifest(files: Mapping[str, bytes]) -> bytes:
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    return (json.dumps({"generator": "apispec", "files": digests}, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _known(folder: Path) -> dict[str, str]:
    """What apispec wrote into the folder: path → SHA-256; empty for a new or empty folder.

    Raises:
        OutputError: The folder holds files and no manifest.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise OutputError("is a file, not a folder", where=str(folder), hint="name another folder with --out")
    if not (folder / MANIFEST).exists():
        foreign = sorted(entry.name for entry in folder.iterdir() if entry.name not in HARMLESS)
        if foreign:
            raise OutputError(
                f"the folder was not written by apispec: it has no {MANIFEST}, but {_some(foreign)}",
                where=str(folder),
                hint="name a new or empty folder with --out, or remove this one yourself",
            )
        return {}
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {str(path): str(digest) for path, digest in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(
            f"the list of generated files can't be read: {error}",
            where=str(folder / MANIFEST),
            hint="remove the folder yourself if everything in it was generated",
        ) from error


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _keep_foreign(old: Path, fresh: Path, known: Mapping[str, str]) -> None:
    """Bring along what apispec did not write, as hard links where the file system has them, and the modes of folders.

    Raises:
        OSError: A folder can't be read; what it holds would be lost.
    """
    folders: list[tuple[Path, Path]] = []
    for directory, names, file_names in os.walk(old, onerror=_unreadable):
        links = [name for name in names if (Path(directory) / name).is_symlink()]
        here = fresh / Path(directory).relative_to(old)
        if not names and not file_names and Path(directory) != old:
            here.mkdir(parents=True, exist_ok=True)
        folders.append((Path(directory), here))
        for name in [*file_names, *links]:
            source = Path(directory) / name
            path = source.relative_to(old).as_posix()
            target = fresh / path
            if os.path.lexists(target) or (path in known and _is_as_written(source, known[path])):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, target, follow_symlinks=False)
            except OSError:  # the file system has no hard links
                shutil.copy2(source, target, follow_symlinks=False)
    for source, target in reversed(folders):  # `fresh` is private until all is as it was
        if target.is_dir():
            _like(source, target)


def _like(source: Path, target: Path) -> None:
    """Give a folder the owner, the mode and the access list of another."""
    kept = source.stat()
    if hasattr(os, "chown") and (kept.st_uid, kept.st_gid) != (os.geteuid(), os.getegid()):
        with contextlib.suppress(OSError):  # not ours to give away
            os.chown(target, kept.st_uid, kept.st_gid)
    shutil.copystat(source, target)
    os.utime(target)


def _unreadable(error: OSError) -> NoReturn:
    raise error


def _remove_folder(path: Path) -> None:
    """Remove a folder of ours, also where folders in it do not let themselves be changed."""
    if not path.is_dir():
        return
    for directory, names, _ in os.walk(path):
        for name in [".", *names]:
            inner = Path(directory, name)
            if not inner.is_symlink():
                with contextlib.suppress(OSError):
                    inner.chmod(stat.S_IMODE(inner.stat().st_mode) | stat.S_IRWXU)
    shutil.rmtree(path, ignore_errors=True)


def _swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; what was there is then at `fresh`."""
    if not folder.exists():
        fresh.rename(folder)
    elif not machine.exchange(fresh, folder):
        aside = _aside(folder)
        folder.rename(aside)
        try:
            fresh.rename(folder)
        except BaseException:
            aside.rename(folder)
            raise
        aside.rename(fresh)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.apispec-old")


def _recover(folder: Path) -> None:
    """Put back the folder that a writer killed in the middle of `_swap` had put aside."""
    aside = _aside(folder)
    if aside.exists() and not folder.exists():
        aside.rename(folder)
    _remove_folder(aside)


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    """One writer beside this target at a time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with machine.locked(target.parent):
        yield


@contextlib.contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Say what an error of the operating system means for the user."""
    try:
        yield
    except OSError as error:
        hint = "name another place, or make this one writable"
        if target.is_dir() and os.path.ismount(target):
            hint = "a mount point can't be swapped; name a folder inside it"
        raise OutputError(f"can't be written: {error.strerror or error}", where=str(target), hint=hint) from error


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _is_as_written(path: Path, digest: str) -> bool:
    """Whether a regular file's content has this SHA-256, as it is or with the line ends that it was written with."""
    if path.is_symlink() or not path.is_file():
        return False
    data = path.read_bytes()
    return digest in (hashlib.sha256(data).hexdigest(), hashlib.sha256(_unix(data)).hexdigest())


def _is_same(old: bytes | None, new: bytes | None) -> bool:
    """Whether two files are the same; a checkout may have given a text the line ends of Windows."""
    return old == new or (old is not None and new is not None and _unix(old) == _unix(new))


def _unix(data: bytes) -> bytes:
    return data if b"\0" in data else data.replace(b"\r\n", b"\n")


def _diff(path: str, old: bytes | None, new: bytes | None) -> str:
    """A unified diff; files that are no UTF-8 text are named only."""
    if _is_same(old, new):
        return ""
    before, after = ("/dev/null" if old is None else f"a/{path}"), ("/dev/null" if new is None else f"b/{path}")
    try:
        old_lines, new_lines = (_unix(data or b"").decode("utf-8").splitlines(keepends=True) for data in (old, new))
    except UnicodeDecodeError:
        return f"Binary files {before} and {after} differ\n"
    return "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old_lines, new_lines, before, after)
    )
