"""Example values: the one place that invents them. Deterministic, readable, and always valid against the schema.

A given example comes first, then the default, the constant, the first enum value, then format, pattern and bounds, then
the type. What is given but does not fit its schema is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.examples.calls import arguments as arguments
    from apispec.examples.calls import guess as guess
    from apispec.examples.calls import received as received
    from apispec.examples.calls import result as result
    from apispec.examples.calls import sample_file as sample_file
    from apispec.examples.calls import text as text
    from apispec.examples.making import NoExampleError as NoExampleError
    from apispec.examples.merging import merge as merge
    from apispec.examples.patterns import matching as matching
    from apispec.examples.sides import sided as sided
    from apispec.examples.values import example as example
    from apispec.examples.values import is_valid as is_valid
else:
    __all__, __getattr__ = exports(
        __name__,
        calls="arguments guess received result sample_file text",
        making="NoExampleError",
        merging="merge",
        patterns="matching",
        sides="sided",
        values="example is_valid",
    )
