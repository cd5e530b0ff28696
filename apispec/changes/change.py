"""One change, and the two documents in which changes are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from apispec.changes.aspects import Way
from apispec.changes.impact import Impact, impacts
from apispec.changes.keywords import At
from apispec.changes.kind import Level, kinds
from apispec.changes.lifecycle import Promises, at_least
from apispec.changes.policy import Policy
from apispec.changes.schemas import Comparison
from apispec.changes.shapes import Shapes, is_31
from apispec.changes.views import OperationView, View


@dataclass(frozen=True)
class Change:
    """One change."""

    kind: str
    message: str
    """What changed, one sentence, without where."""
    old: str
    """Pointer in the base; of the nearest parent for what is new."""
    new: str
    """Pointer in the revision; of the nearest parent for what is gone."""
    subjects: tuple[str, ...]
    """The operations it belongs to, `GET /pets`; empty for the whole API."""
    where: str = ""
    """The part in words: "request body, `owner.name`"."""
    breaks: tuple[Impact, ...] = field(default=())
    """Who breaks, and how."""
    witness: str = ""
    """A value that was accepted and is refused now, or that may be answered now; as JSON, empty for none."""
    graded: Level | None = None
    """Its level, where that is not its kind's."""

    @property
    def level(self) -> Level:
        """What it does to callers."""
        return self.graded or kinds()[self.kind].level


@dataclass(frozen=True)
class Sides:
    """Two editions of a document."""

    old: View
    new: View
    schemas: Comparison
    today: date
    policy: Policy = field(default_factory=Policy)
    promises: Promises = field(default_factory=Promises)

    @classmethod
    def of(cls, old: View, new: View, today: date, policy: Policy, promises: Promises) -> Sides:
        """The two sides of a comparison."""
        is_mixed = is_31(old.data) != is_31(new.data)
        schemas = Comparison(*(Shapes(view.data, as_before_31=is_mixed) for view in (old, new)))
        return cls(old, new, schemas, today, policy, promises)

    def change(
        self,
        kind: str,
        message: str,
        old: str,
        new: str,
        operation: OperationView | None,
        where: str = "",
        name: str = "",
        *,
        witness: str = "",
        is_decided: bool = True,
        least: Level | None = None,
        most: Level | None = None,
    ) -> Change:
        """A change with who breaks; `name` is the argument it is about, `least` and `most` bound its level."""
        subjects = (operation.title,) if operation else ()
        level = self.policy.level(kind) or Level.SAFE
        if level is Level.BREAKING and not is_decided and kind not in self.policy.own:
            level = Level.RISKY
        if kind not in self.policy.own:
            level = most or at_least(level, least)
        excuse = self.promises.excuse(operation) if operation is not None and level is not Level.SAFE else ""
        if excuse:
            level, message = Level.SAFE, f"{message.removesuffix('.')}; it is {excuse}, so it may."
        breaks = impacts(kind, level, operation, name) if level is not Level.SAFE else ()
        return Change(kind, message, old, new, subjects, where, breaks, witness, level)

    def schema_changes(
        self,
        old: At,
        new: At,
        way: Way,
        operation: OperationView,
        where: str,
        name: str = "",
        *,
        as_text: bool = False,
        is_repeated: bool = False,
        fields: Mapping[str, bool] | None = None,
    ) -> Iterator[Change]:
        """Changes of a schema; without a name the argument is the property of the body they are in.

        Args:
            old: In the base.
            new: In the revision.
            way: Who writes the value.
            operation: Where it belongs to.
            where: The part in words.
            name: The argument.
            as_text: Whether the value is written as text, as in a path or query: 5 and "5" are the same there.
            is_repeated: Whether it is written once for each item of a list.
            fields: Properties that are written as texts, as those of forms are, and whether once for each item.
        """
        for found in self.schemas.differences(old, new, way):
            if as_text and self.schemas.is_same_text(found, old, new, is_repeated=is_repeated):
                continue
            if fields is not None and found.path[:1] and found.path[0] in fields and found.path[1:] in ((), ("[]",)):
                one, two = (side.inside(at, found.path[0]) for side, at in self.schemas.both(old, new))
                inside = found._replace(path=found.path[1:])
                if self.schemas.is_same_text(inside, one, two, is_repeated=fields[found.path[0]]):
                    continue
            is_unwritten = as_text and found.aspect == "null"  # no text means null: most clients leave it out
            inner = f"{where}, `{found.dotted}`" if found.path else where
            argument = name or next((step for step in found.path if step[:1] not in ("[", "*", "/", "(")), "")
            text = found.message if found.message.startswith("null") else found.message[:1].upper() + found.message[1:]
            yield self.change(
                found.kind(way), f"{text}.", found.old, found.new, operation, inner, argument,
                witness=found.witness, is_decided=found.is_decided and not is_unwritten,
            )  # fmt: skip
