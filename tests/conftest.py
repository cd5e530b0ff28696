"""Fixtures that all tests share."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says more about the machine than about the code. What a pull request is judged by is the same
# for everybody and at each run; `make explore` looks at other inputs.
EXPLORE = bool(os.environ.get("APISPEC_EXPLORE"))
settings.register_profile("patient", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", settings.get_profile("patient"), derandomize=True, database=None)
settings.load_profile("patient" if EXPLORE else "repeatable")

GOLDEN = Path(__file__).parent / "golden"
REPOSITORY = Path(__file__).parent.parent

Golden = Callable[[str, str], None]

_used: set[Path] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files; read the diff before committing"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden("spec/quickstart.json", text)`: the text must equal the file below tests/golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        _used.add(path)
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        if not path.exists():
            pytest.fail(f"{path.relative_to(REPOSITORY)} does not exist; run pytest --update-golden and read it")
        before = path.read_text(encoding="utf-8")
        if before != text:
            diff = difflib.unified_diff(before.splitlines(), text.splitlines(), "golden", "now", lineterm="")
            pytest.fail(f"{path.relative_to(REPOSITORY)} differs:\n" + "\n".join(diff))

    return compare


@pytest.fixture
def repository() -> Path:
    """The top of the checkout."""
    return REPOSITORY


@pytest.fixture(autouse=True)
def _outside_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run each test in an empty folder, so that none reads or writes the checkout's files by accident."""
    monkeypatch.chdir(tmp_path)
    yield
