"""Whether a text is a regular expression, by ECMA-262 with and without unicode mode."""

from __future__ import annotations

import re

import jsonschema_rs

_CLASS_OR_SURROGATE = re.compile(
    r"\\[pP]\{(?:[LMNPSZC][a-z]?|Any|ASCII|Assigned|Alphabetic|Letter|Mark|Number|Punctuation|Symbol|Separator|Other|\w+=\w+)\}"
    r"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


def is_pattern(pattern: str) -> bool:
    """Whether a text is a regular expression as JSON Schema understands them (ECMA-262, unicode mode).

    Names of Unicode classes and halves of surrogate pairs are taken as they are: the engine knows fewer than ECMA-262.
    """
    try:
        jsonschema_rs.validator_for({"pattern": _CLASS_OR_SURROGATE.sub("x", pattern)}, offline=True)
    except (jsonschema_rs.ValidationError, ValueError):
        return _is_loose(pattern)
    return True


_GROUP = re.compile(r"\(\?(:|=|!|<=|<!|<[A-Za-z_$][\w$]*>)")
_QUANTIFIER = re.compile(r"\{(\d+)(?:,(\d*))?\}")


def _is_loose(pattern: str) -> bool:
    """Whether a text is a regular expression without unicode mode (ECMA-262, annex B), as nearly any is.

    Wrong are brackets without their other half, repetitions of nothing, bounds and ranges in the wrong order, and
    groups of a kind that is not known.
    """
    position, depth, may_repeat = 0, 0, False
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            if position + 1 == len(pattern):
                return False
            position, may_repeat = position + 2, True
            continue
        if char == "[":
            end = _end_of_class(pattern, position + 1)
            if end < 0:
                return False
            position, may_repeat = end, True
            continue
        if char == "(":
            match = _GROUP.match(pattern, position)
            if pattern[position + 1 : position + 2] == "?" and match is None:
                return False
            position = match.end() if match else position + 1
            depth, may_repeat = depth + 1, False
            continue
        if char == ")":
            depth -= 1
            if depth < 0:
                return False
            may_repeat = True
        elif char in "*+?" or _QUANTIFIER.match(pattern, position):
            if not may_repeat:
                return False
            if match := _QUANTIFIER.match(pattern, position):
                if match[2] and int(match[2]) < int(match[1]):
                    return False
                position = match.end() - 1
            position += pattern[position + 1 : position + 2] == "?"
            may_repeat = False
        else:
            may_repeat = char not in "|^"
        position += 1
    return depth == 0


def _end_of_class(pattern: str, position: int) -> int:
    """Where a class in brackets ends; -1 where it does not, or has a range in the wrong order."""
    members: list[str] = []
    while position < len(pattern):
        char = pattern[position]
        if char == "]":
            for n in range(1, len(members) - 1):
                low, high = members[n - 1], members[n + 1]
                if members[n] == "-" and len(low) == len(high) == 1 and low > high and "-" not in (low, high):
                    return -1
            return position + 1
        step = 2 if char == "\\" else 1
        members.append(pattern[position : position + step])
        position += step
    return -1
