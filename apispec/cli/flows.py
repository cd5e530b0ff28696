"""`--workflows` of `apispec prove`: Arazzo documents, read, judged, and bound to what is proven."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from apispec.cli.reading import counted, tell
from apispec.config import Config
from apispec.errors import FindingsError, UsageError
from apispec.findings import Finding, Severity

if TYPE_CHECKING:
    from apispec.model import Api
    from apispec.prove import Bound, Several

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def workflows_of(
    api: Api,
    target: str,
    config: Config,
    only: Sequence[str],
    skipped: Mapping[str, str],
    *,
    quiet: bool,
    verbose: bool,
) -> Several | None:
    """The workflows that a proof begins with; None where there are none.

    Args:
        api: What is proven.
        target: What it is called.
        config: Names the documents and the inputs.
        only: The workflows to run, and nothing else.
        skipped: Endpoints that are not to be called, with the reasons.
        quiet: Whether only errors are told.
        verbose: Whether everything is told.

    Raises:
        DocumentError: A document cannot be read.
        FindingsError: One has errors; they have been told.
        UsageError: What the options name is not there.
    """
    if not config.prove_workflows:
        if only:
            raise UsageError(f"--workflow {only[0]} is of no document", hint="--workflows FILE names it")
        if config.prove_inputs:
            raise UsageError("--input is for workflows", hint="--workflows FILE names them")
        return None
    from apispec.prove import Several, bind
    from apispec.workflows import read

    findings: list[Finding] = []
    inputs = _inputs(config)
    bound: list[Bound] = []
    known_ids: list[str] = []
    for file in config.prove_workflows:
        description = read(file, findings, allow_remote=config.allow_remote)
        if description is not None:
            there = [name for name in only if name in description.workflows]
            known_ids += description.workflows
            if there or not only:
                bound.append(bind(description, api, target, findings, only=there, inputs=inputs, skipped=skipped))
    tell(findings, quiet=quiet, verbose=verbose)
    bad = [one for one in findings if one.severity is Severity.ERROR]
    if bad:
        raise FindingsError(f"{counted(len(bad), 'error')} in the workflows", hint="nothing was called")
    missing = [name for name in only if name not in known_ids]
    if missing:
        raise UsageError(f"there is no workflow {missing[0]!r}", hint=f"there is {', '.join(known_ids)}")
    known = {name for one in bound for name in one.input_names()}
    lost = [name for name in inputs if name not in known]
    if lost:
        names = sorted(name for name in known if "." not in name)
        hint = f"there is {', '.join(names)}" if names else "they have none"
        raise UsageError(f"--input {lost[0]}: no workflow that is run has such an input", hint=hint)
    return Several(tuple(bound), alone=bool(only))


def _inputs(config: Config) -> dict[str, str]:
    found = {}
    for said in config.prove_inputs:
        name, equals, value = said.partition("=")
        if not equals:
            raise UsageError(f"--input {said}: there is no value", hint="write NAME=VALUE, or WORKFLOW.NAME=VALUE")
        unset = [variable for variable in _VARIABLE.findall(value) if variable not in os.environ]
        if unset:
            raise UsageError(f"--input {name}: {unset[0]} is not set", hint=f"export {unset[0]}=...")
        found[name.strip()] = _VARIABLE.sub(lambda match: os.environ[match[1]], value)
    return found
