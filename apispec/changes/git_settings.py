"""What git may do while it is asked for something: no program runs that a repository's own settings name.

A checkout brings no `.git/config`, an unpacked archive, a shared folder or a restored cache may. Settings of the user
and of the system stand (`git-lfs` is usually one of those). Here: the variables for git's process. Not here: the
commands, which leave out outside programs for differences themselves (`--no-ext-diff`, `--no-textconv`).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping

_ALWAYS = {
    "core.fsmonitor": "",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "log.showSignature": "false",
    "protocol.ext.allow": "never",
    "safe.bareRepository": "explicit",
    "submodule.recurse": "false",
}
"""`safe.bareRepository`: files of a checkout can look like a bare repository with settings and a history of its own."""

_FILTER = re.compile(r"filter\..*\.(clean|smudge|process|required)", re.DOTALL)
_TRANSPORT = re.compile(
    r"core\.(sshcommand|gitproxy|askpass)|credential\..*|protocol\..*|remote\..*\.(uploadpack|vcs)", re.DOTALL
)
"""Settings that name programs for fetching, which a clone without all objects does unasked."""


def variables(arguments: tuple[str, ...]) -> dict[str, str]:
    """Environment variables for one git command.

    Args:
        arguments: Of the command; a leading `-C FOLDER` says which repository's settings are judged.
    """
    made = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    made = with_settings(made, _ALWAYS)
    where = arguments[:2] if arguments[:1] == ("-C",) else ()
    own = _own_keys(where, made)
    emptied = {key: "false" if key.endswith(".required") else "" for key in own if _FILTER.fullmatch(key)}
    if any(_TRANSPORT.fullmatch(key) for key in own):
        made["GIT_ALLOW_PROTOCOL"] = "none"
    return with_settings(made, emptied)


def with_settings(environment: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """Variables that set git's settings, after those that are set this way already."""
    made = dict(environment)
    count = int(made["GIT_CONFIG_COUNT"]) if made.get("GIT_CONFIG_COUNT", "").isdigit() else 0
    for number, (key, value) in enumerate(settings.items(), start=count):
        made[f"GIT_CONFIG_KEY_{number}"], made[f"GIT_CONFIG_VALUE_{number}"] = key, value
    made["GIT_CONFIG_COUNT"] = str(count + len(settings))
    return made


def _own_keys(where: tuple[str, ...], environment: Mapping[str, str]) -> list[str]:
    """The names of the settings that the repository has itself, included files too; reading them runs nothing."""
    listed = subprocess.run(
        ["git", *where, "config", "--list", "--show-scope", "--name-only", "--null"],
        capture_output=True, check=False, env=environment,
    )  # fmt: skip
    fields = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
    return [key for scope, key in zip(fields[::2], fields[1::2], strict=False) if scope in ("local", "worktree")]
