"""What is asked of git: commits, where branches parted, names that files had; the work tree is never touched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from apispec.changes import git_settings
from apispec.errors import TargetError, UsageError


def run(
    *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """One git command in the current folder; it runs no program that the repository's settings name.

    Args:
        arguments: The command's.
        given: Its standard input.
        environment: Variables besides those of now.

    Raises:
        FileNotFoundError: There is no git.
    """
    variables = {**git_settings.variables(arguments), **(environment or {})}
    return subprocess.run(["git", *arguments], capture_output=True, check=False, env=variables, input=given)


def unified_diff(folder: str, before: str, now: str) -> bytes:
    """What two files of a folder differ in, without lines around it.

    Raises:
        FileNotFoundError: There is no git.
    """
    how = ("--no-index", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv")
    return run("-C", folder, "diff", *how, before, now).stdout


def commit(revision: str) -> str:
    """The commit a revision names.

    Raises:
        TargetError: There is none; a shallow clone is named as the likely reason.
    """
    if revision.startswith("-"):
        raise UsageError(f"{revision!r} is no revision")
    try:
        found = run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except FileNotFoundError:
        raise TargetError("git is not installed", hint="name two files instead") from None
    if found.returncode == 0:
        return found.stdout.decode("ascii").strip()
    if run("rev-parse", "--git-dir").returncode:
        raise TargetError("this is no git repository", where=revision, hint="name two files, or run in a clone")
    hint = (
        "the clone is shallow: check out with fetch-depth: 0, or fetch the base"
        if is_shallow()
        else "git fetch may bring it"
    )
    raise TargetError(f"there is no revision {revision!r}", hint=hint)


def is_shallow() -> bool:
    """Whether the clone lacks the older part of its history."""
    return run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def parted(revision: str) -> str:
    """The commit where what is checked out left a revision (`git merge-base`).

    A branch is judged by what it changed itself: what the other one gained meanwhile, it has not removed.

    Raises:
        TargetError: There is no such revision, or no such commit in this clone.
    """
    tip = commit(revision)
    found = run("merge-base", tip, "HEAD")
    if found.returncode == 0:
        return found.stdout.decode("ascii").split()[0]
    if is_shallow():
        hint = "the clone is shallow: `git fetch --unshallow` (fetch-depth: 0) brings the history; or `diff --base-tip`"
        raise TargetError(f"where this branch left {revision} is not in this clone", hint=hint)
    hint = "`diff --base-tip` compares with the revision as it is"
    raise TargetError(f"what is checked out has no history in common with {revision}", hint=hint)


def inside(path: str) -> str:
    """A path of now as the repository knows it: relative to the current folder, where links within it lead.

    Raises:
        TargetError: It lies outside of the repository, or in another one within it, such as a submodule.
    """
    folder = Path(path).parent
    top = _line("rev-parse", "--show-toplevel")
    if not top or not folder.is_dir():
        return path
    real, root = folder.resolve(), Path(top).resolve()
    if not real.is_relative_to(root):
        raise TargetError("it lies outside of this repository", where=path, hint="run in the repository it is part of")
    own = _line("-C", str(real), "rev-parse", "--show-toplevel")
    if own and Path(own).resolve() != root:
        kind = "a submodule or another repository"
        hint = f"run in {folder.as_posix()}, with a revision of that repository"
        raise TargetError(f"it is part of {kind} within this one", where=path, hint=hint)
    target = Path(path).resolve()
    found = target if target.is_relative_to(root) else real / Path(path).name
    return Path(os.path.relpath(found, Path.cwd().resolve())).as_posix()


def has(at: str, path: str) -> bool:
    """Whether a commit has a file or folder, relative to the current folder."""
    return _entry(at, path, "--batch-check") is not None


def content(at: str, path: str) -> bytes | None:
    """What a file holds in a commit, links followed within the repository; None where it has no such file."""
    return _entry(at, path, "--batch")


def _entry(at: str, path: str, how: str) -> bytes | None:
    name = Path(os.path.normpath(path)).as_posix()
    if "\n" in name:
        return None
    asked = f"{at}:./{name}\n".encode("utf-8", "surrogateescape")
    head, _, rest = run("cat-file", how, "--follow-symlinks", given=asked).stdout.partition(b"\n")
    found = re.fullmatch(rb"[0-9a-f]{40,64} (blob|tree) (\d+)", head)
    if found is None or (how == "--batch" and found[1] != b"blob"):
        return None
    return rest[: int(found[2])]


def _line(*arguments: str) -> str:
    return run(*arguments).stdout.decode("utf-8", "surrogateescape").strip("\n")


def former_name(at: str, path: str) -> str:
    """What a file (or folder) of now was called in an older commit; empty where it is new, and where it has its name.

    Args:
        at: The commit.
        path: Relative to the current folder, as is the answer.
    """
    prefix = _line("rev-parse", "--show-prefix")
    wanted = Path(os.path.normpath(prefix + path)).as_posix()
    old = _renamed_at_once(at, wanted) or _renamed_step_by_step(at, wanted)
    return Path(os.path.relpath(old, prefix or ".")).as_posix() if old else ""


def _renamed_at_once(at: str, wanted: str) -> str:
    """By comparing the commit with the files of now, those that git has not been told of included."""
    index = _line("rev-parse", "--git-path", "index")
    top = _line("rev-parse", "--show-toplevel")
    with tempfile.TemporaryDirectory(prefix="apispec-") as folder:
        own = Path(folder, "index")
        if Path(index).exists():
            shutil.copyfile(index, own)
        variables = {"GIT_INDEX_FILE": str(own)}
        run("-C", top, "add", "--intent-to-add", "--", wanted, environment=variables)
        listed = run(
            "-C", top, "diff", "-M", "-l0", "--name-status", "-z", "--diff-filter=R", "--no-ext-diff", "--no-textconv",
            "--ignore-submodules=all", at, environment=variables,
        )  # fmt: skip
    fields = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
    return _former(list(zip(fields[1::3], fields[2::3], strict=False)), wanted)


def _renamed_step_by_step(at: str, wanted: str) -> str:
    """By the commits since: a file that was edited much was renamed in small steps, perhaps."""
    listed = run(
        "-C", _line("rev-parse", "--show-toplevel"), "log",
        "--follow", "-M", "--format=", "--name-status", "-z", "--no-ext-diff", "--no-textconv", f"{at}..HEAD", "--",
        wanted,
    )  # fmt: skip
    fields = [field for field in listed.stdout.decode("utf-8", "surrogateescape").split("\0") if field]
    name, position = wanted, 0
    while position < len(fields):
        if fields[position].strip()[:1] == "R":
            name = fields[position + 1] if fields[position + 2 : position + 3] == [name] else name
            position += 3
        else:
            position += 2
    return name if name != wanted else ""


def _former(pairs: list[tuple[str, str]], wanted: str) -> str:
    """The old name among renames; a folder was renamed where files in it were."""
    for old, new in pairs:
        if new == wanted:
            return old
        inside = new.removeprefix(wanted + "/")
        if inside != new and old.endswith("/" + inside):
            return old.removesuffix("/" + inside)
    return ""
