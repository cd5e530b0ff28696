"""Running the apps of other libraries, so that calls reach the real thing.

`inside` makes an app object an ASGI application of this process, `lifespan` starts and stops one; `launching` runs an
app by an interpreter of its own, `processes` keeps that process, and `forwarding` passes requests on to its address.
What the apps say about themselves is read in `apispec.sources`; plain functions are called by `apispec.runtime`.
"""

SHOW_ERRORS = "APISPEC_SHOW_ERRORS"
"""Environment variable that makes a Gradio app say what went wrong in a call, as `launch(show_error=True)` does."""
