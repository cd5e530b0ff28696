"""What the static reader makes of a module, and what it must not do."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from apispec.errors import EndpointError, TargetError
from apispec.introspection import Options, introspect
from apispec.model import Api, Default, Endpoint, Introspection

HERE = Path(__file__).parent
STATIC = Options(static=True)


def read(folder: Path, text: str, name: str = "app.py", target: str = "app.py") -> Introspection:
    (folder / name).write_text(text, encoding="utf-8")
    return introspect(target, STATIC)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    folder = tmp_path_factory.mktemp("everything")
    shutil.copy(HERE / "everything.py", folder / "app.py")
    return introspect(str(folder / "app.py"), STATIC).api


def endpoint(api: Api, name: str) -> Endpoint:
    found = api.endpoint(name)
    assert found is not None
    assert found.static
    return found


def schema(api: Api, name: str, parameter: str) -> Any:
    found = endpoint(api, name).parameter(parameter)
    assert found is not None
    return found.schema


def test_the_api(api: Api) -> None:
    assert (api.title, api.version) == ("Everything", "3.2")
    assert [server.url for server in api.servers] == ["https://api.example.com"]
    assert api.description.startswith("It also tries to run code") or "Everything that the" in api.description
    assert [e.name for e in api.endpoints] == ["make", "other", "old", "older", "wide", "added"]


def test_signatures(api: Api) -> None:
    make = endpoint(api, "make")
    assert [(p.name, p.kind, p.required) for p in make.parameters] == [
        ("node", "positional", True),
        ("page", "standard", True),
        ("point", "standard", False),
        ("rest", "var-positional", False),
        ("colour", "keyword", False),
        ("limit", "keyword", False),
        ("day", "keyword", False),
        ("price", "keyword", False),
        ("count", "keyword", False),
        ("thing", "keyword", False),
        ("key", "keyword", True),
        ("text", "keyword", False),
    ]
    assert make.tags == ("nodes",)
    assert make.summary == "Make nodes."
    assert make.parameters[0].description == "The first."
    assert [r.status for r in make.responses if r.status == "404"] == ["404"]


def test_defaults(api: Api) -> None:
    found = {p.name: p.default for p in endpoint(api, "make").parameters if p.default is not None}
    assert found == {
        "point": Default(value={"x": 1, "y": 2}),
        "colour": Default(value="blue"),
        "limit": Default(value=3600),
        "day": Default(value="2020-01-01"),
        "price": Default(value="1.5"),
        "count": Default(value=3),
        "thing": Default(value=None),
    }
    assert endpoint(api, "added").parameters[1].default == Default(value=3)


def test_models_and_other_classes(api: Api) -> None:
    node = api.schemas["Node-Input"]  # what is answered has its computed field as well
    assert isinstance(node, dict)
    assert node["additionalProperties"] is False
    assert node["required"] == ["id"]
    properties = node["properties"]
    assert properties["id"] == {"type": "integer", "exclusiveMinimum": 0, "description": "Its id."}
    assert properties["name"] == {"type": "string", "default": "x", "description": "Its name."}
    assert properties["children"]["items"] == {"$ref": "#/components/schemas/Node-Input"}
    assert properties["made"]["anyOf"] == [{"type": "string", "format": "date-time"}, {"type": "null"}]
    assert properties["unknown"]["anyOf"] == [{"x-python-type": "Thing"}, {"type": "integer"}]
    assert schema(api, "make", "thing") == {
        "anyOf": [{"x-python-type": "Thing"}, {"type": "integer"}, {"type": "null"}]
    }
    point = api.schemas["Point"]
    assert isinstance(point, dict)
    assert point["properties"]["x"]["description"] == "Across."
    assert point["properties"]["y"]["default"] == 1.0
    assert schema(api, "other", "ids") == {"type": "array", "items": {"type": "integer"}}
    assert schema(api, "other", "mode") == {"enum": ["a", 1]}
    assert schema(api, "make", "count") == {"type": "integer", "minimum": 1}
    key = endpoint(api, "make").parameter("key")
    assert key is not None and key.description == "The key."


def test_results(api: Api) -> None:
    make, other = endpoint(api, "make").result, endpoint(api, "other").result
    assert make is not None and make.streaming
    assert other is not None and other.schema == {"type": "null"}
    assert make.schema == {"$ref": "#/components/schemas/Node"}
    node = api.schemas["Node"]
    assert isinstance(node, dict)
    assert node["properties"]["size"] == {"type": "integer", "readOnly": True}


def test_deprecation_and_overloads(api: Api) -> None:
    assert (endpoint(api, "old").deprecated, endpoint(api, "old").deprecation) == (True, "use other")
    assert (endpoint(api, "older").deprecated, endpoint(api, "older").deprecation) == (True, "use other too")
    assert len(endpoint(api, "wide").parameters) == 1


def test_locations_are_those_of_the_source(api: Api) -> None:
    lines = (HERE / "everything.py").read_text(encoding="utf-8").splitlines()
    line = endpoint(api, "added").location.line
    assert lines[line - 1].startswith("def plain")


RUNS = '''
import os, pathlib
import helper
from helper import value, Base
pathlib.Path("ran-1").touch()

def run(name):
    pathlib.Path(name).touch()
    return lambda f: f

@run("ran-2")
def one(a: run("ran-3") = run("ran-4"), b: "run('ran-5')" = os.mkdir("ran-6"), *c: __import__("os").mkdir("ran-7")) -> run("ran-8"):
    """One."""

class Meta(type):
    def __new__(cls, *a, **k):
        pathlib.Path("ran-9").touch()
        return super().__new__(cls, *a, **k)
    def __getattr__(cls, name):
        pathlib.Path("ran-10").touch()

class Thing(Base, metaclass=Meta, flag=run("ran-11")):
    x: int = run("ran-12")
    pathlib.Path("ran-13").touch()
    def __init_subclass__(cls):
        pathlib.Path("ran-14").touch()
    def __class_getitem__(cls, item):
        pathlib.Path("ran-15").touch()
    def __get_pydantic_core_schema__(cls, *a):
        pathlib.Path("ran-16").touch()

class Sub(Thing): pass

from pydantic import BaseModel, Field, field_validator
from typing import Annotated
class Model(BaseModel):
    a: int = Field(default_factory=lambda: os.mkdir("ran-17"))
    b: int = Field(default_factory=run)
    c: Annotated[int, run("ran-18")] = 1
    @field_validator("a", mode="before")
    def check(cls, v):
        pathlib.Path("ran-19").touch()
    def __init__(self, **k):
        pathlib.Path("ran-20").touch()
    def model_post_init(self, c):
        pathlib.Path("ran-21").touch()

def two(a: Thing[int], b: Sub, c: Model, d: Model = Model(a=1), e=helper.value, f=os.environ, g=os.mkdir, h=[].append(1)) -> value: ...
def three(a: Model.__init__.__globals__["pathlib"].Path("ran-22").touch() = 1, b: (lambda: os.mkdir("ran-23"))() = 2): ...
def __getattr__(name):
    pathlib.Path("ran-24").touch()
'''


def test_nothing_of_the_target_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "helper.py").write_text(
        "import pathlib\npathlib.Path('ran-25').touch()\nvalue = 1\nclass Base:\n    pathlib.Path('ran-26').touch()\n",
        encoding="utf-8",
    )
    (tmp_path / "sitecustomize.py").write_text("open('ran-27', 'w').close()", encoding="utf-8")
    for module in ("os", "json", "pydantic", "types", "datetime", "griffe"):
        (tmp_path / f"{module}.py").write_text("open('ran-28', 'w').close()", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = read(tmp_path, RUNS)
    assert [e.name for e in result.api.endpoints] == ["run", "one", "two", "three"]
    assert sorted(p.name for p in tmp_path.glob("ran-*")) == []


def test_nothing_secret_of_this_machine_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_VARIABLE", "a-value-of-mine")
    text = "import os, sys\ndef f(a=os.environ, b=os.environ['SOME_VARIABLE'], c=sys.argv, d: os.environ['SOME_VARIABLE'] = sys.path): ..."
    result = read(tmp_path, text)
    assert "a-value-of-mine" not in str(result)
    assert [p.default.text for p in result.api.endpoints[0].parameters if p.default] == [
        "os.environ", "os.environ['SOME_VARIABLE']", "sys.argv", "sys.path",
    ]  # fmt: skip


def test_large_values_are_not_worked_out(tmp_path: Path) -> None:
    result = read(tmp_path, "def f(a=10**10**10, b='x' * 10**10, c=1 << 10**9, d=2 ** 10, e=-(60 * 60), f=1 + 1j): ...")
    defaults = {p.name: p.default for p in result.api.endpoints[0].parameters}
    assert defaults["a"] == Default(text="10 ** 10 ** 10")
    assert defaults["b"] == Default(text="'x' * 10 ** 10")
    assert defaults["c"] == Default(text="1 << 10 ** 9")
    assert defaults["d"] == Default(value=1024)
    assert defaults["e"] == Default(value=-3600)


def test_stubs_beside_the_module(tmp_path: Path) -> None:
    (tmp_path / "app.pyi").write_text("def f(a: int, b: str = ...) -> bool: ...", encoding="utf-8")
    (found,) = read(tmp_path, "def f(a, b='x'): ...").api.endpoints
    assert [p.schema for p in found.parameters] == [{"type": "integer"}, {"type": "string"}]
    assert found.result is not None and found.result.schema == {"type": "boolean"}
    assert found.parameters[1].default == Default(value="x")


def test_packages_relative_imports_and_cycles(tmp_path: Path) -> None:
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "__init__.py").write_text("from .models import Item", encoding="utf-8")
    (package / "models.py").write_text(
        "from __future__ import annotations\nfrom pydantic import BaseModel\nfrom . import owners\n"
        "class Item(BaseModel):\n    owner: owners.Owner | None = None\n    price: Price\nPrice = float\n",
        encoding="utf-8",
    )
    (package / "owners.py").write_text(
        "from __future__ import annotations\nfrom pydantic import BaseModel\nimport pkg.models\n"
        "class Owner(BaseModel):\n    items: list[pkg.models.Item]\n",
        encoding="utf-8",
    )
    (package / "api.py").write_text(
        "from .models import Item\nfrom . import Item as Same\nimport pkg.models as m\n"
        "def f(a: Item, b: Same, c: m.Item, d: m.Nothing) -> Item: ...\n",
        encoding="utf-8",
    )
    for target in ("pkg/api.py", "pkg.api"):
        api = introspect(target, STATIC).api
        (found,) = api.endpoints
        schemas = [p.schema for p in found.parameters]
        assert schemas[0] == schemas[1] == schemas[2] == {"$ref": "#/components/schemas/models.Item"}
        assert schemas[3] == {"x-python-type": "m.Nothing"}
        assert set(api.schemas) == {"models.Item", "owners.Owner"}
        assert found.location.file == "pkg/api.py"


def test_names_that_are_exported(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("def helped(a: int): ...", encoding="utf-8")
    text = "from helper import helped\n__all__ = ['helped', 'own']\ndef own(): ...\ndef hidden(): ..."
    assert {e.name for e in read(tmp_path, text).api.endpoints} == {"helped", "own"}
    text = "from helper import helped\ndef own(): ...\ndef _hidden(): ..."
    assert {e.name for e in read(tmp_path, text).api.endpoints} == {"own"}


def test_an_attribute(tmp_path: Path) -> None:
    text = "import apispec\none = apispec.App(title='One')\ntwo = apispec.App(title='Two')\n@two.endpoint\ndef f(): ..."
    api = read(tmp_path, text, target="app.py:two").api
    assert (api.title, [e.name for e in api.endpoints]) == ("Two", ["f"])
    with pytest.raises(TargetError, match="app has no attribute three"):
        read(tmp_path, text, target="app.py:three")
    assert read(tmp_path, text).api.title == "Two", "an empty one is not meant"
    with pytest.raises(EndpointError, match="several Apps"):
        read(tmp_path, text + "\n@one.endpoint\ndef g(): ...")


def test_what_only_running_would_tell_is_a_finding(tmp_path: Path) -> None:
    text = (
        "import apispec, somewhere\napp = apispec.App(title=somewhere.title)\n"
        "@app.endpoint(tags=somewhere.tags, **somewhere.more)\ndef f(): ...\napp.add(somewhere.function)\n"
    )
    result = read(tmp_path, text)
    assert [e.name for e in result.api.endpoints] == ["f"]
    messages = [(str(f.location), f.message) for f in result.findings if f.rule == "static-unreadable"]
    assert messages == [
        ("app.py:4", "what tags=somewhere.tags means, only running it would tell, so it is left out"),
        ("app.py:4", "what **=somewhere.more means, only running it would tell, so it is left out"),
        ("app.py:5", "what somewhere.function is, only running it would tell, so it is left out"),
    ]


def test_two_endpoints_of_one_name(tmp_path: Path) -> None:
    text = "import apispec\napp = apispec.App()\n@app.endpoint\ndef f(): ...\n@app.endpoint(name='f')\ndef g(): ..."
    with pytest.raises(EndpointError, match="two endpoints are named 'f'"):
        read(tmp_path, text)


def test_no_source() -> None:
    with pytest.raises(TargetError, match="no Python source"):
        introspect("math", STATIC)


def test_deep_nesting_is_an_error_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        read(tmp_path, "x = " + "(" * 100_000)
    result = read(tmp_path, "def f(a: " + "list[" * 60 + "int" + "]" * 60 + ", b=" + "-" * 200 + "1): ...")
    assert [p.name for p in result.api.endpoints[0].parameters] == ["a", "b"]


LIBRARIES_RUN = """
import collections, dataclasses, enum, functools, os, subprocess, typing, typing_extensions
from dataclasses import dataclass, field
from typing import *
from pydantic import *
from pydantic import dataclasses as pd, types as pt
from pydantic.functional_serializers import PlainSerializer
from pydantic.functional_validators import *
from pydantic.json_schema import *

CODE = "__import__('os').mkdir('ran-1')"
make = os.mkdir

class Command(subprocess.Popen): pass
class Failure(subprocess.Popen, Exception): pass
class Member(subprocess.Popen, enum.Enum):
    A = (["touch", "ran-2"],)
class Coded(str, enum.Enum):
    A = os.mkdir("ran-3")
    B = "b"

@dataclass
class Made:
    ran_4: str = field(default_factory=lambda: os.mkdir("ran-4"))
    b: object = field(default_factory=os.getpid)
    c: object = field(default_factory=subprocess.Popen)
    d: object = field(default_factory=functools.partial(os.mkdir, "ran-5"))
    e: CODE = 1
    f: "__import__('os').mkdir('ran-6')" = 1

@pd.dataclass(config=ConfigDict(alias_generator=os.mkdir))
class Aliased:
    ran_7: int = 1

class Model(BaseModel):
    model_config = ConfigDict(alias_generator=os.mkdir, json_schema_extra=os.mkdir, title="Kept")
    ran_8: int = 1
    a: Annotated[str, BeforeValidator(os.mkdir), AfterValidator(make), PlainSerializer(os.mkdir)] = "ran-9"
    b: Annotated[str, WrapValidator(functools.partial(os.mkdir))] = Field("ran-10", json_schema_extra=os.mkdir, alias=CODE)
    c: list[CODE] = []
    d: conlist("__import__('os').mkdir('ran-11')") = []
    e: ImportString = "os.mkdir"

class Model2(BaseModel):
    model_config = {"alias_generator": os.mkdir, "json_schema_extra": os.mkdir}
    ran_12: int = 1

class Model3(BaseModel, alias_generator=os.mkdir, extra="forbid"):
    ran_13: int = 1

class Model4(BaseModel):
    ran_14: int = Field(alias=None, validation_alias=AliasPath("x"), default_factory=Command)
    class Config:
        alias_generator = os.mkdir
        fields = CODE

Functional = TypedDict("Functional", {"a": "__import__('os').mkdir('ran-15')"})
Tupled = NamedTuple("Tupled", [("a", "__import__('os').mkdir('ran-16')")])
Counted = collections.namedtuple("Counted", "a b")
Forward = ForwardRef("__import__('os').mkdir('ran-17')")
Created = create_model("Created", a=("__import__('os').mkdir('ran-18')", 1))
Aliased2 = typing_extensions.TypeAliasType("Aliased2", "__import__('os').mkdir('ran-19')")
T = TypeVar("T", bound="__import__('os').mkdir('ran-20')")
N = NewType("N", "__import__('os').mkdir('ran-21')")
Hints = typing.get_type_hints(Made)
Adapter = TypeAdapter("__import__('os').mkdir('ran-22')")

def one(a: Command = Command(["mkdir", "ran-23"]), b=Made(), c=Aliased(), d=Model(), e=Model2(ran_12=2), f=Model3(), g=Member.A,
        h: Coded = Coded.B, i=Failure(["mkdir", "ran-24"]), j=make("ran-25"), k=CODE, l: CODE = 1, m: "CODE" = 1, n: Forward = 1): ...
def two(a: Functional, b: Tupled, c: Counted, d: Created, e: Aliased2, f: T, g: N, h: Adapter, i: Annotated[CODE, 1], j: Optional[CODE],
        k: Callable[[CODE], CODE], l: Literal[CODE], m: ForwardRef("__import__('os').mkdir('ran-26')"), n: Union[CODE, int],
        o: ClassVar[CODE], p: Model4, q: Json[CODE], r: Unpack[Functional], s: Annotated[int, Field(default_factory=make)] = 1): ...
def three(a: int = Field(default_factory=Command), b: int = Field(default_factory=os.getpid), c=Header(make), **k: Unpack["CODE"]) -> CODE: ...
"""


def test_no_library_runs_anything_for_the_target(tmp_path: Path) -> None:
    """Strings that a library would evaluate, and functions that it would call."""
    before = sorted(p.name for p in tmp_path.iterdir())
    result = read(tmp_path, LIBRARIES_RUN)
    assert [e.name for e in result.api.endpoints] == ["one", "two", "three"]
    assert [len(e.parameters) for e in result.api.endpoints] == [14, 19, 4]
    after = sorted(p.name for p in tmp_path.iterdir())
    assert after == [*before, "app.py"]


CONTEXT = """
from __future__ import annotations
from typing import TYPE_CHECKING
from apispec import Session
if TYPE_CHECKING:
    from flask import Request as Asked
    from fastapi import Request, Response
    from not_installed import Request as Other
    import gradio as gr
    import pandas as pd
def f(a: Request, b: Asked | None, c: Response, d: Session, e: gr.Progress = None, *, x: int, y: Other, z: pd.DataFrame):
    ...
"""


@pytest.mark.parametrize("static", [True, False])
def test_what_a_server_fills_in_is_known_without_importing_it(tmp_path: Path, static: bool) -> None:
    (tmp_path / "app.py").write_text(CONTEXT, encoding="utf-8")
    found = introspect("app.py", Options(static=static))
    (f,) = found.api.endpoints
    assert [p.name for p in f.parameters] == ["x", "y", "z"]
    assert [p.schema for p in f.parameters][1:] == [{"x-python-type": "Other"}, {"x-python-type": "pd.DataFrame"}]
    assert sorted(m.subject for m in found.findings if m.rule == "unresolved-hint") == [
        "endpoint f, parameter y",
        "endpoint f, parameter z",
    ]


FUNCTIONS = """
import functools, json, os
from apispec import App
from functools import partial
from typing import overload
@overload
def f(a: int) -> int: ...
@overload
def f(a: str, b: bool = ...) -> str: ...
def f(a, b=False): ...
half = functools.partial(f, 1, b=True)
def g(a: int, b=json, c: int = 3): ...
odd = partial(g, c=os.mkdir("ran"))
ran = partial(os.mkdir, "ran")
none = partial(*[f])
"""


def test_partials_and_overloads_are_read_as_they_are_imported(tmp_path: Path) -> None:
    source = FUNCTIONS.replace('os.mkdir("ran")', "4").replace("none = partial(*[f])\n", "")
    static = read(tmp_path, source)
    live = introspect("app.py", Options())
    said = [[(e.name, e.overloads, e.parameters, e.result) for e in found.api.endpoints] for found in (static, live)]
    assert [name for name, *_ in said[0]] == ["f", "half", "g", "odd"]
    assert said[0] == [one for one in said[1] if one[0] != "ran"]  # of another module's function: only importing tells


def test_a_partial_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(tmp_path, FUNCTIONS)
    assert not (tmp_path / "ran").exists()
    odd = endpoint(found.api, "odd").parameter("c")
    assert odd is not None and odd.default == Default(text="os.mkdir('ran')")
    g = endpoint(found.api, "g").parameter("b")
    assert g is not None and g.default == Default(text="json")
