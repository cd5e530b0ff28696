"""Which evidence wins, where names are looked up, and what stands in for a default and is none."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from apispec.findings import Finding
from apispec.introspection import describe
from apispec.rendering import openapi
from apispec.runtime import functions

from .support import module_of


def described(folder: Path, name: str, source: str):
    module = module_of(folder, name, source)
    found = describe(module)
    by_name = {e.name: e for e in found.api.endpoints}
    return module, found, by_name


def test_a_default_is_a_fact_and_guards_are_bool(tmp_path: Path) -> None:
    source = '''
    import datetime, enum
    from typing import TypeGuard
    class E(enum.Enum):
        A = 1
        B = 2
        C = 2
    def guard(x: object) -> TypeGuard[str]: ...
    def pick(e: E) -> E: ...
    def when(t: datetime.time = datetime.time(8, 30), d: datetime.datetime = datetime.datetime(2020, 1, 1)) -> str: ...
    def ci(method="BCa"):
        """Do.

        Parameters
        ----------
        method : {'percentile', 'bca'}, optional
            How.
        """
    class Model:
        "The class."
        def __call__(self, x: int) -> int:
            "The call."
    model = Model()
    '''
    _, found, by_name = described(tmp_path, "evidence_module", source)
    assert by_name["guard"].result.schema == {"type": "boolean"}
    assert by_name["ci"].parameters[0].schema == {"type": "string"}
    assert by_name["ci"].parameters[0].default.value == "BCa"
    assert by_name["model"].summary == "The call."
    assert found.api.schemas["E"]["enum"] == [1, 2]
    assert "default-does-not-fit" not in {f.rule for f in found.findings}


def test_names_are_looked_up_where_they_were_written(tmp_path: Path) -> None:
    module_of(
        tmp_path,
        "deco_module",
        """
    import functools, inspect
    def renamed(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs): return function(*args, **kwargs)
        wrapper.__signature__ = inspect.signature(function)
        return wrapper
    """,
    )
    sys.path.insert(0, str(tmp_path))
    try:
        _, _, by_name = described(
            tmp_path,
            "using_module",
            """
        from __future__ import annotations
        from decimal import Decimal as D
        from deco_module import renamed
        @renamed
        def read(amount: D, n: int = 1) -> list[D]: ...
        """,
        )
    finally:
        sys.path.remove(str(tmp_path))
    schemas = {p.name: p.schema for p in by_name["read"].parameters}
    assert schemas["n"] == {"type": "integer"} and "x-python-type" not in str(schemas["amount"])


def test_an_app_with_endpoints_wins_over_an_empty_one(tmp_path: Path) -> None:
    _, found, _ = described(
        tmp_path,
        "two_apps",
        """
    from fastapi import FastAPI
    app = FastAPI()
    real = FastAPI(title="Real")
    other = FastAPI()
    @real.get("/x")
    def x() -> int: ...
    """,
    )
    assert found.api.title == "Real"
    _, found, _ = described(
        tmp_path,
        "two_of_ours",
        """
    import apispec
    app = apispec.App("Empty")
    real = apispec.App("Real")
    real.add(len)
    """,
    )
    assert found.api.title == "Real"


def test_typers_options_are_no_defaults(tmp_path: Path) -> None:
    (tmp_path / "typer").mkdir()
    (tmp_path / "typer" / "__init__.py").write_text("from .models import Option\n")
    (tmp_path / "typer" / "models.py").write_text(
        "class OptionInfo:\n    def __init__(self, default=..., help=None): self.default, self.help = default, help\n"
        "def Option(default=..., help=None): return OptionInfo(default, help)\n"
    )
    source = "import typer\ndef hello(name: str, count: int = typer.Option(2, help='How many.'), must: int = typer.Option()) -> int: return count\n"
    module, found, by_name = described(tmp_path, "typer_module", source)
    count, must = by_name["hello"].parameters[1:]
    assert (count.required, count.default.value, count.description, must.required) == (False, 2, "How many.", True)
    [made] = functions(module, found.api)
    positional, named = made.bind({"name": "a", "must": 1})
    assert made.call(*positional, **named) == 2


def test_defaults_that_are_another_value_at_every_run_are_shown_as_written(tmp_path: Path) -> None:
    text = """
        import datetime, time, uuid
        from datetime import datetime as D

        def f(at: D = D.now(), day=datetime.date.today(), *, id: uuid.UUID = uuid.uuid4(), stamp: float = time.time(),
              half: datetime.time = datetime.time(8, 30), n: int = 3, raw=b"x", when=datetime.date(2020, 1, 2)):
            pass
    """
    (endpoint,) = describe(module_of(tmp_path, "volatile_defaults", text)).api.endpoints
    shown = {p.name: p.default for p in endpoint.parameters}
    assert {name: default.text for name, default in shown.items() if default and not default.is_json} == {
        "at": "D.now()", "day": "datetime.date.today()", "id": "uuid.uuid4()", "stamp": "time.time()",
        "raw": "b'x'", "when": "datetime.date(2020, 1, 2)",
    }  # fmt: skip


def test_defaults_that_only_the_format_of_json_can_not_say_are_no_finding() -> None:
    def f(
        short: datetime.timedelta = datetime.timedelta(microseconds=5),
        before: datetime.timedelta = datetime.timedelta(days=-1, hours=2),
        day: datetime.datetime = datetime.date(2020, 1, 1),  # type: ignore[assignment]
    ) -> None: ...

    findings: list[Finding] = []
    openapi.render(describe(f).api, findings=findings)
    assert [f.message for f in findings if f.rule == "default-does-not-fit"] == []
