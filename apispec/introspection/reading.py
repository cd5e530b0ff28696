"""Reading Python: from a target to the model. `introspect` reads a target safely, `describe` what is already imported.

The parts: `describe` and its neighbours turn live objects into endpoints; `target`, `guard` and `child` find and import
the target in a guarded process; `static` reads it without importing; `docstrings` reads docstrings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.introspection.options import Options

if TYPE_CHECKING:
    from types import ModuleType

    from apispec.model import Introspection

__all__ = ["Options", "describe", "introspect"]


def introspect(target: str, options: Options | None = None) -> Introspection:
    """Read a target (`app.py`, `app.py:attribute`, `package.module`, `package.module:attribute`) in a guarded process.

    Raises:
        TargetError: The target cannot be found, imported or read.
    """
    from apispec.introspection.isolated import introspect as run

    return run(target, options or Options())


def describe(source: Any, options: Options | None = None, *, module: ModuleType | None = None) -> Introspection:
    """Read an `App`, a module, functions or an app of another library that are already imported, in this process.

    Args:
        source: What to read.
        options: Protocol and texts of the Api.
        module: Where an app of another library was found.

    Raises:
        EndpointError: Two endpoints have one name.
    """
    from apispec.introspection.endpoints import describe as run
    from apispec.introspection.endpoints import no_collection
    from apispec.model import Introspection, load_json

    options = options or Options()
    with no_collection():
        found = run(source, options, module=module)
        text, hidden = without_secrets(found, options)
        return load_json(Introspection, text) if hidden else found


def without_secrets(found: Introspection, options: Options) -> tuple[bytes, bool]:
    """What was read as JSON, credentials in its texts masked and told of, and whether there were some."""
    from dataclasses import replace

    from apispec.findings import Finding, Location, Severity
    from apispec.introspection.credentials import hide_in_json
    from apispec.model import dump_json

    text = dump_json(found)
    if hide_in_json(text, options.allow_secrets) is text:
        return text, False
    first = next((e.location for e in found.api.endpoints if e.location.file), Location())
    message = "texts (docstrings, examples, values of types) hold what looks like credentials, which are masked"
    hint = "take them out of the source; --allow-secret TEXT shows what is no secret"
    told = Finding("hidden-secret", Severity.WARNING, message, Location(first.file), hint)
    return hide_in_json(dump_json(replace(found, findings=(told, *found.findings))), options.allow_secrets), True
