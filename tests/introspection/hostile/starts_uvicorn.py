import uvicorn

import apispec

app = apispec.App(title="Served")


@app.endpoint
def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


uvicorn.run(app, port=0)
