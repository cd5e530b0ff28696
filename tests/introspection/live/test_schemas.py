"""Classes: components, their names, their texts, and what has no schema."""

from __future__ import annotations

import dataclasses
import decimal
import enum
import typing as t
from pathlib import Path

import pydantic
import pytest
from pydantic import BaseModel, ConfigDict, Field, computed_field

from apispec.introspection import describe
from tests.introspection.live.support import module_of, one

STRING = {"type": "string"}
INTEGER = {"type": "integer"}

MODELS = """
from __future__ import annotations
from dataclasses import dataclass
from pydantic import BaseModel
@dataclass
class Item:
    name: str
class Box(BaseModel):
    item: Item
"""


def components(source: t.Any) -> dict[str, t.Any]:
    return describe(source).api.schemas


def test_names_are_bare_in_the_own_module_and_prefixed_elsewhere(tmp_path: Path) -> None:
    module_of(tmp_path, "shopping.models", MODELS)
    import sys

    sys.path.insert(0, str(tmp_path))
    try:
        (tmp_path / "shopping" / "api.py").write_text(
            "from dataclasses import dataclass\nfrom shopping import models\n"
            "@dataclass\nclass Item:\n    x: int\n    class Part: ...\n"
            "def a(x: Item, y: models.Item, z: models.Box): ...\n"
        )
        import shopping.api  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(tmp_path))
    assert list(components(shopping.api)) == ["Item", "models.Box", "models.Item"]


def test_adding_endpoints_and_classes_renames_nothing(tmp_path: Path) -> None:
    module_of(tmp_path, "first_models", MODELS)
    module_of(tmp_path, "aaa_models", MODELS)
    before_source = "import first_models as m\ndef f(x: m.Item) -> m.Box: ...\n"
    after_source = (
        "import first_models as m, aaa_models as n\n"
        "def a(x: n.Item, y: n.Box): ...\n"
        "def f(x: m.Item) -> m.Box: ...\n"
        "def g(x: m.Box) -> n.Item: ...\n"
    )
    import sys

    sys.path.insert(0, str(tmp_path))
    try:
        before = describe(module_of(tmp_path, "growing", before_source)).api
        after = describe(module_of(tmp_path, "growing", after_source)).api
    finally:
        sys.path.remove(str(tmp_path))
    assert before.schemas.items() <= after.schemas.items()
    assert before.endpoints[0].parameters == after.endpoint("f").parameters  # type: ignore[union-attr]


class Same(BaseModel):
    a: int
    b: list[Same] = []


class Differs(BaseModel):
    price: decimal.Decimal

    @computed_field
    def total(self) -> int:
        return 1


class Around(BaseModel):
    inner: Differs


def test_one_component_where_input_and_output_agree() -> None:
    def f(x: Same) -> Same: ...

    assert [name.rpartition(".")[2] for name in one(f).api.schemas] == ["Same"]


@pytest.mark.parametrize("used", ["both", "input", "output"])
def test_the_names_of_both_forms_do_not_depend_on_their_use(used: str) -> None:
    def both(x: Around) -> Around: ...

    def only_input(x: Around) -> None: ...

    def only_output() -> Around: ...

    described = one({"both": both, "input": only_input, "output": only_output}[used])
    found = [name.rpartition(".")[2] for name in described.api.schemas]
    expected = {"input": ["Around-Input", "Differs-Input"], "output": ["Around", "Differs"]}
    expected["both"] = sorted(expected["input"] + expected["output"])
    assert found == expected[used]


@dataclasses.dataclass
class Documented:
    """A thing.

    It has fields.

    Attributes:
        a: The first.
        b: Not this text.
    """

    a: int
    b: int = 2
    """The second."""
    c: int = dataclasses.field(default=3, metadata={"description": "In its metadata."})


class DocumentedModel(BaseModel):
    """A model.

    :param a: The first.
    :ivar b: The second.
    """

    a: int
    b: t.Annotated[int, Field(description="Already said.")]
    c: int = Field(alias="see")
    """The third."""


class Base(t.TypedDict):
    """A base."""

    a: int
    """From the base."""


class Inherited(Base, total=False):
    """A dictionary.

    Attributes:
        b: From the docstring.
    """

    b: int


class Level(enum.Enum):
    """How much."""

    LOW = 1


def test_texts_of_classes_and_fields() -> None:
    def f(x: Documented, y: DocumentedModel, z: Inherited, level: Level): ...

    schemas = {name.rpartition(".")[2]: schema for name, schema in one(f).api.schemas.items()}
    assert schemas["Documented"] == {
        "title": "Documented",
        "description": "A thing.\n\nIt has fields.",
        "type": "object",
        "properties": {
            "a": {"type": "integer", "description": "The first."},
            "b": {"type": "integer", "default": 2, "description": "The second."},
            "c": {"type": "integer", "default": 3, "description": "In its metadata."},
        },
        "required": ["a"],
    }
    model = schemas["DocumentedModel"]
    assert model["description"] == "A model."
    assert {name: schema.get("description") for name, schema in model["properties"].items()} == {
        "a": "The first.",
        "b": "Already said.",
        "see": "The third.",
    }
    assert {name: schema["description"] for name, schema in schemas["Inherited"]["properties"].items()} == {
        "a": "From the base.",
        "b": "From the docstring.",
    }
    assert schemas["Inherited"]["required"] == ["a"]
    assert schemas["Level"]["description"] == "How much."


class Cat(BaseModel):
    kind: t.Literal["cat"]


class Dog(BaseModel):
    kind: t.Literal["dog"]
    price: decimal.Decimal = decimal.Decimal("1.5")


def test_discriminators_refer_to_components() -> None:
    def f(pet: t.Annotated[Cat | Dog, Field(discriminator="kind")]): ...

    schema = one(f).parameters()["pet"]
    assert sorted(schema["discriminator"]["mapping"]) == ["cat", "dog"]
    refs = {branch["$ref"] for branch in schema["oneOf"]}
    assert set(schema["discriminator"]["mapping"].values()) == refs
    assert {ref.rpartition(".")[2] for ref in refs} == {"Cat", "Dog-Input"}


T = t.TypeVar("T")


class Page(BaseModel, t.Generic[T]):
    items: list[T]


def test_generic_models() -> None:
    def f(a: Page[int], b: Page[Cat]) -> Page[str]: ...

    prefix = __name__.removeprefix("tests.")
    assert set(one(f).api.schemas) == {
        f"{prefix}.Cat",
        f"{prefix}.Page_{prefix}.Cat",
        f"{prefix}.Page_int",
        f"{prefix}.Page_str",
    }


class Weird:
    """Nothing that JSON knows."""


@dataclasses.dataclass
class HasWeird:
    a: int
    weird: Weird
    call: t.Callable[[], int]


class HasWeirdModel(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    weird: Weird
    inf: float = float("inf")


class Unfinished(BaseModel):
    a: int
    b: Nowhere | int  # type: ignore[name-defined]  # noqa: F821


@dataclasses.dataclass
class UnfinishedData:
    a: int
    b: list[Nowhere]  # type: ignore[name-defined]  # noqa: F821


class Broken:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: t.Any, handler: t.Any) -> t.Any:
        raise RuntimeError("broken schema")


class BrokenJson:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: t.Any, handler: t.Any) -> t.Any:
        from pydantic_core import core_schema

        return core_schema.int_schema()

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: t.Any, handler: t.Any) -> t.Any:
        raise RuntimeError("broken JSON schema")


def test_a_class_with_a_bad_field_keeps_its_good_ones() -> None:
    def f(a: HasWeird, b: HasWeirdModel, c: Unfinished, d: UnfinishedData): ...

    schemas = {name.rpartition(".")[2]: schema for name, schema in one(f).api.schemas.items()}
    assert schemas["HasWeird"]["properties"] == {
        "a": INTEGER,
        "weird": {"x-python-type": f"{__name__}.Weird"},
        "call": {"x-python-type": "Callable"},
    }
    assert schemas["HasWeirdModel"]["properties"]["inf"] == {"type": "number", "x-python-default": "inf"}
    assert schemas["Unfinished"]["properties"]["b"] == {"anyOf": [{"x-python-type": "Nowhere"}, INTEGER]}
    assert schemas["UnfinishedData"]["properties"]["b"] == {"type": "array", "items": {"x-python-type": "Nowhere"}}


def test_what_is_open_inside_a_component_is_reported_once() -> None:
    def f(a: HasWeird, b: list[HasWeird]) -> HasWeird: ...

    described = one(f)
    messages = [m for m, rule in zip(described.messages, described.rules, strict=True) if rule == "undescribable-type"]
    assert len(messages) == 2
    assert any("HasWeird" in m and "Weird" in m for m in messages)


def test_classes_that_raise_cost_only_themselves() -> None:
    def f(a: Broken, b: list[Broken] | int, c: BrokenJson, d: dict[str, BrokenJson], e: int): ...

    described = one(f)
    found = described.parameters()
    open_broken = {"x-python-type": f"{__name__}.Broken"}
    assert found["a"] == open_broken
    assert found["b"] == {"anyOf": [{"type": "array", "items": open_broken}, INTEGER]}
    assert "x-python-type" in found["c"]
    assert found["e"] == INTEGER
    assert any("broken schema" in message for message in described.messages)


class OwnSchema(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"a": 1, "$ref": "data"}]}, title="Own title")
    a: int


def test_data_that_looks_like_a_reference_is_left_alone() -> None:
    def f(x: OwnSchema): ...

    (schema,) = one(f).api.schemas.values()
    assert schema["examples"] == [{"a": 1, "$ref": "data"}]
    assert schema["title"] == "Own title"


class Pair(t.NamedTuple):
    """Two of them.

    Attributes:
        a: The first one.
    """

    a: int
    b: str = "x"
    """The second one."""


def test_named_tuples_are_arrays_of_named_items() -> None:
    def f(x: Pair): ...

    (schema,) = one(f).api.schemas.values()
    assert schema == {
        "type": "array",
        "title": "Pair",
        "description": "Two of them.",
        "prefixItems": [
            {"type": "integer", "title": "a", "description": "The first one."},
            {"type": "string", "title": "b", "description": "The second one.", "default": "x"},
        ],
        "minItems": 1,
        "maxItems": 2,
    }


class Login(BaseModel):
    user: str = "root"
    password: pydantic.SecretStr = "hunter2"  # type: ignore[assignment]
    codes: list[pydantic.SecretStr] = [pydantic.SecretStr("hunter2")]
    pin: pydantic.SecretBytes | None = None
    hint: str = Field("hunter2", json_schema_extra={"format": "password"})


def test_secrets_in_the_source_stay_there() -> None:
    def f(
        a: pydantic.SecretStr = "hunter2",  # type: ignore[assignment]
        b: pydantic.SecretStr | None = None,
        c: Login = Login(),
        d=pydantic.SecretStr("hunter2"),
        e: pydantic.Secret[int] = pydantic.Secret(77123),
    ) -> Login: ...

    described = one(f)
    assert "hunter2" not in repr(described) and "77123" not in repr(described)
    shown = {p.name: p.default.text or p.default.value for p in described.endpoint.parameters if p.default}
    assert shown == {"a": "*" * 10, "b": None, "c": "*" * 10, "d": "*" * 10, "e": "*" * 10}
    (login,) = described.api.schemas.values()
    hidden = {name for name, field in login["properties"].items() if field.get("x-python-default") == "*" * 10}
    assert hidden == {"password", "codes", "hint"}
    assert login["properties"]["pin"]["default"] is None and login["properties"]["user"]["default"] == "root"


@pydantic.dataclasses.dataclass
class Own:
    b: bytes


@dataclasses.dataclass
class Std:
    b: bytes


class WithBytes(BaseModel):
    b: bytes


def test_bytes_are_described_as_they_travel() -> None:
    from apispec.introspection.adapters import adapter

    def f(own: Own, std: Std, many: list[Std], model: WithBytes, models: list[WithBytes], plain: bytes): ...

    schemas = {name.rpartition(".")[2]: s["properties"]["b"] for name, s in one(f).api.schemas.items()}
    values: list[tuple[str, t.Any, t.Any]] = [
        ("Std", Std, Std(b"~~?")),
        ("Std", list[Std], [Std(b"~~?")]),
        ("WithBytes", WithBytes, WithBytes(b=b"~~?")),
        ("WithBytes", list[WithBytes], [WithBytes(b=b"~~?")]),
    ]
    for name, hint, value in values:
        as_base64 = schemas[name].get("format") == "base64url"
        assert (b"fn4_" in adapter(hint).dump_json(value)) is as_base64, name


def test_descriptions_of_parameters_come_from_the_hint_or_the_docstring() -> None:
    from typing_extensions import Doc

    def f(
        a: t.Annotated[int, Field(description="From Field.", examples=[1, 2], deprecated=True)],
        b: t.Annotated[int, Doc("From Doc.")],
        c: t.Annotated[int, "From a text."],
        d: int,
        e: t.Annotated[int, Field(default=9)],
    ):
        """Do it.

        Args:
            a: Not this.
            d: From the docstring.
            zzz: Nobody knows it.
        """

    described = one(f)
    assert {p.name: p.description for p in described.endpoint.parameters} == {
        "a": "From Field.",
        "b": "From Doc.",
        "c": "From a text.",
        "d": "From the docstring.",
        "e": "",
    }
    assert set(map(str, described.parameters().values())) == {"{'type': 'integer'}"}
    first = described.parameter("a")
    assert first.deprecated and [e.value for e in first.examples] == [1, 2]
    assert not described.parameter("e").required and described.parameter("e").default.value == 9
    assert "docstring-unknown-parameter" in described.rules


def test_deprecation() -> None:
    from typing_extensions import deprecated

    @deprecated("Use g.")
    def f() -> int: ...

    def g() -> int:
        """Do it.

        .. deprecated:: 2.0
            Use h.
        """

    assert (one(f).endpoint.deprecated, one(f).endpoint.deprecation) == (True, "Use g.")
    assert one(g).endpoint.deprecated and "Use h." in one(g).endpoint.deprecation
    assert not one(g, deprecated=False).endpoint.deprecated
