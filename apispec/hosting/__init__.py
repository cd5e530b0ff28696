"""Running the apps of other libraries, so that calls reach the real thing.

`inside` makes an app object an ASGI application of this process, `lifespan` starts and stops one; `launching` runs an
app by an interpreter of its own, `processes` keeps that process, and `forwarding` passes requests on to its address.
What the apps say about themselves is read in `apispec.sources`; plain functions are called by `apispec.runtime`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.hosting.forwarding import Forwarded as Forwarded
    from apispec.hosting.inside import application as application
    from apispec.hosting.inside import runs_inside as runs_inside
    from apispec.hosting.launching import launch as launch
    from apispec.hosting.lifespan import Lifespan as Lifespan
    from apispec.hosting.processes import PATIENCE as PATIENCE
    from apispec.hosting.processes import explained as explained
    from apispec.hosting.processes import hand_over as hand_over
    from apispec.hosting.processes import launched as launched
    from apispec.hosting.processes import serving as serving
    from apispec.hosting.processes import taken as taken
else:
    __all__, __getattr__ = exports(
        __name__,
        forwarding="Forwarded",
        inside="application runs_inside",
        launching="launch",
        lifespan="Lifespan",
        processes="PATIENCE explained hand_over launched serving taken",
    )
