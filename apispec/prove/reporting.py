"""Outcomes as a table, as JSON and as JUnit's XML."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

from apispec.examples import arguments
from apispec.prove.cases import unknown
from apispec.prove.proving import Outcome
from apispec.rendering import Proof, digest, key, tool_digest
from apispec.tools import tool_arguments, tools

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_REFUSED = ("ended with", "the call failed", "the tool gave an error", "was answered with status")
"""How problems begin that a function's own answer is."""


def without_value(outcome: Outcome) -> Outcome:
    """A failure against a description that no call can do better: it asks for a value that nothing is."""
    if not outcome.problem or outcome.case.step:
        return outcome
    guessed: list[str] = []
    arguments(outcome.case.endpoint, outcome.case.api, guessed)
    names = ", ".join(repr(name) for name in dict.fromkeys(guessed))
    return replace(outcome, problem="", skipped=f"no value was found that fits {names}") if guessed else outcome


def doubted(outcome: Outcome, *, heard: bool) -> Outcome:
    """A failure that may be none, marked as such: the function refused a value that no hint, default or example gave.

    Args:
        outcome: Of a function.
        heard: Whether the server told what the function said; else its answer alone counts.
    """
    refused = outcome.problem.startswith(_REFUSED)
    if heard:
        refused = outcome.refusal is not None and outcome.refusal.of_a_value
    why = unknown(outcome.case.endpoint) if refused else ""
    return replace(outcome, unsure=why) if why else outcome


def proof(outcomes: Sequence[Outcome], date: str, against: str = "") -> Proof:
    """What passed, for a build. A snippet that failed in one shell did not pass."""
    digests: dict[str, str] = {}
    failed: set[str] = set()
    called: dict[str, str] = {}
    listed = {tool.endpoint.name: tool for outcome in outcomes[:1] for tool in tools(outcome.case.api)}
    for outcome in outcomes:
        case = outcome.case
        name = key(case.endpoint.name, case.protocol, case.language)
        if not outcome.passed:
            failed.add(name)
        elif case.fed:
            continue  # what passed is not what is shown
        elif outcome.snippet is not None:
            digests[name] = digest(outcome.snippet.text, outcome.base_url)
        else:
            tool = listed[case.endpoint.name]
            called[case.endpoint.name] = tool_digest(tool.to_json(), tool_arguments(tool, case.arguments))
    kept = {name: value for name, value in digests.items() if name not in failed}
    return Proof(date, kept, called, against)


def table(outcomes: Sequence[Outcome], against: str = "") -> str:
    """Endpoints × columns: a tick with the seconds, a cross, or a question mark; then what went wrong."""
    columns = list(dict.fromkeys(column(o) for o in outcomes))
    cells: dict[str, dict[str, str]] = {}
    for outcome in outcomes:
        mark = "✓" if outcome.passed else "?" if outcome.unsure else "✗"
        cell = "skipped" if outcome.skipped else f"{mark} {outcome.seconds:.1f}"
        cells.setdefault(outcome.case.label, {})[column(outcome)] = cell
    first = max(len(name) for name in [*cells, "endpoint"])
    widths = [max(len(c), 6) for c in columns]
    lines = ["  ".join(["endpoint".ljust(first), *(c.ljust(w) for c, w in zip(columns, widths, strict=True))]).rstrip()]
    for name, row in cells.items():
        shown = [row.get(c, "").ljust(w) for c, w in zip(columns, widths, strict=True)]
        lines.append("  ".join([name.ljust(first), *shown]).rstrip())
    skipped = [outcome for outcome in outcomes if outcome.skipped]
    reasons = dict.fromkeys((outcome.case.label, outcome.skipped) for outcome in skipped)
    lines += ["", *(f"{name}: skipped, {reason}" for name, reason in reasons)] if reasons else []
    unsure = [outcome for outcome in outcomes if outcome.unsure]
    for name, said, why in dict.fromkeys((o.case.endpoint.name, o.problem, o.unsure) for o in unsure):
        lines += ["", f"{name}: not sure: {said}", f"    {why}"]
    bad = [outcome for outcome in outcomes if outcome.failed]
    for outcome in bad:
        lines += ["", f"{outcome.case.label} {column(outcome)}: {outcome.problem}"]
        lines += [f"    {line}" for line in outcome.details.splitlines()[-15:]]
    ran = len(outcomes) - len(skipped) - len(unsure)
    proven = f", proven against {against}" if against else ""
    left_out = f", {len(skipped)} skipped" if skipped else ""
    if unsure:
        left_out += f", {len(unsure)} not sure: the function refused a value that nobody gave (--strict counts it)"
    lines += ["", f"{ran - len(bad)} of {ran} passed{left_out}{proven}"]
    return "\n".join(lines) + "\n"


def column(outcome: Outcome) -> str:
    """`http/python`, `gradio/curl zsh`, `mcp/tool`."""
    case = outcome.case
    shell = f" {case.runner[0]}" if case.language == "curl" and case.runner[0] != "sh" else ""
    return f"{case.protocol}/{case.language}{shell}"


def as_json(outcomes: Sequence[Outcome], date: str, against: str = "") -> str:
    """Everything, for programs."""
    results = [
        {
            "endpoint": o.case.endpoint.name,
            "step": o.case.step,
            "protocol": o.case.protocol,
            "language": o.case.language,
            "program": o.case.runner[0] if o.case.language == "curl" else "",
            "passed": o.passed,
            "problem": o.problem,
            "skipped": o.skipped,
            "unsure": o.unsure,
            "seconds": round(o.seconds, 3),
            "details": o.details,
        }
        for o in outcomes
    ]
    return (
        json.dumps({"date": date, "against": against or "the API", "results": results}, indent=2, ensure_ascii=False)
        + "\n"
    )


def as_junit(outcomes: Sequence[Outcome], date: str) -> str:
    """JUnit's XML, as CI systems read it: a suite with a case for each."""
    bad = sum(o.failed for o in outcomes)
    total = f"{sum(o.seconds for o in outcomes):.3f}"
    suite = ElementTree.Element(
        "testsuite", name="apispec prove", tests=str(len(outcomes)), failures=str(bad), errors="0", time=total
    )
    suite.set("timestamp", date)
    for outcome in outcomes:
        case = ElementTree.SubElement(
            suite, "testcase", classname=outcome.case.label, name=column(outcome), time=f"{outcome.seconds:.3f}"
        )
        if outcome.skipped or outcome.unsure:
            said = outcome.skipped or f"{outcome.problem}; {outcome.unsure}"
            ElementTree.SubElement(case, "skipped", message=_xml(said))
        elif not outcome.passed:
            failure = ElementTree.SubElement(case, "failure", message=_xml(outcome.problem))
            failure.text = _xml(outcome.details)
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _xml(text: str) -> str:
    """Without the control characters that XML 1.0 can't hold."""
    return _NOT_XML.sub("", text)
