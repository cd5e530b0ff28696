"""What was made of the same input before, kept on this computer by what it was made of. It saves time and no more."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from apispec.version import __version__

Content = str | bytes


def key(*parts: str | bytes) -> str:
    """A name for what is made of these parts by this edition of apispec and Python."""
    found = hashlib.sha256()
    for part in (__version__, sys.version, _ourselves(), *parts):
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


@lru_cache(maxsize=1)
def _ourselves() -> str:
    """Which edition of apispec this is: whoever works on it, or mends it in place, has another one each time."""
    from apispec.templating import templates_dir

    files = (file for place in (Path(__file__).parents[1], templates_dir()) for file in place.rglob("*.*"))
    stamps = ((str(f), f.stat()) for f in files if f.suffix != ".pyc")
    return repr(sorted((name, about.st_size, about.st_mtime_ns) for name, about in stamps))


def key_of_files(files: Mapping[str, Content]) -> str:
    """A name for files."""
    return key(*(part for path in sorted(files) for part in (path, files[path])))


def stored(name: str, make: Callable[[], bytes]) -> bytes:
    """What was kept under a name, or what is made now and kept. A place that cannot be read or written is none."""
    folder = _folder()
    try:
        return (folder / name).read_bytes()
    except OSError:
        content = make()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(content)
        Path(file.name).replace(folder / name)
    except OSError:
        pass  # the next build takes as long as this one
    return content


def stored_files(name: str, make: Callable[[], Mapping[str, Content]]) -> dict[str, bytes]:
    """The same for files by path."""

    def packed() -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for path, content in _bytes(make().items()):
                archive.writestr(zipfile.ZipInfo(path), content)
        return buffer.getvalue()

    try:
        with zipfile.ZipFile(io.BytesIO(stored(f"{name}.zip", packed))) as archive:
            return {path: archive.read(path) for path in archive.namelist()}
    except zipfile.BadZipFile:  # it was cut off, or is somebody else's
        return dict(_bytes(make().items()))


def _bytes(files: Iterable[tuple[str, Content]]) -> Iterable[tuple[str, bytes]]:
    for path, content in files:
        yield path, content.encode("utf-8") if isinstance(content, str) else content


def _folder() -> Path:
    given = os.environ.get("APISPEC_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "apispec" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/apispec"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "apispec"
