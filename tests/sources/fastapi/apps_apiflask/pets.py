"""An APIFlask app."""

from __future__ import annotations

from apiflask import APIFlask, Schema
from apiflask.fields import Integer, String
from apiflask.validators import Length

app = APIFlask(__name__, title="Pets", version="1.1")


class PetIn(Schema):
    name = String(required=True, validate=Length(1, 10))
    age = Integer(load_default=1)


class PetOut(Schema):
    id = Integer()
    name = String()


@app.post("/pets")
@app.input(PetIn, location="json")
@app.output(PetOut, status_code=201)
def add_pet(json_data):
    """Add a pet."""
    return {"id": 1, **json_data}


@app.get("/pets/<int:pet_id>")
@app.output(PetOut)
def get_pet(pet_id):
    """Read a pet."""
    return {"id": pet_id, "name": "Rex"}
