"""Calling described functions: arguments in, results or problems out, with limits, sessions and kept files.

Shared by `apispec.server` and `apispec.mcp_server`; knows neither HTTP nor MCP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.runtime.binding import BrokenResultError as BrokenResultError
    from apispec.runtime.binding import Function as Function
    from apispec.runtime.binding import Loose as Loose
    from apispec.runtime.calling import Observer as Observer
    from apispec.runtime.calling import Runtime as Runtime
    from apispec.runtime.collecting import functions as functions
    from apispec.runtime.fetching import file_argument as file_argument
    from apispec.runtime.files import Files as Files
    from apispec.runtime.files import Kept as Kept
    from apispec.runtime.fitting import fitted as fitted
    from apispec.runtime.limits import MEBIBYTE as MEBIBYTE
    from apispec.runtime.limits import Limits as Limits
    from apispec.runtime.loading import load as load
    from apispec.runtime.problems import MEDIA_TYPE as MEDIA_TYPE
    from apispec.runtime.problems import InvalidField as InvalidField
    from apispec.runtime.problems import Problem as Problem
    from apispec.runtime.problems import busy as busy
    from apispec.runtime.problems import invalid as invalid
    from apispec.runtime.problems import too_many as too_many
    from apispec.runtime.validators import Validator as Validator
    from apispec.runtime.validators import json_type as json_type
    from apispec.runtime.validators import pointer as pointer
    from apispec.runtime.weighing import gathered as gathered
    from apispec.runtime.weighing import json_bytes as json_bytes
else:
    __all__, __getattr__ = exports(
        __name__,
        binding="BrokenResultError Function Loose",
        calling="Observer Runtime",
        collecting="functions",
        fetching="file_argument",
        files="Files Kept",
        fitting="fitted",
        limits="Limits MEBIBYTE",
        loading="load",
        problems="InvalidField MEDIA_TYPE Problem busy invalid too_many",
        validators="Validator json_type pointer",
        weighing="gathered json_bytes",
    )
