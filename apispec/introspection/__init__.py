"""Reading Python: from a target to the model. `introspect` reads a target safely, `describe` what is already imported.

The parts: `describe` and its neighbours turn live objects into endpoints; `target`, `guard` and `child` find and import
the target in a guarded process; `static` reads it without importing; `docstrings` reads docstrings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.introspection import written as written
    from apispec.introspection.about import api_of as api_of
    from apispec.introspection.acceptance import Acceptance as Acceptance
    from apispec.introspection.adapters import adapter as adapter
    from apispec.introspection.apps import Context as Context
    from apispec.introspection.callables import implementation as implementation
    from apispec.introspection.child import beside as beside
    from apispec.introspection.child import load as load
    from apispec.introspection.child import member as member
    from apispec.introspection.child import module_of as module_of
    from apispec.introspection.child import prepared as prepared
    from apispec.introspection.configured import overlay as overlay
    from apispec.introspection.defaults import to_json as to_json
    from apispec.introspection.docstrings import Docstring as Docstring
    from apispec.introspection.docstrings import parse as parse
    from apispec.introspection.downloads import file_of as file_of
    from apispec.introspection.endpoints import collect as collect
    from apispec.introspection.failure import Failure as Failure
    from apispec.introspection.failure import guarded as guarded
    from apispec.introspection.failure import tidy as tidy
    from apispec.introspection.functions import Draft as Draft
    from apispec.introspection.functions import draft as draft
    from apispec.introspection.functions import finish as finish
    from apispec.introspection.gathered import is_gathered as is_gathered
    from apispec.introspection.hints import MISSING as MISSING
    from apispec.introspection.isolated import command as command
    from apispec.introspection.options import Options as Options
    from apispec.introspection.reading import describe as describe
    from apispec.introspection.reading import introspect as introspect
    from apispec.introspection.refusals import not_empty as not_empty
    from apispec.introspection.reports import Reports as Reports
    from apispec.introspection.responses import status_of as status_of
    from apispec.introspection.schemas import SchemaBatch as SchemaBatch
    from apispec.introspection.sendable import is_invented as is_invented
    from apispec.introspection.sendable import plain as plain
    from apispec.introspection.signatures import Signature as Signature
    from apispec.introspection.target import Target as Target
    from apispec.introspection.target import resolve as resolve
    from apispec.introspection.target import shorten as shorten
    from apispec.introspection.texts import value_text as value_text
    from apispec.introspection.warming import warm as warm
else:
    __all__, __getattr__ = exports(
        __name__,
        about="api_of",
        acceptance="Acceptance",
        adapters="adapter",
        apps="Context apps",
        child="beside load member prepared module_of",
        configured="overlay",
        defaults="to_json",
        docstrings="Docstring parse",
        downloads="file_of",
        endpoints="collect",
        failure="Failure guarded tidy",
        functions="Draft draft finish",
        gathered="is_gathered",
        guard="",
        hints="MISSING",
        isolated="command",
        libraries="",
        options="Options",
        reading="describe introspect",
        refusals="not_empty",
        reports="Reports",
        responses="status_of",
        schemas="SchemaBatch",
        environments="",
        managing="",
        projects="",
        scripts="",
        sendable="is_invented plain",
        servers="",
        callables="implementation",
        signatures="Signature signatures",
        target="Target resolve shorten",
        texts="value_text",
        warming="warm",
        written="",
    )
