"""Configuration: `apispec.toml` or `[tool.apispec]` in pyproject.toml. Every key is also a command-line option.

`keys` lists them, `values` says what each may hold, `files` finds and reads a file, `placing` keeps its paths inside
the project. Keys that begin with `tools-` or `prove-` may stand in a table of their own: `[tools]` with `include`.
Unknown keys are errors. What the values mean is said where they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.config.files import find as find
    from apispec.config.files import load as load
    from apispec.config.keys import DAY_S as DAY_S
    from apispec.config.keys import SITE_LANGUAGES as SITE_LANGUAGES
    from apispec.config.keys import Config as Config
    from apispec.config.keys import Group as Group
    from apispec.config.keys import all_keys as all_keys
    from apispec.config.keys import site_language as site_language
    from apispec.config.keys import toml_name as toml_name
    from apispec.config.values import convert as convert
    from apispec.config.values import inline as inline
    from apispec.config.values import written as written
else:
    __all__, __getattr__ = exports(
        __name__,
        files="find load",
        keys="DAY_S SITE_LANGUAGES Config Group all_keys site_language toml_name",
        values="convert inline written",
    )
