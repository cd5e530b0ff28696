from sanic import Blueprint, Sanic, json

app = Sanic("Shop")
bp = Blueprint("items", url_prefix="/items")


@bp.get("/<item_id:int>")
async def get_item(request, item_id: int):
    """Give an item."""
    return json({"id": item_id})


@app.post("/make")
async def make(request):
    return json({})


app.blueprint(bp)
