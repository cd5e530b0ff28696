"""Books."""

import uuid

from flask import Blueprint, Flask
from flask.views import MethodView

app = Flask(__name__)
bp = Blueprint("books", __name__, url_prefix="/books")


@app.route("/")
def index() -> str:
    """Say hello."""
    return "hi"


@bp.get("/<int:book_id>")
def get_book(book_id: int) -> dict[str, int]:
    """Give one book.

    More about it.

    Args:
        book_id: Which one.

    Returns:
        The book.
    """
    return {"id": book_id}


@bp.route("/<int:book_id>", methods=["PUT", "DELETE"])
def change(book_id):
    return {}


@app.get("/any/<any(red, green):color>/<uuid:key>/<path:rest>")
def picked(color, key: uuid.UUID, rest):
    return {}


class Shelf(MethodView):
    def get(self, shelf: str) -> list[str]:
        """List a shelf."""
        return ["a"]

    def post(self, shelf):
        "Add."
        return {}


app.add_url_rule("/shelves/<shelf>", view_func=Shelf.as_view("shelf"))
app.register_blueprint(bp)
if __name__ == "__main__":
    app.run()
