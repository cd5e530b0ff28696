"""`apispec prove`: that it passes what is right, and above all that it fails what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any, NoReturn
from xml.etree import ElementTree

import pytest

from apispec.cli import run
from apispec.introspection import describe
from apispec.model import Api, Default, Endpoint, HttpCall, Parameter
from apispec.prove.cases import Case, cases, unknown, unprovable
from apispec.prove.checking import check_arrival, check_output, check_process, compare, same
from apispec.prove.proving import Host, hosted, prove
from apispec.prove.reporting import as_junit, table
from apispec.prove.running import Ran
from apispec.rendering.proof import Proof, digest, load
from tests.conftest import REPOSITORY

NODE_MODULES = REPOSITORY / "tests" / "node" / "node_modules"

APP = '''
"""Calc."""
from collections.abc import Iterator
from typing import Any
import time
from apispec import App

app = App(title="Calc")

@app.endpoint(examples=[{"a": 1, "b": 2.5, "text": "it's \\"x\\""}])
def add(a: int, b: float, text: str = "") -> float:
    """Add."""
    return a + b

@app.endpoint
def count(n: int = 2) -> Iterator[int]:
    """Count."""
    yield from range(n)

@app.endpoint
def broken(n: int = 1) -> int:
    """Break the hint."""
    return "x"

@app.endpoint
def refuses(n: int = 1) -> int:
    """Raise."""
    raise ValueError(n)

@app.endpoint
def hangs(n: int = 1) -> int:
    """Take long."""
    time.sleep(5)
    return n
'''


@pytest.fixture
def calc() -> Path:
    path = Path("calc.py")
    path.write_text(APP, encoding="utf-8")
    return path


def api_of(path: Path) -> Api:
    from apispec.runtime.loading import load as load_source

    return describe(load_source(str(path))).api


def test_what_is_right_passes_and_what_is_wrong_fails(calc: Path) -> None:
    api = api_of(calc)
    found = cases(api, languages=["python", "curl"], protocols=["http", "mcp"])
    right = [c for c in found if c.endpoint.name in ("add", "count")]
    wrong = [c for c in found if c.endpoint.name in ("broken", "refuses")]
    slow = [c for c in found if c.endpoint.name == "hangs" and c.language == "curl"]
    other_value = [replace(c, arguments={**c.arguments, "a": 2}) for c in right if c.endpoint.name == "add"]
    other_schema = [
        replace(c, endpoint=replace(c.endpoint, result=replace(c.endpoint.result, schema={"type": "boolean"})))
        for c in right
        if c.endpoint.result is not None and c.language != "tool"
    ]
    with hosted(str(calc)) as host:
        outcomes = prove(api, [*right, *wrong, *slow, *other_schema], host, jobs=4, timeout=3)
        assert [o.problem for o in outcomes[: len(right)]] == [""] * len(right)
        problems = {o.case.name: o.problem for o in outcomes[len(right) :] if not o.passed}
        assert len(problems) >= len(wrong) + len(slow)
        assert all(not o.passed for o in outcomes[len(right) :]), table(outcomes)
        assert "500" in problems["broken http/curl"] or "22" in problems["broken http/curl"]
        assert "did not end within 3 s" in problems["hangs http/curl"]
        assert "does not fit" in problems["add http/curl"] and "does not fit" in problems["count http/python"]
    with hosted(str(calc)) as host:
        outcomes = prove(api, other_value, host, jobs=2)
        scripts = [o for o in outcomes if o.case.protocol == "http"]
        assert scripts and all("argument a arrived as 1 instead of 2" in o.problem for o in scripts)


def test_the_command(calc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = [
        "prove",
        str(calc),
        "--over",
        "http",
        "--over",
        "mcp",
        "--in",
        "curl",
        "--endpoint",
        "add",
        "--endpoint",
        "count",
    ]
    assert run([*args, "--out", "proof.json"]) == 0
    shown = capsys.readouterr().out
    assert "4 of 4 passed" in shown and "✓" in shown and "✗" not in shown
    proof = load("proof.json")
    assert set(proof.tools) == {"add", "count"} and set(proof.digests) == {"add http curl", "count http curl"}
    case = next(c for c in cases(api_of(calc), languages=["curl"], protocols=["http"]) if c.endpoint.name == "add")
    for url in ("https://api.example.com", "http://127.0.0.1:1/"):
        assert proof.verified("add", "http", "curl", case.snippet(url.rstrip("/")).text, url)
    assert not proof.verified("add", "http", "curl", case.snippet("http://x").text + " ", "http://x")
    assert not proof.verified("add", "http", "python", case.snippet("http://x").text, "http://x")

    assert run([*args, "--endpoint", "broken", "--format", "json"]) == 1
    results = json.loads(capsys.readouterr().out)["results"]
    assert {(r["endpoint"], r["passed"]) for r in results} == {("add", True), ("count", True), ("broken", False)}
    assert run([*args, "--endpoint", "broken", "--format", "junit"]) == 1
    suite = ElementTree.fromstring(capsys.readouterr().out)[0]
    assert (suite.get("tests"), suite.get("failures")) == ("6", "2")
    assert run([*args, "--endpoint", "broken", "--out", "proof.json"]) == 1
    assert "broken http curl" not in load("proof.json").digests


@pytest.mark.node
def test_other_languages_are_proven_where_they_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = tmp_path / "files.py"
    app.write_text("from apispec import File\ndef size(file: File) -> int:\n    return len(file.path.read_bytes())\n")
    code = run(["prove", str(app), "--over", "http", "--in", "php,wget"])
    shown = capsys.readouterr()
    assert (code, "1 of 1 passed" in shown.out) == (0, True), shown
    assert "size cannot be called in wget: Wget sends no body of several parts" in shown.err
    (tmp_path / "apispec.toml").write_text('target = "files.py"\nlanguages = ["kotlin", "php"]\n')
    assert run(["prove", "--config", str(tmp_path / "apispec.toml"), "--over", "http"]) == 0
    shown = capsys.readouterr()
    assert "http/php" in shown.out and "http/python" not in shown.out
    assert "snippets in kotlin are not run" in shown.err
    assert run(["prove", str(app), "--in", "kotlin"]) == 2
    assert "--in takes python, javascript, curl, axios, go" in capsys.readouterr().err


def test_against_a_running_server(calc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with hosted(str(calc)) as host:
        args = ["prove", str(calc), "--url", host.url, "--over", "http", "--in", "curl"]
        assert run([*args, "--endpoint", "add"]) == 0
        assert run([*args, "--endpoint", "refuses"]) == 1
    assert "refuses" in capsys.readouterr().out


def test_mistakes_are_said(calc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for args, words in (
        (["--endpoint", "nothing"], "nothing to prove"),
        (["--shell", "no-such-shell", "--in", "curl"], "no-such-shell is not installed"),
        (["--node-modules", "."], "no @gradio/client"),
        (["--in", "curl,pyton"], "snippets in 'pyton' can't be run"),
        (["--over", "gradio", "--in", "javascript"], "@gradio/client is not installed"),
    ):
        assert run(["prove", str(calc), *args]) == 2
        assert words in capsys.readouterr().err
    Path("bad.json").write_text("[]", encoding="utf-8")
    with pytest.raises(Exception, match="no proof"):
        load("bad.json")
    with pytest.raises(Exception, match="cannot read"):
        load("none.json")


@pytest.mark.parametrize(
    "left, right, equal",
    [
        (1, 1.0, True), (1, True, False), (0, False, False), (None, None, True), ("1", 1, False), ([1], [1, 2], False),
        ({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}, True), ({"a": 1}, {"b": 1}, False), ([True], [1], False),
        ({"a": 1}, [1], False), ("", None, False),
    ],
)  # fmt: skip
def test_same(left: Any, right: Any, equal: bool) -> None:
    assert same(left, right) is equal and same(right, left) is equal


def _case(calc: Path, name: str = "add", **changes: Any) -> Case:
    case = next(c for c in cases(api_of(calc), languages=["curl"], protocols=["http"]) if c.endpoint.name == name)
    return replace(case, **changes)


def test_arrivals(calc: Path) -> None:
    case = _case(calc, arguments={"a": 1, "b": 2.5})
    call = {"call": 1, "endpoint": "add", "arguments": {"a": 1, "b": 2.5}}
    answer = {"call": 1, "answer": 3.5}
    assert check_arrival(case, [call, answer]) == ""
    assert "no call" in check_arrival(case, [])
    assert "2 calls" in check_arrival(case, [call, {**call, "call": 2}])
    assert "was to count" in check_arrival(case, [{**call, "endpoint": "count"}])
    assert "status 409" in check_arrival(case, [call, {"call": 1, "problem": 409}])
    assert "not answered" in check_arrival(case, [call])
    assert "b did not arrive" in compare(case, {"a": 1})
    assert "a arrived as true instead of 1" in compare(case, {"a": True, "b": 2.5})
    assert compare(case, {"a": 1, "b": 2.5, "text": ""}) == "", "a default that a client fills in"
    assert "text arrived, which was not sent" in compare(case, {"a": 1, "b": 2.5, "text": "x"})
    parameter = Parameter(name="inf", schema={"type": "number"}, required=False, default=Default(text="inf"))
    endpoint = replace(case.endpoint, parameters=(*case.endpoint.parameters, parameter))
    assert compare(replace(case, endpoint=endpoint), {"a": 1, "b": 2.5, "inf": None}) == ""


def test_processes_and_outputs(calc: Path) -> None:
    def ran(output: str = "", code: int | None = 0, errors: str = "") -> Ran:
        return Ran(code, output, errors, 0.1, {})

    assert check_process(ran("ok"), 5) == ""
    assert check_process(ran(code=None), 5) == "did not end within 5 s"
    assert check_process(ran(code=3, errors="first\nlast words\n"), 5) == "ended with 3: last words"
    assert check_process(ran(code=3), 5) == "ended with 3: without a word"
    thrown = "file:///a.mjs:5\n  throw x;\n\nTypeError: no such thing\n    at a.mjs:5\n\nNode.js v20.1.0\n"
    assert check_process(ran(code=1, errors=thrown), 5) == "ended with 1: TypeError: no such thing"
    dumped = "file:///a.mjs:5\n{\n  message: 'Not here',\n  success: false\n}\n\nNode.js v20.1.0\n"
    assert check_process(ran(code=1, errors=dumped), 5) == "ended with 1: message: 'Not here',"
    case = _case(calc)
    assert check_output(case, ran("3.5\n")) == ""
    assert "does not fit" in check_output(case, ran('"text"'))
    assert check_output(case, ran("")) == "printed nothing"
    python = replace(case, language="python")
    assert check_output(python, ran("3.5\n")) == "" and "does not fit" in check_output(python, ran("'x'\n"))
    stream = _case(calc, "count")
    events = "event: generating\ndata: 0\n\nevent: complete\ndata: null\n\n"
    assert check_output(stream, ran(events)) == ""
    assert "does not fit" in check_output(stream, ran(events.replace("data: 0", 'data: "0"')))


def test_junit_leaves_out_what_xml_cannot_hold(calc: Path) -> None:
    from apispec.prove.proving import Outcome

    text = as_junit([Outcome(_case(calc), "bad \x00 <&>", 0.1, details="\x1b[0m ok \ud800")], "2026-01-01")
    failure = ElementTree.fromstring(text).find(".//failure")
    assert failure is not None and failure.get("message") == "bad  <&>" and failure.text == "[0m ok "


def test_a_proof_names_exact_texts() -> None:
    proof = Proof("2026-01-01", {"a http curl": digest("curl http://h/x", "http://h")})
    assert proof.verified("a", "http", "curl", "curl http://other/x", "http://other/")
    assert not proof.verified("a", "http", "curl", "curl http://other/y", "http://other")
    assert Host("http://h").base_url(3) == "http://h"


EXAMPLES = sorted(
    p for p in (REPOSITORY / "examples").glob("*/app.py") if "gradio" not in p.read_text(encoding="utf-8")
)


@pytest.mark.slow
@pytest.mark.node
@pytest.mark.parametrize("app", EXAMPLES, ids=lambda p: p.parent.name)
def test_every_example(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["prove", str(app), "--node-modules", str(NODE_MODULES)])
    shown = capsys.readouterr()
    assert code == 0, shown.out + shown.err


@pytest.mark.slow
@pytest.mark.node
def test_the_nasty_app(capsys: pytest.CaptureFixture[str]) -> None:
    app = REPOSITORY / "tests" / "server" / "nasty.py"
    args = ["--node-modules", str(NODE_MODULES), "--shell", "sh", "--shell", "zsh"]  # tests of snippets run in bash too
    code = run(["prove", str(app), *args])
    shown = capsys.readouterr()
    assert code == 0, shown.out + shown.err


SHOP = """
import uuid

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()
USERS: dict[str, dict] = {}


class NewUser(BaseModel):
    email: str


class User(NewUser):
    id: uuid.UUID


@app.delete("/users/{user_id}", status_code=204)
def delete_user(user_id: uuid.UUID):
    if USERS.pop(str(user_id), None) is None:
        raise HTTPException(404)


@app.get("/users/{user_id}")
def get_user(user_id: uuid.UUID) -> User:
    if str(user_id) not in USERS:
        raise HTTPException(404)
    return USERS[str(user_id)]


@app.post("/users", status_code=201)
def create_user(user: NewUser) -> User:
    if any(one["email"] == user.email for one in USERS.values()):
        raise HTTPException(409)
    made = {"id": str(uuid.uuid4()), "email": user.email}
    USERS[made["id"]] = made
    return made
"""


def test_an_api_with_state(capsys: pytest.CaptureFixture[str]) -> None:
    """Each run has a server of its own; ids come from what was made, which is deleted last."""
    Path("shop.py").write_text(SHOP, encoding="utf-8")
    asked = ["--in", "curl", "--in", "python", "--over", "http", "--over", "mcp", "--format", "json"]
    hooks = ["--before", "echo reset >> log", "--seed", "echo $APISPEC_URL >> log"]
    assert run(["prove", "shop.py:app", *asked, *hooks]) == 0
    results = json.loads(capsys.readouterr().out)["results"]
    assert len(results) == 6 + 3 and all(result["passed"] for result in results)
    log = Path("log").read_text(encoding="utf-8").split()
    assert log[::2] == ["reset"] * 3 and all(url.startswith("http://127.0.0.1:") for url in log[1::2])


def test_what_is_skipped_has_a_reason_and_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("shop.py").write_text(SHOP, encoding="utf-8")
    Path("apispec.toml").write_text('[prove]\nskip = ["get_user_users__user_id__get=needs a user"]\n', encoding="utf-8")
    assert run(["prove", "shop.py:app", "--in", "curl", "--over", "http", "--safe-only"]) == 0
    shown = capsys.readouterr().out
    assert "get_user_users__user_id__get: skipped, needs a user" in shown
    assert "create_user_users_post: skipped, POST may change something" in shown
    assert "0 of 0 passed, 3 skipped" in shown
    assert run(["prove", "shop.py:app", "--skip", "nobody"]) == 2
    assert "there is no endpoint 'nobody'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("made", "parameter", "path", "value"),
    [
        ({"id": 7, "name": "x"}, "petId", "/pets", 7),
        ({"pet_id": 7, "owner_id": 8}, "petId", "/pets", 7),
        ({"data": {"uuid": "u"}}, "pet", "/pets", "u"),
        ({"slug": "s", "words": "w"}, "post", "/posts", "s"),
        ({"a_id": 1, "b_id": 2}, "pet", "/pets", None),
        (5, "id", "/pets", 5),
        (True, "id", "/pets", None),
    ],
)
def test_ids_come_from_what_was_made(made: Any, parameter: str, path: str, value: Any) -> None:
    from apispec.prove.cases import Case
    from apispec.prove.state import Learned
    from apispec.workflows import Exchange

    def case(endpoint: Endpoint) -> Case:
        return Case(Api(title="t"), endpoint, "http", "curl", {parameter: 0} if endpoint.parameters else {})

    learned = Learned()
    learned.learn(case(Endpoint(name="make", call=HttpCall(method="POST", path=path))), Exchange(body=made))
    there = HttpCall(method="GET", path=f"{path}/{{{parameter}}}")
    fed = learned.fed(case(Endpoint(name="get", call=there, parameters=(Parameter(name=parameter, location="path"),))))
    assert fed.arguments == {parameter: 0 if value is None else value} and fed.fed == (value is not None)


def test_what_nothing_is_known_of_is_no_failure() -> None:
    def plain(d, n=1): ...  # type: ignore[no-untyped-def]
    def rest(*args, **kwargs): ...  # type: ignore[no-untyped-def]
    def typed(d: int, e=None) -> int: ...  # type: ignore[no-untyped-def,empty-body]
    def never() -> NoReturn: ...  # type: ignore[misc]

    found = {e.name: e for e in describe([plain, rest, typed, never]).api.endpoints}
    assert unknown(found["plain"]) == "nothing says what d is: a hint or an example would"
    assert "args and kwargs are" in unknown(found["rest"]) and not unknown(found["typed"])
    assert unprovable(found["never"]) == "it never returns" and not unprovable(found["typed"])


DOUBTED = '''
def half(x):
    return x / 2

def lost(x):
    return missing_name + x

def shown(text):
    """Read it.

    >>> shown("a")
    1
    """
    return int(text)

def keyed(options: dict) -> int:
    return options["depth"]

def typed(n: int = 1) -> int:
    return [][n]

def give(level):
    def decorate(function):
        return function
    return decorate
'''


def test_a_refused_value_that_nobody_gave_is_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    Path("odd.py").write_text(DOUBTED, encoding="utf-8")
    asked = ["prove", "odd.py", "--in", "curl", "--over", "http"]
    assert run(asked) == 1
    told, errors = capsys.readouterr()
    for line in (
        "half: not sure: was answered with status 500: the function raised TypeError: "
        "unsupported operand type(s) for /: 'str' and 'int' (odd.py:3)",
        "nothing says what x is: a hint or an example would",
        "keyed: not sure: was answered with status 500: the function raised KeyError: 'depth' (odd.py:17)",
        "lost http/curl: was answered with status 500: the function raised NameError: "
        "name 'missing_name' is not defined (odd.py:6)",
        "shown http/curl: was answered with status 500: the function raised ValueError: ",
        "typed http/curl: was answered with status 500: the function raised IndexError: ",
        "0 of 3 passed, 2 not sure",
    ):
        assert line in told
    assert "1 endpoint can't be called: give" in errors and "3 of 3 failed" in errors
    assert run([*asked, "--format", "json", "--endpoint", "half"]) == 0
    (half,) = json.loads(capsys.readouterr().out)["results"]
    assert not half["passed"] and half["unsure"] and half["problem"]
    assert run([*asked, "--format", "junit", "--endpoint", "half"]) == 0
    assert 'failures="0"' in (report := capsys.readouterr().out) and "<skipped" in report


def test_what_closes_its_streams_and_has_the_path_of_the_tools(capsys: pytest.CaptureFixture[str]) -> None:
    text = """
        import os, sys
        print("loading")
        os.close(1), os.close(2)
        sys.stdout = sys.stderr = None

        class Odd:
            @property
            def __class__(self): raise RuntimeError("what class")

        odd = Odd()

        def mcp(name: str = "you") -> str:
            print("calling")
            return name
    """
    Path("closing.py").write_text(dedent(text), encoding="utf-8")
    assert run(["prove", "closing.py", "--in", "curl", "--over", "http", "--over", "mcp"]) == 0
    assert "1 of 1 passed" in capsys.readouterr().out


def test_tools_that_cannot_be_reached_are_a_failure(free_tcp_port: int) -> None:
    made = describe([len]).api
    [case] = cases(made, protocols=["mcp"])
    [outcome] = prove(made, [case], Host(f"http://127.0.0.1:{free_tcp_port}"))
    assert outcome.problem.startswith("the tools can't be reached: ")
