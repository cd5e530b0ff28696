from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI(title="Web")


class Pet(BaseModel):
    name: str


@app.post("/pets")
def add(pet: Pet, q: int = 1) -> Pet:
    """Add a pet."""
    return pet
