"""What search finds: queries as people type them, each with the right answer."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from apispec.introspection import introspect
from apispec.model import Api, Endpoint, HttpCall
from apispec.rendering.pages import Pages, PagesOptions
from apispec.rendering.pages import search as index
from apispec.templating import templates_dir
from tests.pages.samples import kitty, many, nasty

HERE = Path(__file__).parent / "queries"
QUERIES: dict[str, list[tuple[str, list[str]]]] = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))


def written(api: Api, folder: Path) -> Path:
    """The folder with the API's index."""
    made = Pages(api, PagesOptions())
    for path, text in index.files(api, made.layout).items():
        (folder / Path(path).name).write_text(text, encoding="utf-8")
    return folder


def ranked(folder: Path, queries: Any) -> Any:
    """Each query, the place of its right answer, and what came first."""
    command = ["node", str(HERE / "rank.mjs"), str(folder), str(templates_dir() / "assets" / "search" / "engine.js")]
    done = subprocess.run(command, input=json.dumps(queries), capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)["ranked"]


@pytest.mark.node
def test_the_quickstart_is_found(tmp_path: Path, repository: Path) -> None:
    api = introspect(str(repository / "examples" / "quickstart" / "app.py")).api
    found = ranked(written(api, tmp_path), QUERIES["quickstart"])
    missed = [row for row in found if row[1] != 0]
    assert len([row for row in found if 0 <= row[1] < 3]) >= 0.95 * len(found) - 1, missed
    assert len(missed) <= 0.15 * len(found), missed


@pytest.mark.node
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("GET /expenses", "list_expenses"), ("/balance_of", "balance_of"), ("addExpense", "add_expense"), ("ad expence", "add_expense"),
        ("paid_by", "add_expense"), ("409", "add_expense"), ("Place", "Place"), ("Place schema", "Place"), ("ISO 3166", "Place"),
        ("limit param", "list_expenses"), ("month by month", "monthly_totals"), ("https://x.example/expenses?limit=3", "list_expenses"),
    ],
)  # fmt: skip
def test_each_kind_of_query(tmp_path: Path, query: str, name: str) -> None:
    assert ranked(written(kitty(), tmp_path), [(query, [name])])[0][1] == 0


@pytest.mark.node
def test_untrusted_text_stays_text(tmp_path: Path) -> None:
    folder = written(nasty(), tmp_path)
    assert ranked(folder, [("hacked", [nasty().endpoints[0].name])])[0][1] >= 0


@pytest.mark.node
def test_names_that_every_object_knows_are_names(tmp_path: Path) -> None:
    names = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "index.html"]
    endpoints = tuple(Endpoint(name=name, call=HttpCall(path=f"/{n}")) for n, name in enumerate(names))
    found = ranked(written(Api(title="A", endpoints=endpoints), tmp_path), [(name, [name]) for name in names])
    assert [row[1] for row in found] == [0] * len(names)


def test_where_something_is_found_is_said_as_people_read_it() -> None:
    made = Pages(kitty(), PagesOptions())
    files = index.files(kitty(), made.layout)
    text = files["assets/search/words.js"]
    assert "request body → place → country" in text
    assert re.search(r'"parameter category"', text)
    assert json.loads(files["assets/search/index.js"].partition(",")[2].rstrip().removesuffix(");"))["whole"] == 1


def test_large_indexes_are_in_shards(tmp_path: Path) -> None:
    api = many(60)
    endpoints = tuple(
        Endpoint(name=e.name, description=" ".join(f"w{n}x{k}" for k in range(200)), call=HttpCall(path=f"/{n}"))
        for n, e in enumerate(api.endpoints)
    )
    made = Pages(Api(title="A", endpoints=endpoints), PagesOptions())
    files = index.files(made.api, made.layout)
    assert "assets/search/w1.js" in files
    assert len(gzip.compress(files["assets/search/index.js"].encode())) < 5_000


@pytest.mark.node
def test_what_is_done_to_one_thing_is_at_its_address(tmp_path: Path) -> None:
    """Descriptions without summaries, whose names are all made of the same words."""
    calls = [
        ("GetCustomers", "GET", "/customers"), ("GetCustomersSearch", "GET", "/customers/search"),
        ("GetCustomersCustomer", "GET", "/customers/{customer}"), ("PostCustomers", "POST", "/customers"),
        ("PostCustomersCustomer", "POST", "/customers/{customer}"),
        ("DeleteCustomersCustomer", "DELETE", "/customers/{customer}"),
        ("DeleteCustomersCustomerCardsId", "DELETE", "/customers/{customer}/cards/{id}"),
    ]  # fmt: skip
    endpoints = tuple(Endpoint(name=name, call=HttpCall(method=method, path=path)) for name, method, path in calls)
    wanted = [
        ("retrieve a customer", "GetCustomersCustomer"), ("list customers", "GetCustomers"),
        ("update customer", "PostCustomersCustomer"), ("create a customer", "PostCustomers"),
        ("delete customer", "DeleteCustomersCustomer"), ("search customers", "GetCustomersSearch"),
    ]  # fmt: skip
    found = ranked(written(Api(title="A", endpoints=endpoints), tmp_path), [(query, [name]) for query, name in wanted])
    assert [row for row in found if row[1] != 0] == []
