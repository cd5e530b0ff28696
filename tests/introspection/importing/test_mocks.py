"""Stand-ins for packages that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.introspection import Options, introspect

USES = {
    "attributes": "import absent\nx = absent.a.b.c\n",
    "submodules": "import absent.sub.deep as d\nfrom absent.sub import thing, other as o\nfrom absent import *\n",
    "calls": "from absent import make\nx = make(1, key=2).more()\n",
    "decorators": "from absent import deco\n@deco\ndef f(): ...\n@deco.with_arguments(1)\ndef g(): ...\n",
    "bases": "import absent\nclass A(absent.Base): ...\nclass B(absent.Base[int], absent.Mixin): ...\nB()\n",
    "operators": "from absent import x\ny = x + 1 - x * 2 / x // 3 % x ** 2 @ x\nz = -x, +x, ~x, 1 + x, 2 ** x, abs(x)\n",
    "comparisons": "from absent import VERSION\nassert VERSION >= (1, 2) and VERSION > 0 and VERSION != 1 and VERSION < 9\n",
    "unions": "from absent import T\nU = T | None\nV = int | T\nW = list[T] | dict[str, T]\n",
    "loops": "from absent import items\nfor i in items: ...\n[i for i in items]\nassert 1 not in items and len(items) == 0\n",
    "contexts": "from absent import manager\nwith manager() as m: ...\nif m: ...\n",
    "numbers": "from absent import n\nint(n), float(n), range(n), [1, 2][n]\n",
    "versions": "import absent\nassert absent.__version__.split('.')\n",
    "errors": "from absent import SomeError\ntry: ...\nexcept SomeError: ...\n",
}


@pytest.mark.parametrize("use", sorted(USES))
def test_what_modules_do_with_a_package(tmp_path: Path, use: str) -> None:
    text = f"{USES[use]}\nimport absent\ndef described(a: absent.Kind, b: absent.Kind | int = 3) -> absent.Result: ..."
    (tmp_path / "app.py").write_text(text, encoding="utf-8")
    result = introspect("app.py", Options(mock_imports=("absent",)))
    assert [f.message for f in result.findings if f.rule == "import-failed"] == []
    endpoint = result.api.endpoint("described")
    assert endpoint is not None
    assert endpoint.parameters[0].schema == {"x-python-type": "absent.Kind"}
    assert endpoint.parameters[1].schema == {"anyOf": [{"x-python-type": "absent.Kind"}, {"type": "integer"}]}


def test_only_the_named_packages_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import absent_too\ndef f(): ...\n", encoding="utf-8")
    assert introspect("app.py", Options(mock_imports=("absent",))).findings[0].rule == "import-failed"


def test_what_a_stand_in_cannot_do_is_told(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from absent import pair\na, b = pair\ndef f(): ...\n", encoding="utf-8")
    finding = introspect("app.py", Options(mock_imports=("absent",))).findings[0]
    assert "not enough values to unpack" in finding.message
