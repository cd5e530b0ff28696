"""Proving the pages: every snippet is run as it is shown, and every tool is called, against a running server.

`cases` makes what is to be run, `host` is the server that writes down what arrives, `running` runs one snippet as a
process, `tools` calls the tools, `checking` judges, `state` orders the calls and feeds later ones, `workflows` carries
out their steps, `proving` ties them together, `reporting` says how it went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.prove.cases import Case as Case
    from apispec.prove.mocking import mocked as mocked
    from apispec.prove.proving import Host as Host
    from apispec.prove.proving import hosted as hosted
    from apispec.prove.requests import needed_variables as needed_variables
    from apispec.prove.state import SAFE as SAFE
    from apispec.prove.state import method_of as method_of
    from apispec.prove.workflows import Bound as Bound
    from apispec.prove.workflows import Several as Several
    from apispec.prove.workflows import bind as bind
else:
    __all__, __getattr__ = exports(
        __name__,
        cases="Case cases",
        mocking="mocked",
        proving="Host hosted proving",
        reporting="",
        requests="needed_variables",
        state="SAFE method_of",
        workflows="Bound Several bind",
    )
