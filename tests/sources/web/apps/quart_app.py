from quart import Quart

app = Quart(__name__)


@app.get("/x/<int:a>")
async def x(a: int) -> dict:
    "Doc."
    return {"a": a}
