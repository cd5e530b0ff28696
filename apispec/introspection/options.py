"""How a target is read: limits, static or not, and what the user says about the API beside its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from apispec.machine import Limits


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of introspection; each is also a configuration key of that name."""

    timeout_s: float = 30.0
    """Wall time that importing and reading the target may take, in seconds."""
    cpu_s: int | None = None
    """CPU time that it may take, in seconds; None = as much as the wall time and a bit."""
    memory_mib: int = 4096
    """Address space that it may take, in MiB; 0 = no limit."""
    static: bool = False
    """Never import the target: read its syntax tree. Nothing of it runs."""
    strict: bool = False
    """An import that fails is an error, not a reason to read statically."""
    mock_imports: tuple[str, ...] = ()
    """Top-level packages that are replaced by stand-ins while importing; the last resort."""
    python: str = ""
    """The interpreter that imports the target (that of the app's own virtual environment); empty = this one."""
    pythonpath: bool = True
    """Whether the environment variable `PYTHONPATH` counts."""
    search_path: tuple[str, ...] = ()
    """Folders that go in front of the target's own on `sys.path`."""
    allow_secrets: tuple[str, ...] = ()
    """Texts that look like secrets and are none."""
    protocol: Literal["http", "gradio"] = "http"
    """How plain functions are called."""
    title: str = ""
    """The API's name instead of the source's; empty = the source's. So for the next ones."""
    version: str = ""
    summary: str = ""
    description: str = ""

    @property
    def limits(self) -> Limits:
        """What the process that reads may take."""
        return Limits(self.cpu_s or int(self.timeout_s) + 5, self.memory_mib)
