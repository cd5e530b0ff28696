"""Workflows (Arazzo) against a real app that remembers, and against a description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run

APP = '''
"""A shop."""
import itertools, secrets
from fastapi import Depends, FastAPI, HTTPException, Response
from fastapi.responses import Response as Plain
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

app = FastAPI(title="Shop", version="1")
TOKENS, ITEMS, ORDERS, numbers = set(), {}, {}, itertools.count(7001)

class Login(BaseModel):
    user: str
    password: str

class NewItem(BaseModel):
    sku: str
    tags: list[str] = []

class Item(NewItem):
    id: int

class Order(BaseModel):
    id: str
    status: str

def signed(given: HTTPAuthorizationCredentials = Depends(HTTPBearer())):
    if given.credentials not in TOKENS:
        raise HTTPException(401)

@app.post("/login", operation_id="login")
def login(body: Login, response: Response) -> dict[str, str]:
    if body.password != "open sesame":
        raise HTTPException(403, "no")
    TOKENS.add(token := secrets.token_hex(8))
    response.headers["X-Session"] = "s-" + token
    return {"token": token}

@app.post("/items", operation_id="createItem", status_code=201, dependencies=[Depends(signed)])
def create(body: NewItem, response: Response) -> Item:
    if any(i.sku == body.sku for i in ITEMS.values()):
        raise HTTPException(409)
    item = Item(id=next(numbers), **body.model_dump())
    ITEMS[item.id] = item
    response.headers["Location"] = f"/items/{item.id}"
    return item

@app.get("/items", operation_id="listItems")
def listed(tag: str | None = None) -> list[Item]:
    return [i for i in ITEMS.values() if tag is None or tag in i.tags]

@app.get("/items/{item_id}", operation_id="getItem")
def item(item_id: int) -> Item:
    if item_id not in ITEMS:
        raise HTTPException(404)
    return ITEMS[item_id]

@app.post("/items/{item_id}/order", operation_id="order", status_code=201, dependencies=[Depends(signed)])
def order(item_id: int) -> Order:
    item(item_id)
    made = Order(id=f"o-{next(numbers)}", status="placed")
    ORDERS[made.id] = [made, 0]
    return made

@app.get("/orders/{order_id}", operation_id="getOrder", dependencies=[Depends(signed)])
def ordered(order_id: str) -> Order:
    if order_id not in ORDERS:
        raise HTTPException(404)
    ORDERS[order_id][1] += 1
    return Order(id=order_id, status="ready" if ORDERS[order_id][1] > 2 else "placed")

@app.get("/orders/{order_id}/bill", operation_id="bill", response_class=Plain, responses={200: {"content": {"application/xml": {}}}})
def bill(order_id: str):
    if order_id not in ORDERS:
        raise HTTPException(404)
    return Plain(f"<bill><order>{order_id}</order><sum>9.5</sum></bill>", media_type="application/xml")

@app.delete("/items/{item_id}", operation_id="deleteItem", status_code=204, dependencies=[Depends(signed)])
def delete(item_id: int) -> None:
    if ITEMS.pop(item_id, None) is None:
        raise HTTPException(404)
'''

FLOW = """\
arazzo: 1.0.1
info: {title: Buying, version: 1.0.0}
sourceDescriptions:
  - {name: shop, url: ./openapi.json, type: openapi}
workflows:
  - workflowId: sign-in
    inputs:
      type: object
      properties:
        user: {type: string, default: ann}
        password: {type: string}
    steps:
      - stepId: wrong
        operationId: login
        requestBody: {payload: {user: $inputs.user, password: nope}}
        successCriteria:
          - condition: $statusCode == 403
      - stepId: login
        operationId: $sourceDescriptions.shop.login
        requestBody:
          contentType: application/json
          payload: |
            {"user": "{$inputs.user}", "password": "?"}
          replacements:
            - {target: /password, value: $inputs.password}
        successCriteria:
          - condition: $statusCode == 200 && $response.body#/token != null
          - {context: $response.header.X-Session, condition: "^s-{$response.body#/token}$", type: regex}
        outputs:
          token: $response.body#/token
    outputs: {token: $steps.login.outputs.token}
  - workflowId: buy
    dependsOn: [sign-in]
    parameters:
      - reference: $components.parameters.signed
    steps:
      - stepId: create
        operationId: createItem
        requestBody: {payload: {sku: A-1, tags: [new]}}
        outputs:
          id: $response.body#/id
          where: $response.header.location
      - stepId: find
        operationPath: '{$sourceDescriptions.shop.url}#/paths/~1items/get'
        parameters:
          - {name: tag, in: query, value: new}
        successCriteria:
          - {context: $response.body, condition: '$[?@.sku == "A-1"]', type: jsonpath}
          - condition: $response.body[0].id == $steps.create.outputs.id
      - stepId: order
        workflowId: order-it
        parameters: [{name: item, value: $steps.create.outputs.id}]
        outputs: {order: $outputs.order}
      - stepId: ready
        operationId: getOrder
        parameters:
          - {name: order_id, in: path, value: $steps.order.outputs.order}
        successCriteria:
          - condition: $response.body#/status == 'READY'
        onFailure:
          - {name: again, type: retry, retryAfter: 0.01, retryLimit: 5}
      - stepId: bill
        operationId: bill
        parameters:
          - {name: order_id, in: path, value: $steps.order.outputs.order}
        successCriteria:
          - {context: $response.body, condition: "/bill/sum > 9", type: xpath}
          - {context: $response.body, condition: "/bill[order = '{$request.path.order_id}']", type: xpath}
      - stepId: gone
        operationId: getItem
        parameters: [{name: item_id, in: path, value: 1}]
        onFailure:
          - {name: make, type: goto, stepId: last, criteria: [{condition: $statusCode == 404}]}
      - stepId: never
        operationId: deleteItem
      - stepId: last
        operationId: listItems
    outputs: {order_id: $steps.order.outputs.order}
  - workflowId: order-it
    inputs: {type: object, properties: {item: {type: integer}}}
    steps:
      - stepId: order
        operationId: order
        parameters:
          - {name: item_id, in: path, value: $inputs.item}
          - {reference: $components.parameters.signed}
        outputs: {id: $response.body#/id}
    outputs: {order: $steps.order.outputs.id}
components:
  parameters:
    signed: {name: authorization, in: header, value: "Bearer {$workflows.sign-in.outputs.token}"}
"""


def proven(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    status = run(["prove", *arguments, "--in", "curl", "--over", "http", "--format", "json"])
    said = capsys.readouterr()
    results = json.loads(said.out)["results"] if said.out else []
    return status, {one["step"] or one["endpoint"]: one for one in results}, said.err


@pytest.fixture
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HTTP_BEARER", raising=False)
    Path("shop.py").write_text(APP, encoding="utf-8")
    Path("flow.arazzo.yaml").write_text(FLOW, encoding="utf-8")


@pytest.mark.usefixtures("_shop")
def test_a_shop_with_state_and_a_login(capsys: pytest.CaptureFixture[str]) -> None:
    status, found, told = proven(
        capsys, "shop.py", "--workflows", "flow.arazzo.yaml", "--input", "password=open sesame"
    )
    assert status == 0, (found, told)
    passed = [name for name, one in found.items() if one["passed"]]
    assert passed == [
        "sign-in/wrong", "sign-in/login", "buy/create", "buy/find", "buy/order-it/order", "buy/order", "buy/ready",
        "buy/bill", "buy/last", "getItem", "deleteItem",
    ]  # fmt: skip
    assert "the workflow foresees it (make) and goes on with step last" in found["buy/gone"]["skipped"]
    assert found["createItem"]["skipped"] == "buy/create called it"
    assert found["login"]["skipped"] == "sign-in/login called it", "not the step that wanted to be refused"


@pytest.mark.usefixtures("_shop")
def test_what_is_wrong_is_said_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, found, _ = proven(
        capsys, "shop.py", "--workflows", "flow.arazzo.yaml", "--input", "password=x", "--workflow", "buy"
    )
    assert status == 1
    assert found["sign-in/login"]["problem"] == (
        "the criterion '$statusCode == 200 && $response.body#/token != null' is not met: $statusCode is 403 and "
        "$response.body#/token is nothing [flow.arazzo.yaml:18:9#/workflows/0/steps/1]"
    )
    assert found["buy/create"]["skipped"] == "not tried: it depends on the workflow sign-in, which failed"
    assert "getItem" not in found, "--workflow runs nothing else"

    Path("flow.arazzo.yaml").write_text(
        FLOW.replace("operationId: getOrder", "operationId: getOrders"), encoding="utf-8"
    )
    status, found, told = proven(capsys, "shop.py", "--workflows", "flow.arazzo.yaml")
    assert status == 1 and not found
    assert "flow.arazzo.yaml:54:9#/workflows/1/steps/3: error: step ready: shop.py has no operation 'getOrders'" in told
    assert "did you mean getOrder?" in told

    status, _, told = proven(capsys, "shop.py", "--workflows", "flow.arazzo.yaml", "--input", "pasword=x")
    assert status != 0


@pytest.mark.usefixtures("_shop")
def test_a_description_alone_answers_as_it_can(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "shop.py", "-o", "openapi.json", "-q"]) == 0
    status, found, told = proven(capsys, "openapi.json", "--workflows", "flow.arazzo.yaml")
    assert status == 0, (found, told)
    assert found["sign-in/wrong"]["skipped"].startswith("the description has no 403 for login")
    assert found["sign-in/login"]["skipped"].startswith("the answer is made up: the criterion")
    assert found["buy/find"]["passed"] or "made up" in found["buy/find"]["skipped"]
