"""Whatever a target prints, closes or duplicates while it is imported, its address arrives; what fails says why."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from apispec.errors import TargetError
from apispec.prove.proving import hosted

NOISY = """
import os, sys
print("loading")
print("http://127.0.0.1:1")
os.write(1, b"raw\\n")
spare = os.dup(1)
sys.stdout.close()
sys.stderr.close()
os.closerange(0, 64)
os.environ.clear()

def add(a: int, b: int = 2) -> int:
    print("called")
    return a + b
"""


def test_a_target_that_prints_closes_and_duplicates_is_served(tmp_path: Path) -> None:
    (tmp_path / "noisy.py").write_text(NOISY)
    with hosted(str(tmp_path / "noisy.py"), timeout=60) as host:
        request = urllib.request.Request(
            f"{host.url}/add", b'{"a": 1}', {"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.read().strip() == b"3"


def test_a_target_that_can_not_be_imported_says_why_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "asks.py").write_text("import os\nURL = os.environ['APISPEC_NOT_SET']\ndef add(a: int) -> int: ...\n")
    with pytest.raises(TargetError, match="the environment variable 'APISPEC_NOT_SET' is not set") as caught:  # noqa: SIM117
        with hosted(str(tmp_path / "asks.py"), timeout=60):
            pass
    assert caught.value.where == "asks.py:2" and not caught.value.details
