"""Questions about JSON Schemas (2020-12, references `#/components/schemas/NAME`) that several parts ask.

Here: references, alternatives, null, files. Not here: example values (`apispec.examples`), dialects of OpenAPI
(`apispec.rendering`), quality (`apispec.rules`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.schemas.backtracking import has_trying_pattern as has_trying_pattern
    from apispec.schemas.backtracking import is_long as is_long
    from apispec.schemas.backtracking import tries as tries
    from apispec.schemas.budget import BUDGET as BUDGET
    from apispec.schemas.budget import Running as Running
    from apispec.schemas.budget import SpentError as SpentError
    from apispec.schemas.budget import allowed as allowed
    from apispec.schemas.budget import for_things as for_things
    from apispec.schemas.budget import is_affordable as is_affordable
    from apispec.schemas.budget import running as running
    from apispec.schemas.budget import spend as spend
    from apispec.schemas.budget import unaffordable as unaffordable
    from apispec.schemas.derived import MANY_KINDS as MANY_KINDS
    from apispec.schemas.derived import kinds as kinds
    from apispec.schemas.derived import mark_of as mark_of
    from apispec.schemas.derived import marks as marks
    from apispec.schemas.filedata import FILE_DATA as FILE_DATA
    from apispec.schemas.filedata import FILE_DATA_NAME as FILE_DATA_NAME
    from apispec.schemas.filedata import FILE_META as FILE_META
    from apispec.schemas.filedata import is_file as is_file
    from apispec.schemas.filedata import is_file_data as is_file_data
    from apispec.schemas.filedata import may_hold_paths as may_hold_paths
    from apispec.schemas.questions import Schemas as Schemas
    from apispec.schemas.questions import alternatives as alternatives
    from apispec.schemas.questions import closure as closure
    from apispec.schemas.questions import is_nullable as is_nullable
    from apispec.schemas.questions import readable_type as readable_type
    from apispec.schemas.questions import ref as ref
    from apispec.schemas.questions import ref_name as ref_name
    from apispec.schemas.questions import referenced as referenced
    from apispec.schemas.questions import resolve as resolve
    from apispec.schemas.questions import types as types
    from apispec.schemas.questions import variants as variants
    from apispec.schemas.questions import walk as walk
    from apispec.schemas.questions import without_null as without_null
else:
    __all__, __getattr__ = exports(
        __name__,
        backtracking="has_trying_pattern is_long tries",
        budget="BUDGET Running SpentError allowed for_things is_affordable running spend unaffordable",
        derived="MANY_KINDS kinds mark_of marks",
        filedata="FILE_DATA FILE_DATA_NAME FILE_META is_file is_file_data may_hold_paths",
        questions=(
            "Schemas alternatives closure is_nullable readable_type ref ref_name referenced resolve types variants "
            "walk without_null"
        ),
    )
