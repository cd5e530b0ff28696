"""Imports go one way, optional libraries stay where they belong, and start-up stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "apispec"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "errors",
            "findings",
            "version",
            "exports",
            "wiring",
            "records",
            "recent",
            "urls",
            "machine",
            "__init__",
            "config",
            "confinement",
        }
    ),
    frozenset({"model", "schemas", "literals", "documents", "declaring"}),
    frozenset({"requests", "examples", "templating", "words", "clients", "tools", "workflows"}),
    frozenset({"introspection", "snippets", "rules", "validation", "changes", "sources", "reports"}),
    frozenset({"rendering"}),
    frozenset({"output", "site", "runtime", "hosting", "server", "mcp_server", "mock", "prove"}),
    frozenset({"cli", "__main__"}),
)
"""From the bottom up: a module may import its own layer and those below it."""

UPWARD = {
    "__init__": {"declaring"},  # names imported on first use
}
"""Imports upwards that are there for users' comfort, inside functions only."""

OPTIONAL = {
    "starlette": {"mock", "server", "mcp_server", "runtime", "prove", "hosting"},
    "uvicorn": {"server", "mcp_server", "cli", "prove", "hosting", "sources"},
    "mcp": {"mcp_server", "prove", "server"},
    "mcp_types": {"mcp_server", "prove"},
    "httpx2": {"hosting", "mcp_server"},
    "django": {"hosting", "sources"},
    "mkdocs": {"site", "cli"},
    "gradio": {"sources", "prove"},
    "fastapi": {"sources"},
    "gradio_client": {"prove"},
    "openapi_spec_validator": {"validation"},
    "griffe": {"introspection"},
    "elementpath": {"workflows"},
}
"""Library → the parts that may import it."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> list[tuple[str, bool]]:
    """Every imported module of a file, and whether the import is inside a function or only for type checkers."""
    tree = tree_of(path)
    lazy = {
        node
        for block in ast.walk(tree)
        if isinstance(block, (ast.FunctionDef, ast.AsyncFunctionDef))
        or (isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test))
        for node in ast.walk(block)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node in lazy) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module == "apispec":
                found += [(f"apispec.{alias.name}", node in lazy) for alias in node.names]
            else:
                found.append((node.module, node in lazy))
    return found


def layer(name: str) -> int:
    for number, names in enumerate(LAYERS):
        if name in names:
            return number
    pytest.fail(f"apispec.{name} has no layer; give it one in LAYERS")


def test_imports_go_one_way() -> None:
    wrong = []
    for path in modules():
        here = part(path)
        for module, lazy in imports(path):
            root, _, rest = module.partition(".")
            if root != "apispec" or not rest:
                continue
            there = rest.partition(".")[0]
            if there.startswith("__") or there[0].isupper():
                continue
            if layer(there) > layer(here) and not (lazy and there in UPWARD.get(here, ())):
                wrong.append(f"{shown(path)}: {module}")
    assert not wrong


def packages() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


@cache
def graph() -> dict[str, set[str]]:
    """Module → the modules of this package that it imports, now or later; not those that only type checkers see."""
    paths = {
        ".".join(("apispec", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in modules()
    }
    found: dict[str, set[str]] = {}
    for name, path in paths.items():
        tree = tree_of(path)
        unseen = {
            node
            for block in ast.walk(tree)
            if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
            for node in ast.walk(block)
        }
        there = found.setdefault(name, set())
        for node in ast.walk(tree):
            if node in unseen or not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("apispec"):
                continue
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                if module not in paths:
                    found_there = getattr(import_module(str(node.module)), alias.name)
                    module = getattr(found_there, "__module__", "") if node.module != "apispec" else ""
                there.add(module if module in paths else str(node.module))
    return found


def test_no_module_imports_itself_by_a_detour() -> None:
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' -> '.join(error.args[1])}")


def test_no_package_imports_itself_by_a_detour() -> None:
    among = set(packages())
    between: dict[str, set[str]] = {name: set() for name in among}
    for module, others in graph().items():
        here = module.split(".")[1:2]
        there = {name.split(".")[1] for name in others if "." in name}
        if here and here[0] in among:
            between[here[0]] |= (there & among) - {here[0]}
    try:
        TopologicalSorter(between).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' -> '.join(error.args[1])}")


def test_nobody_reaches_past_what_a_package_shows() -> None:
    wrong = []
    among = set(packages())
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("apispec."):
                there = node.module.split(".")[1:]
                if there[0] == part(path) or there[0] not in among:
                    continue
                known = import_module(f"apispec.{there[0]}").__all__
                if len(there) > 1 or any(alias.name not in known for alias in node.names):
                    wrong.append(f"{shown(path)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong


@pytest.mark.parametrize("name", [name for name in packages() if name != "cli"])
def test_packages_show_what_type_checkers_see(name: str) -> None:
    package = import_module(f"apispec.{name}")
    assert package.__doc__
    tree = ast.parse((PACKAGE / name / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    submodules = {item for item in package.__all__ if isinstance(getattr(package, item), ModuleType)}
    assert set(package.__all__) == seen.keys() | submodules
    for item, module in seen.items():
        assert getattr(package, item) is getattr(import_module(str(module)), item)


def test_optional_libraries_stay_where_they_belong() -> None:
    wrong = [
        f"{shown(path)}: {module}"
        for path in modules()
        for module, _ in imports(path)
        if part(path) not in OPTIONAL.get(module.partition(".")[0], {part(path)})
    ]
    assert not wrong


def test_print_is_for_the_command_line_only() -> None:
    printing = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and part(path) != "cli"
    }
    assert not printing


def loaded(*args: str) -> set[str]:
    """The modules that are loaded after a command has run in a process of its own."""
    code = (
        f"import sys\nfrom apispec.cli import run\nrun({list(args)!r})\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


def test_help_imports_nothing_but_click() -> None:
    names = loaded("--help")
    assert "click" in names
    assert not names & {"pydantic", "jinja2", "yaml", "jsonschema_rs", "griffe", "mkdocs", "mcp", "starlette"}


def test_spec_imports_no_part_it_does_not_use() -> None:
    folder = Path("small.py")
    folder.write_text('def add(a: int, b: int) -> int:\n    """Add."""\n    return a + b\n', encoding="utf-8")
    names = loaded("spec", "small.py", "-o", "openapi.json")
    assert Path("openapi.json").exists()
    assert not names & {"mkdocs", "material", "mcp", "starlette", "uvicorn", "fastapi", "gradio", "griffe", "markdown"}
