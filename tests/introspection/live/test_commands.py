"""Commands of click are functions: their options are parameters, and calling them does what the command line does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from apispec.introspection import Options, describe, introspect
from apispec.runtime import functions
from tests.introspection.static.test_both_readers import told

from .support import module_of

SOURCE = '''
import click
from click import IntRange, option
from enum import Enum

class Hue(Enum):
    RED = 1
    BLUE = 2

@click.group()
@click.option("--debug/--no-debug")
def cli(debug):
    """A group is none."""

@click.command()
@click.argument("name")
@option("--count", default=1, help="How often.", type=IntRange(1, 5))
@click.option("--shout/--no-shout", default=False)
@click.option("--kind", "sort", type=click.Choice(["a", "b"]), required=True)
@click.option("-v", "--verbose", count=True)
@click.option("--ratio", type=click.FloatRange(0, 1, max_open=True), default=0.5)
@click.option("--when", type=click.DateTime())
@click.option("--pair", type=(str, int))
@click.option("--hue", type=click.Choice(Hue))
@click.option("--yes", is_flag=True, expose_value=False)
@click.version_option("1.0")
def greet(name, count, shout, sort, verbose, ratio, when, pair, hue):
    """Greet somebody."""
    return name * count + sort + str(hue)

@cli.command("bye-now", help="Said here.", deprecated=True)
@click.option("-n", "--name", multiple=True)
@click.argument("rest", nargs=-1)
@click.pass_context
def bye(ctx, name, rest):
    """Not this."""
    return [ctx.info_name, *name, *rest]

@cli.group()
def inner(): ...

@inner.command()
def deep(): ...

def plain(a: int) -> int: ...
'''
OWN = """
import click

class Even(click.ParamType):
    name = "even"
    def convert(self, value, param, ctx):
        if int(value) % 2:
            self.fail(f"{value} is odd", param, ctx)
        return int(value)

def louder(ctx, param, value):
    return value.upper()

@click.command()
@click.option("--even", type=Even(), required=True)
@click.option("--word", callback=louder, default="x")
@click.option("--keep", callback=louder, default="y")
def own(even, word, keep):
    return [even, word, keep]
"""


def test_both_readers_read_the_options(tmp_path: Path) -> None:
    (tmp_path / "commands_module.py").write_text(SOURCE, encoding="utf-8")
    target = str(tmp_path / "commands_module.py")
    live, static = (introspect(target, Options(static=static)).api for static in (False, True))
    assert told(static) == told(live)
    assert [e.name for e in live.endpoints] == ["greet", "bye", "deep", "plain"]
    greet, bye, deep, _ = live.endpoints
    given: dict[str, Any] = {p.name: p.schema for p in greet.parameters}
    assert list(given) == ["name", "count", "shout", "sort", "verbose", "ratio", "when", "pair", "hue"]
    assert [p.name for p in greet.parameters if p.required] == ["name", "sort"]
    assert given["count"] == {"type": "integer", "minimum": 1, "maximum": 5}
    assert given["ratio"] == {"type": "number", "minimum": 0, "exclusiveMaximum": 1}
    assert given["sort"]["enum"] == ["a", "b"] and given["shout"] == {"type": "boolean"}
    assert greet.parameters[1].description == "How often." and greet.parameters[1].default.value == 1  # type: ignore[union-attr]
    assert given["hue"]["anyOf"][0]["enum"] == ["RED", "BLUE"]
    assert (bye.summary, bye.deprecated, [p.name for p in bye.parameters]) == ("Said here.", True, ["name", "rest"])
    assert deep.parameters == ()


def test_a_command_is_called_as_click_calls_it(tmp_path: Path) -> None:
    module = module_of(tmp_path, "called_commands", SOURCE + OWN.replace("import click\n", ""))
    api = describe(module).api
    by_name = {f.endpoint.name: f for f in functions(module, api)}

    def result(name: str, /, **values: Any) -> Any:
        positional, named = by_name[name].bind(values)
        return by_name[name].call(*positional, **named)

    assert result("greet", name="a", sort="b", count=2, hue="RED") == "aabHue.RED"
    assert result("bye", name=["x"], rest=["y", "z"]) == ["bye-now", "x", "y", "z"]
    assert result("own", even="12", word="loud") == [12, "LOUD", "y"]
    (even, _, _) = by_name["own"].endpoint.parameters
    assert int(even.examples[0].value) % 2 == 0
