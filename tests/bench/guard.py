"""`apispec validate` and `apispec diff` on GitHub's REST description against other validators, in one run."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import apispec
from tests.bench.measure import best, cost, table
from tests.samples import CACHE, Unavailable, github

SCHEMA = Path(apispec.__file__).parent / "validation" / "schemas" / "openapi-3.0.json"
TOOLS = ("@redocly/cli@2.77.0", "@stoplight/spectral-cli@6.16.3")


def main() -> None:
    """Print CPU time and peak memory. Aim: validate within 5 times jsonschema-rs alone, diff of two editions within 2 s."""
    try:
        document, before, after = github(), github("ghes-3.18"), github("ghes-3.19")
    except Unavailable as reason:
        print(f"Guard: left out, {reason}")
        return
    program = [sys.executable, "-m", "apispec"]
    rows: list[list[object]] = [["GitHub, 13 MB", "CPU s", "peak MiB", "against apispec"]]
    own = best(3, [*program, "validate", str(document), "-o", "/dev/null", "--fail-on", "never"])
    rows.append(["apispec validate (all default rules)", own.cpu, own.memory, 1.0])
    alone = best(3, [sys.executable, "-c", _ALONE, str(document), str(SCHEMA)])
    rows.append(["jsonschema-rs alone, official schema", alone.cpu, alone.memory, alone.cpu / own.cpu])
    for name, command in _others(document):
        found = cost(command)
        rows.append([name, found.cpu, found.memory, found.cpu / own.cpu])
    table("Validating", rows)
    compared = best(3, [*program, "diff", str(before), str(after), "-o", "/dev/null", "--fail-on", "never"])
    compares = [["two editions of 11 MB", "CPU s", "peak MiB"], ["apispec diff", compared.cpu, compared.memory]]
    table("Comparing (redocly compares nothing)", compares)


_ALONE = """
import json, sys
import jsonschema_rs
document, schema = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
jsonschema_rs.validator_for(schema).is_valid(document)
"""
"""What validating by the official schema costs, reading and nothing else."""


def _others(document: Path) -> list[tuple[str, list[str]]]:
    """The other validators that can be had here, as commands that end with 0 whatever they find."""
    found = []
    shell = ["sh", "-c", '"$@" >/dev/null 2>&1; true', "sh"]
    found.append(("openapi-spec-validator", [*shell, sys.executable, "-m", "openapi_spec_validator", str(document)]))
    tools = _node_tools()
    if tools is not None:
        ruleset = Path(tempfile.mkdtemp()) / "ruleset.yaml"
        ruleset.write_text("extends: ['spectral:oas']\n", encoding="utf-8")
        found.append(("redocly lint", [*shell, str(tools / "redocly"), "lint", "--extends", "spec", str(document)]))
        found.append(
            ("spectral lint", [*shell, str(tools / "spectral"), "lint", "--ruleset", str(ruleset), str(document)])
        )
    return found


def _node_tools() -> Path | None:
    """The folder of redocly and spectral; None where npm cannot install them."""
    folder = CACHE / "validators"
    if not (folder / "node_modules" / ".bin" / "spectral").exists():
        if shutil.which("npm") is None:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *TOOLS]
        if subprocess.run(command, check=False, timeout=900).returncode:
            return None
    return folder / "node_modules" / ".bin"


if __name__ == "__main__":
    main()
