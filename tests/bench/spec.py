"""`apispec spec` against FastAPI's registration and `app.openapi()` for the same functions."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.functions import source
from tests.bench.measure import cost, table

FASTAPI = """
import inspect, json, sys
import fastapi
import functions
app = fastapi.FastAPI()
for name, function in vars(functions).items():
    if name.startswith("function_"):
        app.post("/" + name)(function)
print(json.dumps(app.openapi()))
"""

MODEL = """
import resource, sys
import functions
from apispec.introspection import describe
def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
start = cpu()
describe(functions)
print(cpu() - start, file=sys.stderr)
"""


def main(sizes: tuple[int, ...] = (10, 100, 1_000, 10_000)) -> None:
    """Print CPU seconds and ratios. Aim: faster than FastAPI at every size, and linear."""
    rows: list[list[object]] = [
        [
            "functions",
            "apispec CPU s",
            "no samples",
            "MiB",
            "FastAPI CPU s",
            "MiB",
            "times faster",
            "model CPU s",
            "functions/s",
            "MiB",
        ]
    ]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "functions.py").write_text(source(size), encoding="utf-8")
            (place / "with_fastapi.py").write_text(FASTAPI, encoding="utf-8")
            (place / "model.py").write_text(MODEL, encoding="utf-8")
            ours = cost([sys.executable, "-m", "apispec", "spec", "functions.py"], folder=place)
            bare = cost([sys.executable, "-m", "apispec", "spec", "functions.py", "--no-code-samples"], folder=place)
            theirs = cost([sys.executable, "with_fastapi.py"], folder=place)
            imported = cost([sys.executable, "-c", "import functions; import apispec.model"], folder=place)
            model = cost([sys.executable, "model.py"], folder=place)
            stage = model.cpu - imported.cpu
            rows.append(
                [
                    size,
                    ours.cpu,
                    bare.cpu,
                    ours.memory,
                    theirs.cpu,
                    theirs.memory,
                    theirs.cpu / ours.cpu,
                    stage,
                    size / max(stage, 1e-9),
                    model.memory,
                ]
            )
    table("apispec spec against FastAPI", rows)
