"""What people write with FastAPI, in one app: every place of a parameter, bodies of every kind, streams, security, parts
mounted and included, state from the lifespan, and a document of its own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import (
    APIRouter,
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    FastAPI,
    File,
    Form,
    Header,
    HTTPException,
    Path,
    Query,
    Request,
    Response,
    Security,
    UploadFile,
    WebSocket,
)
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from fastapi.security import APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPBasic, HTTPBasicCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    app.state.opened = True
    yield {"greeting": "from the lifespan"}
    app.state.opened = False


class Size(str, Enum):
    """How large."""

    small = "small"
    very_large = "very large"


class Level(IntEnum):
    low = 1
    high = 3


class Address(BaseModel):
    street: str = Field(examples=["Rue de l'Église 5"])
    lines: list[str] = []


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: set[str] = set()


class Person(BaseModel):
    """Somebody."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": 'Zoë "Z" O\'Neil\n$HOME `x` \\n %41', "born": "1990-02-28"}]}
    )

    name: str
    born: date
    address: Address | None = None
    pet: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    friends: list[Person] = []
    scores: dict[str, float] = {}


class Problem(BaseModel):
    code: int


app = FastAPI(
    title="Everything", version="1.0", lifespan=lifespan,
    openapi_tags=[{"name": "places", "description": "Where a parameter can be."}],
)  # fmt: skip


@app.get("/path/{number}/{name}/{when}/{kind}", tags=["places"])
def in_path(number: Annotated[int, Path(ge=1, le=9)], name: str, when: datetime, kind: Size) -> list[str]:
    """Path parameters."""
    return [str(number), name, when.isoformat(), kind.value]


@app.get("/tree/{rest:path}", tags=["places"])
def below(rest: Annotated[str, Path(examples=["one part"])]) -> str:
    return rest


@app.get("/query", tags=["places"])
def in_query(
    q: Annotated[str, Query(min_length=3, pattern="^[a-z ]+$", examples=["a b"])],
    many: Annotated[list[int], Query(examples=[[1, 2]])],
    key: UUID,
    level: Level = Level.low,
    flag: bool = True,
    wait: timedelta = timedelta(seconds=90),
    price: Decimal = Decimal("1.50"),
    odd: Annotated[str | None, Query(alias="odd[name]", deprecated=True, examples=["ü&=+"])] = None,
) -> dict[str, Any]:
    return {"q": q, "many": many, "key": key, "level": level, "flag": flag, "odd": odd}


class Filter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(10, gt=0)
    order_by: Literal["name", "age"] = "name"
    tags: list[str] = []


@app.get("/filter", tags=["places"])
def a_model_of_query_parameters(filter: Annotated[Filter, Query()]) -> Filter:
    return filter


@app.get("/headers", tags=["places"])
def in_headers_and_cookies(
    x_trace: Annotated[str, Header(examples=["abc"])],
    session: Annotated[str, Cookie(examples=["s-1"])],
    user_agent: Annotated[str | None, Header()] = None,
) -> list[str | None]:
    return [x_trace, session]


@app.post("/people", status_code=201, responses={409: {"model": Problem, "description": "There is one already."}})
def add(person: Person, response: Response, later: BackgroundTasks) -> Person:
    """Add a person.

    *Nothing* is kept.
    """
    later.add_task(lambda: None)
    response.headers["X-Id"] = "1"
    return person


@app.put("/two", response_model=dict[str, Any])
def two_bodies(a: Address, n: Annotated[int, Body(examples=[7])], flag: Annotated[bool, Body()] = False) -> Any:
    return {"a": a, "n": n}


@app.patch("/text", response_class=PlainTextResponse)
async def plain_text(request: Request) -> str:
    return "plain: 'ü'"


@app.post("/form")
def form(name: Annotated[str, Form(examples=["a&b=c d"])], tags: Annotated[list[str], Form()] = ["x"]) -> list[str]:
    return [name, *tags]


@app.post("/upload")
async def upload(
    file: UploadFile, more: Annotated[list[UploadFile], File()], note: Annotated[str, Form(examples=["n"])]
) -> dict[str, int]:
    """Upload files beside a text."""
    return {"bytes": len(await file.read()), "more": len(more)}


@app.post("/raw")
def raw(data: Annotated[bytes, Body(media_type="application/octet-stream")]) -> int:
    return len(data)


@app.get("/download", response_class=FileResponse, responses={200: {"content": {"text/x-python": {}}}})
def download() -> FileResponse:
    return FileResponse(__file__, media_type="text/x-python", filename="everything.py")


@app.get("/page", response_class=HTMLResponse)
def page() -> str:
    return "<h1>Hello</h1>"


@app.get("/lines", response_class=StreamingResponse, responses={200: {"content": {"application/x-ndjson": {}}}})
def lines() -> StreamingResponse:
    async def numbers() -> AsyncIterator[str]:
        for number in range(3):
            await asyncio.sleep(0)
            yield f'{{"n": {number}}}\n'

    return StreamingResponse(numbers(), media_type="application/x-ndjson")


@app.delete("/things/{id}", status_code=204, deprecated=True)
def remove(id: UUID) -> None:
    """Remove nothing."""


@app.head("/things")
def peek() -> None:
    return None


@app.get("/state")
def state(request: Request) -> str:
    """What start-up left."""
    assert request.app.state.opened
    return request.state.greeting  # type: ignore[no-any-return]


@app.get("/hidden", include_in_schema=False)
def hidden() -> str:
    return "not in the document"


@app.get("/", include_in_schema=False)
def home() -> RedirectResponse:
    return RedirectResponse("page")


@app.websocket("/echo")
async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


def accepted(given: str | None, name: str) -> str:
    """A credential, if it is the one in the environment."""
    if given is None or given != os.environ.get(name):
        raise HTTPException(403, "wrong credential")
    return given


def key(given: Annotated[str, Security(APIKeyHeader(name="X-Key", scheme_name="key"))]) -> str:
    return accepted(given, "KEY")


private = APIRouter(
    prefix="/private", tags=["private"], dependencies=[Depends(key)], responses={403: {"model": Problem}}
)


@private.get("/by-header")
def by_header() -> bool:
    return True


@private.get("/by-both")
def by_both(given: Annotated[Any, Security(HTTPBearer(scheme_name="token"))]) -> bool:
    return accepted(given.credentials, "TOKEN") != ""


secured = APIRouter(prefix="/secured", tags=["private"])


@secured.get("/by-query")
def by_query(given: Annotated[str, Security(APIKeyQuery(name="key", scheme_name="query-key"))]) -> bool:
    return accepted(given, "QUERY_KEY") != ""


@secured.get("/by-cookie")
def by_cookie(given: Annotated[str, Security(APIKeyCookie(name="sid", scheme_name="sid"))]) -> bool:
    return accepted(given, "SID") != ""


@secured.get("/by-token")
def by_token(given: Annotated[Any, Security(HTTPBearer(scheme_name="token"))]) -> bool:
    return accepted(given.credentials, "TOKEN") != ""


@secured.get("/by-password")
def by_password(given: Annotated[HTTPBasicCredentials, Security(HTTPBasic(scheme_name="door"))]) -> str:
    return accepted(given.password, "DOOR_PASSWORD") and given.username


app.include_router(private)
app.include_router(secured, prefix="/more")
app.include_router(secured, prefix="/again", include_in_schema=False)

inner = FastAPI(title="Inner")


@inner.get("/inside")
def inside() -> str:
    return "its own app with a document of its own"


app.mount("/inner", inner)


def described() -> dict[str, Any]:
    """The document, with something of our own in it."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, routes=app.routes, tags=app.openapi_tags, servers=[{"url": "/api/v1"}]
        )
        made["info"]["x-team"] = "tests"
        app.openapi_schema = made
    return app.openapi_schema


app.openapi = described  # type: ignore[method-assign]
