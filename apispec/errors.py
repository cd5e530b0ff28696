"""Every error that ends a command, as one tree. Problems in the *input* are Findings, see `findings.py`.

    ApispecError                could not run (exit code 2)
    ├── UsageError              options that contradict each other
    ├── ConfigError             apispec.toml or [tool.apispec] is wrong
    ├── TargetError             the target cannot be found, imported or read
    ├── DocumentError           an OpenAPI document cannot be read
    ├── EndpointError           two endpoints of one name, an endpoint that cannot exist
    ├── TemplateError           a template is missing or wrong
    ├── OutputError             a file or folder cannot be written, or is not ours to replace
    ├── BuildError              the site builder failed
    ├── MissingExtraError       an optional part is not installed
    └── FindingsError           the run went through, its findings fail it (exit code 1)

Each says what is wrong, where, and what to do next.
"""

from __future__ import annotations


class ApispecError(Exception):
    """What went wrong, where, and what to do next; printed without a traceback.

    Args:
        message: What went wrong, in one line.
        where: `file:line`, a JSON Pointer, or a path; empty where there is no place.
        hint: What to do next, in one line.
        details: More lines (a log, a diff), printed indented below the message.
    """

    exit_code = 2

    def __init__(self, message: str, *, where: str = "", hint: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint
        self.details = details

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        if self.details:
            text += "\n" + "\n".join(f"    {line}" for line in self.details.splitlines())
        if self.hint:
            text += f"\n  hint: {self.hint}"
        return text


class UsageError(ApispecError):
    """Options that contradict each other."""


class ConfigError(ApispecError):
    """`apispec.toml` or `[tool.apispec]` is wrong."""


class TargetError(ApispecError):
    """The target cannot be found, imported or read."""


class DocumentError(ApispecError):
    """An OpenAPI document cannot be read."""


class EndpointError(ApispecError):
    """Two endpoints of one name, or an endpoint that cannot exist as declared."""


class TemplateError(ApispecError):
    """A template is missing or wrong."""


class OutputError(ApispecError):
    """A file or folder cannot be written, or is not ours to replace."""


class BuildError(ApispecError):
    """The site builder failed."""


class MissingExtraError(ApispecError):
    """An optional part is not installed; the hint names the extra."""


class FindingsError(ApispecError):
    """The run went through; its findings, breaking changes or stale files fail it."""

    exit_code = 1
