"""A server that answers as an API is described, from its examples, and judges every request that reaches it.

Here: requests taken apart and checked (`reading`, `styles`, `access`), answers chosen and made (`answers`, `values`,
`store`), and the ASGI application (`application`); cURL lines
read back (`curl`). Not here: sending requests (`apispec.requests` says how), the real
functions (`apispec.server`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.mock.application import MockApplication as MockApplication
    from apispec.mock.application import MockOptions as MockOptions
    from apispec.mock.curl import Recognized as Recognized
    from apispec.mock.curl import recognized as recognized
else:
    __all__, __getattr__ = exports(__name__, application="MockApplication MockOptions", curl="Recognized recognized")
