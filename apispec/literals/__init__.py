"""How values are written: as JSON, percent-encoded, for a shell, and in each language of snippets.

Here: one value and its text. Not here: which values a call has (`apispec.requests`), and the code around them
(`apispec.snippets`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.literals.text import BasicAuth as BasicAuth
    from apispec.literals.text import Env as Env
    from apispec.literals.text import EnvText as EnvText
    from apispec.literals.text import HeaderText as HeaderText
    from apispec.literals.text import LocalFile as LocalFile
    from apispec.literals.text import exact_in_javascript as exact_in_javascript
    from apispec.literals.text import javascript as javascript
    from apispec.literals.text import javascript_file as javascript_file
    from apispec.literals.text import json_layout as json_layout
    from apispec.literals.text import json_text as json_text
    from apispec.literals.text import percent_encode as percent_encode
    from apispec.literals.text import python as python
    from apispec.literals.text import shell_quote as shell_quote
    from apispec.literals.text import shell_word as shell_word
    from apispec.literals.text import well_formed as well_formed
else:
    __all__, __getattr__ = exports(
        __name__,
        text=(
            "BasicAuth Env EnvText HeaderText LocalFile exact_in_javascript javascript javascript_file "
            "json_layout json_text percent_encode python shell_quote shell_word well_formed"
        ),
    )
