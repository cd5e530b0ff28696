"""Example values: the one place that invents them. Deterministic, readable, and always valid against the schema.

A given example comes first, then the default, the constant, the first enum value, then format, pattern and bounds, then
the type. What is given but does not fit its schema is passed over.
"""

from apispec.example.calls import arguments, received, result, sample_file, text
from apispec.example.values import NoExampleError, example, is_valid

__all__ = ["NoExampleError", "arguments", "example", "is_valid", "received", "result", "sample_file", "text"]
