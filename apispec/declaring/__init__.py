"""What users import to say what their API is: `App`, `Error`, `File` and `Session`.

Here: declarations and what they may be. Not here: describing, calling or serving what was declared; who does is in
`apispec.wiring`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.declaring import asking as asking
    from apispec.declaring.app import App as App
    from apispec.declaring.error import Error as Error
    from apispec.declaring.places import position as position
    from apispec.declaring.registered import Registered as Registered
    from apispec.declaring.registered import declare as declare
    from apispec.declaring.types import FILE_SCHEMA as FILE_SCHEMA
    from apispec.declaring.types import File as File
    from apispec.declaring.types import Session as Session
else:
    __all__, __getattr__ = exports(
        __name__,
        app="App",
        asking="",
        error="Error",
        places="position",
        registered="Registered declare",
        types="FILE_SCHEMA File Session",
    )
