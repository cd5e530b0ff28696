"""How values are written: as JSON, percent-encoded, for a shell, and in each language of snippets.

Here: one value and its text. Not here: which values a call has (`apispec.requests`), and the code around them
(`apispec.snippets`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.literals.notation import CannotSayError as CannotSayError
    from apispec.literals.notation import Encoder as Encoder
    from apispec.literals.notation import Notation as Notation
    from apispec.literals.notation import TableError as TableError
    from apispec.literals.shell import shell_quote as shell_quote
    from apispec.literals.shell import shell_word as shell_word
    from apispec.literals.text import exact_in_javascript as exact_in_javascript
    from apispec.literals.text import json_text as json_text
    from apispec.literals.text import percent_encode as percent_encode
    from apispec.literals.text import well_formed as well_formed
    from apispec.literals.values import BasicAuth as BasicAuth
    from apispec.literals.values import Env as Env
    from apispec.literals.values import EnvText as EnvText
    from apispec.literals.values import HeaderText as HeaderText
    from apispec.literals.values import LocalFile as LocalFile
else:
    __all__, __getattr__ = exports(
        __name__,
        notation="CannotSayError Encoder Notation TableError",
        shell="shell_quote shell_word",
        text="exact_in_javascript json_text percent_encode well_formed",
        values="BasicAuth Env EnvText HeaderText LocalFile",
    )
