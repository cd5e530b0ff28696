"""Workflows of several calls (Arazzo 1.0 and 1.1), and the runtime expressions that they share with OpenAPI's links.

Here: reading and judging Arazzo documents, expressions, conditions, selectors, and which step comes next. Not here: how
a step is carried out (`apispec.prove`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.workflows.expressions import UNKNOWN as UNKNOWN
    from apispec.workflows.expressions import Exchange as Exchange
    from apispec.workflows.expressions import ExpressionError as ExpressionError
    from apispec.workflows.expressions import Scope as Scope
    from apispec.workflows.expressions import embedded as embedded
    from apispec.workflows.expressions import evaluated as evaluated
    from apispec.workflows.expressions import filled as filled
    from apispec.workflows.flow import Flow as Flow
    from apispec.workflows.flow import PassOverError as PassOverError
    from apispec.workflows.flow import Sent as Sent
    from apispec.workflows.flow import StepRun as StepRun
    from apispec.workflows.parts import Description as Description
    from apispec.workflows.parts import Step as Step
    from apispec.workflows.parts import Workflow as Workflow
    from apispec.workflows.reading import read as read
else:
    __all__, __getattr__ = exports(
        __name__,
        expressions="Exchange ExpressionError Scope UNKNOWN embedded evaluated filled",
        flow="Flow PassOverError Sent StepRun",
        parts="Description Step Workflow",
        reading="read",
    )
