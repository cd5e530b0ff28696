"""pandas and polars: data frames as records or split into columns and rows, series as lists, dates as dates."""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any, NotRequired, Union

from typing_extensions import TypedDict

from apispec.introspection.sendable import NUMBERS, TABLE, WORDS, Sent

Record = dict[str, Any]


class SplitFrame(TypedDict):
    """A table by its columns and rows."""

    columns: list[str]
    data: list[list[Any]]
    index: NotRequired[list[Any]]


_TABLE: Any = Union[list[Record], SplitFrame]
_EXAMPLE = (TABLE,)


def sent(hint: Any) -> Sent | None:
    """How a type of pandas or polars travels."""
    if not isinstance(hint, type):
        return None
    pd, pl = sys.modules.get("pandas"), sys.modules.get("polars")
    if pd is not None and hasattr(pd, "DataFrame"):
        found = _pandas(pd, hint)
        if found is not None:
            return found
    return _polars(pl, hint) if pl is not None and hasattr(pl, "DataFrame") else None


def _pandas(pd: Any, hint: type) -> Sent | None:
    if issubclass(hint, pd.DataFrame):
        return Sent(_TABLE, lambda v: _frame(pd, v), lambda f: _json(f, orient="records"), _EXAMPLE)
    if issubclass(hint, pd.Series):
        return Sent(list[Any], pd.Series, lambda s: _json(s.reset_index(drop=True), orient="values"), (NUMBERS,))
    if issubclass(hint, pd.Index):
        make = pd.Index if hint in (pd.Index, pd.RangeIndex, pd.MultiIndex) else hint
        return Sent(list[Any], make, lambda i: _json(pd.Series(i), orient="values"), (NUMBERS,))
    if issubclass(hint, pd.Categorical):
        return Sent(list[Any], pd.Categorical, lambda c: _json(pd.Series(c.tolist()), orient="values"), (WORDS,))
    if issubclass(hint, pd.Period):
        return Sent(str, pd.Period, str, ("2024-01",))
    if issubclass(hint, pd.Timestamp):
        return Sent(datetime.datetime, pd.Timestamp, lambda v: v.to_pydatetime(warn=False))
    if issubclass(hint, pd.Timedelta):
        return Sent(datetime.timedelta, pd.Timedelta, lambda v: v.to_pytimedelta())
    return None


def _frame(pd: Any, value: Any) -> Any:
    if isinstance(value, list):
        return pd.DataFrame.from_records(value)
    try:
        return pd.DataFrame(value["data"], columns=value["columns"], index=value.get("index"))
    except (TypeError, ValueError) as error:
        raise ValueError(f"no table: {error}") from None


def _json(value: Any, *, orient: str) -> Any:
    return json.loads(value.to_json(orient=orient, date_format="iso"))


def _polars(pl: Any, hint: type) -> Sent | None:
    if issubclass(hint, (pl.DataFrame, pl.LazyFrame)):
        lazy = issubclass(hint, pl.LazyFrame)

        def load(value: Any) -> Any:
            try:
                frame = (
                    pl.DataFrame(value)
                    if isinstance(value, list)
                    else pl.DataFrame(value["data"], schema=value["columns"], orient="row")
                )
            except Exception as error:
                raise ValueError(f"no table: {str(error).partition(chr(10))[0]}") from None
            return frame.lazy() if lazy else frame

        return Sent(_TABLE, load, lambda f: (f.collect() if hasattr(f, "collect") else f).to_dicts(), _EXAMPLE)
    if issubclass(hint, pl.Series):
        return Sent(list[Any], lambda v: pl.Series(values=v), lambda s: s.to_list(), (NUMBERS,))
    return None
