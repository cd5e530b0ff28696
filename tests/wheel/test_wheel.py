"""The wheel as it is installed, reading targets by interpreters of other environments: `make wheel-test`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ENVIRONMENTS = os.environ.get("APISPEC_WHEEL", "")
REPOSITORY = Path(__file__).parents[2]
TARGETS = sorted(path.stem for path in (Path(__file__).parent / "targets").glob("*.txt"))
APPS = Path(__file__).parent / "targets" / "apps"

pytestmark = pytest.mark.skipif(not ENVIRONMENTS, reason="make wheel-test")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment with the wheel of now."""
    folder = tmp_path_factory.mktemp("wheel")
    python = Path(ENVIRONMENTS, "own", "bin", "python")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(folder), str(REPOSITORY)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = [python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return python


@pytest.fixture
def apps(tmp_path: Path) -> Path:
    """Copies of the apps, away from this repository."""
    return Path(shutil.copytree(APPS, tmp_path / "apps"))


def ran(own: Path, apps: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(own), "-P", "-m", "apispec", *arguments]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(command, cwd=apps, env=environment, capture_output=True, text=True, timeout=120, check=False)


def document(own: Path, apps: Path, app: str, target: str) -> tuple[dict[str, Any], str]:
    python = str(Path(ENVIRONMENTS, target, "bin", "python"))
    found = ran(own, apps, "spec", app, "--python", python)
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout), found.stderr


def test_it_is_the_installed_wheel(own: Path, apps: Path) -> None:
    shown = subprocess.run(
        [own, "-P", "-c", "import apispec; print(apispec.__file__)"],
        cwd=apps,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.startswith(ENVIRONMENTS)


@pytest.mark.parametrize("app", ["plain.py", "models.py"])
def test_every_environment_makes_the_same_operations(own: Path, apps: Path, app: str) -> None:
    here = json.loads(ran(own, apps, "spec", app).stdout)
    for target in TARGETS:
        made, said = document(own, apps, app, target)
        assert made["paths"].keys() == here["paths"].keys(), target
        assert ("without importing" in said) == (target in ("none", "pydantic-1.10")), (target, said)
        for path, item in here["paths"].items():
            for method, operation in item.items():
                there = made["paths"][path][method]
                assert there["operationId"] == operation["operationId"]
                assert there.get("requestBody", {}).keys() == operation.get("requestBody", {}).keys()
        assert made["components"]["schemas"].keys() == here["components"]["schemas"].keys(), target


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "none"])
def test_a_web_app_is_read_by_its_own_libraries(own: Path, apps: Path, target: str) -> None:
    made, said = document(own, apps, "web.py", target)
    assert made["paths"]["/pets"]["post"]["operationId"] == "add_pets_post", said
    assert made["components"]["schemas"]["Pet"]["required"] == ["name"]


def test_what_is_not_there_is_said(own: Path, apps: Path) -> None:
    found = ran(own, apps, "spec", "web.py", "--python", str(Path(ENVIRONMENTS, "none", "bin", "python")))
    assert found.returncode == 2 and found.stdout == ""
    assert "fastapi" in found.stderr and "Traceback" not in found.stderr


@pytest.mark.parametrize("target", ["pydantic-2.7", "pydantic-2.10"])
def test_the_function_that_runs_sees_its_own_pydantic(own: Path, apps: Path, target: str) -> None:
    version = (Path(__file__).parent / "targets" / f"{target}.txt").read_text().split("pydantic==")[1].strip()
    python = str(Path(ENVIRONMENTS, target, "bin", "python"))
    (apps / "seen.py").write_text(
        "import pydantic\n\n\ndef which(seen: str = pydantic.VERSION) -> str:\n    return seen\n", encoding="utf-8"
    )
    found = ran(own, apps, "spec", "seen.py", "--python", python)
    assert found.returncode == 0 and version in found.stdout, found.stderr
