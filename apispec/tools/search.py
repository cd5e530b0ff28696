"""Finding the right tool for a request in plain words, among a thousand.

A ranking by words (BM25 over weighted fields, Robertson and Zaragoza 2009), with what is known of every HTTP API: the
method says what a verb means, a path of few segments is the thing itself, and an answer that needs less is meant more
often. No model and no index on disk: an API of a thousand operations is read in well under a second.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from apispec.model import GradioCall
from apispec.tools.tool import Tool
from apispec.tools.words import ACTS, ALIKE, ARTICLES, METHODS, OWN, PEOPLE, SELF, SHORT, STOP, Act

_WEIGHTS = {"name": 3.0, "summary": 4.0, "path": 2.0, "tag": 1.5, "parameter": 0.5, "text": 0.7}
_SATURATION = 1.2
_LENGTH = 0.6
"""How much long fields count less."""

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")
_ALIKE_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Found:
    """One tool that may be the right one."""

    tool: Tool
    score: float


class Index:
    """The tools of an Api, ready to be searched.

    Args:
        tools: In their order, which decides between equals.
    """

    def __init__(self, tools: Sequence[Tool]) -> None:
        self.tools = tools
        self._fields = [_fields(tool) for tool in tools]
        lengths = {name: [sum(f[name].values()) for f in self._fields] for name in _WEIGHTS}
        self._mean = {name: (sum(some) / len(some) if some else 0) or 1.0 for name, some in lengths.items()}
        seen: Counter[str] = Counter()
        for fields in self._fields:
            seen.update(set().union(*fields.values()))
        self._rarity = {term: math.log(1 + (len(tools) - n + 0.5) / (n + 0.5)) for term, n in seen.items()}
        self._acts = [_acts(tool) for tool in tools]
        self._steps = [_steps(tool) for tool in tools]
        self._heads = [_head(tool) for tool in tools]

    def search(self, query: str, most: int = 5) -> list[Found]:
        """The tools that are likeliest meant, the best first.

        Args:
            query: Plain words.
            most: How many.
        """
        asked = terms(query)
        wanted = _wanted_acts(query)
        is_person = bool(PEOPLE & {word.lower() for word in _WORD.findall(query)})
        alike = {term: self._alike(term, is_person) for term in asked}
        is_own = bool(SELF & {word.lower() for word in _WORD.findall(query)})
        if not asked and not is_own:
            return []
        scored = [(self._score(i, asked, alike, wanted, is_own), -i) for i in range(len(self.tools))]
        best = sorted((pair for pair in scored if pair[0] > 0), reverse=True)[:most]
        return [Found(self.tools[-i], score) for score, i in best]

    def _alike(self, term: str, is_person: bool) -> dict[str, float]:
        """What else a term may be called here, and how much that counts: those who do it count in full where somebody
        is asked for.
        """
        found = dict.fromkeys((other for other in alike_of(term) if other in self._rarity), _ALIKE_SHARE)
        for doer in (f"{term}er", f"{term}or", f"{term}r", *(o for o in found if o.endswith(("er", "or")))):
            if doer in self._rarity:
                found[doer] = 1.0 if is_person else 0.6
        return found

    def _score(
        self, i: int, asked: Sequence[str], alikes: dict[str, dict[str, float]], wanted: frozenset[Act], is_own: bool
    ) -> float:  # fmt: skip
        fields = self._fields[i]
        total = 0.0
        covered = 0.0
        weight = 0.0
        for term in asked:
            rarity = self._rarity.get(term, 0.0)
            own = self._term(fields, term) * rarity
            others = alikes[term].items()
            alike = max((self._term(fields, o) * self._rarity[o] * share for o, share in others), default=0.0)
            total += max(own, alike)
            importance = max([rarity, 0.5, *(self._rarity[o] * share for o, share in others)])
            weight += importance
            covered += importance * (1.0 if own else 0.7 if alike else 0.0)
        if not total and not (is_own and not asked):
            return 0.0
        score = total * (0.35 + 0.65 * covered / weight) if weight else 1.0
        acts = self._acts[i]
        if wanted:
            score *= 1.3 if acts & wanted else 0.75
        head = self._heads[i]
        if head:
            known = set(asked).union(*alikes.values())
            score *= 0.7 + 0.5 * sum(term in known for term in head) / len(head)
        own_tool = bool(_OWN & (fields["name"].keys() | fields["summary"].keys()))
        score *= (1.35 if own_tool else 0.9) if is_own else (0.85 if own_tool else 1.0)
        if self.tools[i].endpoint.deprecated:
            score *= 0.6
        return score / (1 + 0.05 * self._steps[i])

    def _term(self, fields: dict[str, Counter[str]], term: str) -> float:
        frequency = 0.0
        for name, weight in _WEIGHTS.items():
            count = fields[name].get(term)
            if count:
                length = sum(fields[name].values()) / self._mean[name]
                frequency += weight * count / (1 - _LENGTH + _LENGTH * length)
        return frequency * (_SATURATION + 1) / (frequency + _SATURATION) if frequency else 0.0


def terms(text: str) -> list[str]:
    """The words of a text that tell something, each in one form, in order, once."""
    found: dict[str, None] = {}
    for word in _words(text):
        if word not in STOP:
            found[stem(word)] = None
    return list(found)


def _words(text: str) -> Iterable[str]:
    for raw in _WORD.findall(text):
        word = raw.lower()
        yield from SHORT.get(word, (word,))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending: `issues`, `issue` → `issue`; `starred`, `stars` → `star`."""
    if len(word) <= 3 or not word.isascii():
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", "")):
        if (word.endswith(ending) and not word.endswith(("ss", "us", "is"))) or (
            ending == "sses" and word.endswith("sses")
        ):
            word = word[: len(word) - len(ending)] + instead
            break
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@lru_cache(maxsize=4096)
def alike_of(term: str) -> tuple[str, ...]:
    """What else a term may be called, as terms."""
    return _ALIKE_STEMS.get(term, ())


_OWN = frozenset(map(stem, OWN))

_ALIKE_STEMS: dict[str, tuple[str, ...]] = {}
for _word, _others in ALIKE.items():
    _ALIKE_STEMS[stem(_word)] = tuple(dict.fromkeys((*_ALIKE_STEMS.get(stem(_word), ()), *map(stem, _others))))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(stem(word) for text in texts for word in _words(text) if word not in STOP)


def _fields(tool: Tool) -> dict[str, Counter[str]]:
    endpoint = tool.endpoint
    call = endpoint.call
    path = call.api_name if isinstance(call, GradioCall) else re.sub(r"\{[^{}]*\}", " ", call.path)
    description = tool.description.removeprefix(endpoint.summary.strip()).strip()
    return {
        "name": _counted((tool.name, tool.title)),
        "summary": _counted((tool.summary,)),
        "path": _counted((path,)),
        "tag": _counted(endpoint.tags),
        "parameter": _counted(tool.arguments),
        "text": _counted((description.partition("\n\n")[0][:600],)),
    }


def _head(tool: Tool) -> list[str]:
    """The telling words of what a tool is called: all of them should have been asked for."""
    return terms(tool.summary if len(tool.summary) <= 120 else tool.name)


def _acts(tool: Tool) -> frozenset[Act]:
    """What a tool does: its name's own verb, else what its method says."""
    words = [word.lower() for word in _WORD.findall(f"{tool.name} {tool.summary}")]
    verbs = {act for act, some in ACTS.items() for word in words[:6] if word in some and act not in ("get", "list")}
    method = getattr(tool.endpoint.call, "method", "POST").upper()
    if method in METHODS:
        return frozenset(METHODS[method]) | (verbs if method in ("POST", "PUT") else frozenset())
    path = getattr(tool.endpoint.call, "path", "")
    is_one = path.rstrip("/").endswith("}") or bool({"get", "check"} & set(words[:4]))
    is_many = bool({"list", "search", "find"} & set(words[:4])) or not path.rstrip("/").endswith("}")
    return frozenset(act for act, holds in (("get", is_one), ("list", is_many)) if holds)  # type: ignore[misc]


def _wanted_acts(query: str) -> frozenset[Act]:
    words = [word.lower() for word in _WORD.findall(query)]
    for word in words[:3]:
        found = [act for act, some in ACTS.items() if word in some]
        if found:
            return frozenset(found)
    if len(words) > 1 and words[1] in ARTICLES:  # a verb that we don't know is one that does something
        return frozenset(("create", "update", "do"))
    return frozenset(("list", "get"))


def _steps(tool: Tool) -> int:
    """How many segments a path has: the fewer, the more general the tool."""
    return len([s for s in getattr(tool.endpoint.call, "path", "").split("/") if s])
