"""Where both readers work they agree; `agreement.py` prints where they don't."""

from __future__ import annotations

import pytest

from tests.introspection.static.agreement import FACTS, MODULES, Agreement, compare

AGREED = {
    "endpoint": 0.92, "parameters": 0.97, "required": 1.0, "type": 0.97, "default": 0.98, "text": 0.95, "result": 0.97,
}  # fmt: skip
"""How often, over all modules. The rest: functions that are made when the module runs (`random = _inst.random`),
decorators that replace a signature or a docstring (jinja2's async variants), classes of other packages that are texts
(Markup), and values that only running tells."""


@pytest.mark.slow
def test_over_typed_packages() -> None:
    result = Agreement()
    for module in MODULES:
        compare(module, result)
    assert result.told["type"] > 700
    assert {fact: result.share(fact) for fact in FACTS if result.share(fact) < AGREED[fact]} == {}


def test_over_one_module_everything() -> None:
    result = Agreement()
    compare("textwrap", result)
    compare("packaging.utils", result)
    assert result.told["type"] > 10
    assert result.differing == []
