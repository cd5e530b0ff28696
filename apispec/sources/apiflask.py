"""APIFlask apps, which need another package of our name and so an interpreter of their own (`--python`).

What runs there is `apiflask_child`, alone: nothing of this package is on its path.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from apispec.documents import load
from apispec.errors import TargetError
from apispec.introspection import Failure, Options, Target, guard, libraries, tidy
from apispec.model import Introspection

NAME = "apiflask"
_CLASH = re.compile(r"from 'apispec[.']|No module named 'apispec[.']|module 'apispec[.']")
HINT = "--python names the interpreter of its environment; or: flask spec --output openapi.json, then give openapi.json"


def is_one(failure: Failure) -> bool:
    """Whether a target could not be imported because it is an APIFlask app."""
    clashes = bool(_CLASH.search(failure.message)) and "apiflask" in failure.through
    return clashes or "No module named 'apiflask'" in failure.message


def command(target: Target, options: Options, mode: str, out: str = "") -> list[str]:
    """What exports or serves an app.

    Raises:
        TargetError: No interpreter is named.
    """
    if not options.python:
        raise TargetError(
            "this is an APIFlask app, and APIFlask can't be installed beside apispec: both have a package of that name",
            where=target.place, hint=HINT,
        )  # fmt: skip
    file = target.file if target.is_path and "." not in target.module else ""
    job = {"module": target.module, "file": file, "folder": target.folder, "attribute": target.attribute, "out": out}
    return [options.python, "-P", str(Path(__file__).with_name("apiflask_child.py")), mode, json.dumps(job)]


def instead(failure: Failure, target: Target, options: Options) -> Introspection | None:
    """The Api of a target that could not be imported because it is an APIFlask app; None where it is none."""
    if is_one(failure):
        return introspect(target, options)
    if _CLASH.search(failure.message):
        _refuse(failure, target)
    return None


def _refuse(failure: Failure, target: Target) -> NoReturn:
    """Say why a target can't be imported beside us whose libraries need the other package of our name."""
    package = next((name for name in reversed(failure.through) if name not in ("apispec", target.module)), "")
    raise TargetError(
        f"it needs another package that is called apispec{f' (for {package})' if package else ''}, "
        "which can't be installed beside this one",
        where=failure.where,
        hint=libraries.advice_for(failure.through, module=target.module, file=target.place)
        or "have it write its own OpenAPI document, and give apispec that",
        details=failure.message,
    )


def introspect(target: Target, options: Options) -> Introspection:
    """The Api that an app's own document describes.

    Raises:
        TargetError: It can't be exported.
        DocumentError: What it makes is no OpenAPI document.
    """
    from apispec.sources.openapi import read

    with tempfile.TemporaryDirectory(prefix="apispec-", ignore_cleanup_errors=True) as folder:
        out = Path(folder, "openapi.json")
        outcome = guard.run(command(target, options, "export", str(out)), timeout_s=options.timeout_s)
        if not out.exists():
            reason = f"takes longer than {options.timeout_s:g} s" if outcome.timed_out else "fails"
            raise TargetError(
                f"reading this APIFlask app by {options.python} {reason}",
                where=target.place,
                hint="is apiflask installed there?",
                details=tidy(outcome.output, target).strip()[-2000:],
            )
        found = read(load(target.place, text=out.read_text(encoding="utf-8")))
    return replace(found, api=replace(found.api, source=NAME))
