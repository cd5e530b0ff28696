from blacksheep import Application, get
from pydantic import BaseModel


class Cat(BaseModel):
    name: str


app = Application()


@get("/cats/{int:cat_id}")
async def get_cat(cat_id: int, full: bool = False) -> Cat:
    """One cat."""
    return Cat(name="x")


@app.router.post("/cats")
async def add(cat: Cat) -> Cat:
    return cat
