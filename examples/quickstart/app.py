"""Split the costs of a trip among friends.

Write down every expense as it happens. **Kitty** keeps the balance of each friend and, at the end, works out who pays
whom to make everyone even. Amounts are whole *cents*, so that nothing is lost to rounding. Everything is kept in
memory: a restart begins with the same three expenses.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import Enum
from typing import Annotated, Literal

from pydantic import Field

from apispec import App, Error, File

__version__ = "1.2.0"

app = App(
    "Kitty",
    servers=["http://127.0.0.1:8000"],
    tags=[
        {"name": "Expenses", "description": "What was paid, by whom, and for whom."},
        {"name": "Balances", "description": "Who is ahead, who is behind, and how to get even."},
        {"name": "Files", "description": "Spreadsheets in and out."},
        {"name": "Tools", "description": "Small calculations that need no expense."},
    ],
)


Friend = Annotated[str, Field(min_length=1, max_length=40, examples=["Ana"])]
Cents = Annotated[int, Field(gt=0, examples=[1850])]


class Category(str, Enum):
    """What an expense was for."""

    FOOD = "food"
    TRAVEL = "travel"
    LODGING = "lodging"
    FUN = "fun"
    OTHER = "other"


@dataclass
class Place:
    """Where something was bought."""

    name: Annotated[str, Field(examples=["Manteigaria"])]
    """As on the receipt."""
    city: Annotated[str | None, Field(examples=["Lisboa"])] = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "PT"
    """Two letters (ISO 3166-1)."""


@dataclass
class Expense:
    """Something that one friend paid for several."""

    id: int
    paid_by: Friend
    """Who paid."""
    amount: Cents
    """In cents."""
    description: Annotated[str, Field(examples=["Pastéis de nata"])]
    shared_by: Annotated[list[Friend], Field(examples=[["Ana", "Ben", "Cleo"]])]
    """Who shares the cost, in equal parts."""
    on: Annotated[date, Field(examples=["2026-05-01"])]
    category: Category = Category.OTHER
    place: Place | None = None
    """Where it was, if anyone remembers."""


@dataclass
class Payment:
    """A payment that brings two friends closer to even."""

    sender: Annotated[Friend, Field(examples=["Cleo"])]
    receiver: Friend
    amount: Cents
    """In cents."""


@dataclass
class MonthTotal:
    """What a month cost."""

    month: Annotated[str, Field(examples=["2026-05"])]
    """Year and month."""
    total: Annotated[int, Field(examples=[4010])]
    """In cents."""
    by_category: dict[Category, int]
    """In cents."""


@dataclass
class SkippedRow:
    """A row that could not be read."""

    line: Annotated[int, Field(examples=[7])]
    reason: Annotated[str, Field(examples=["column 'amount' is missing"])]


@dataclass
class ImportReport:
    """What became of an uploaded file."""

    added: int
    """How many expenses were added."""
    skipped: list[SkippedRow] = field(default_factory=list)


class NoSuchExpenseError(Error):
    """There is no expense with that number."""

    status = 404
    title = "No such expense"


FRIENDS = ["Ana", "Ben", "Cleo"]
COLUMNS = ["on", "paid_by", "amount", "description", "category"]
EURO_RATES = {"EUR": 1.0, "USD": 1.08, "GBP": 0.85, "JPY": 162.5}
_numbers = itertools.count(1)
_expenses: dict[int, Expense] = {}


def _keep(**values: object) -> Expense:
    expense = Expense(id=next(_numbers), **values)  # type: ignore[arg-type]
    _expenses[expense.id] = expense
    return expense


for _paid_by, _amount, _description, _category, _on in [
    ("Ana", 9600, "Flat in Alfama, two nights", Category.LODGING, date(2026, 4, 30)),
    ("Ben", 2750, "Grilled sardines", Category.FOOD, date(2026, 5, 1)),
    ("Cleo", 1260, "Tram 28, three tickets", Category.TRAVEL, date(2026, 5, 2)),
]:
    _keep(paid_by=_paid_by, amount=_amount, description=_description, shared_by=FRIENDS, category=_category, on=_on)


@app.endpoint(tags="Expenses", method="GET", path="/expenses", annotations={"readOnlyHint": True})
def list_expenses(
    category: Category | None = None, since: date | None = None, limit: Annotated[int, Field(ge=1, le=100)] = 20
) -> list[Expense]:
    """List expenses, newest first.

    Args:
        category: Only expenses of this category.
        since: Only expenses of this day and later.
        limit: At most so many.
    """
    found = [
        expense
        for expense in list(_expenses.values())
        if (category is None or expense.category is category) and (since is None or expense.on >= since)
    ]
    return sorted(found, key=lambda expense: (expense.on, expense.id), reverse=True)[:limit]


@app.endpoint(
    tags="Expenses",
    path="/expenses",
    examples=[{"paid_by": "Ben", "amount": 1850, "description": "Pastéis de nata", "category": "food"}],
)
def add_expense(
    paid_by: Friend,
    amount: Cents,
    description: str,
    shared_by: list[Friend] | None = None,
    category: Category = Category.OTHER,
    on: date | None = None,
    place: Place | None = None,
) -> Expense:
    """Write down an expense.

    The cost is shared in equal parts. Cents that don't divide evenly are borne by those named first:

    | amount | friends | shares        |
    |-------:|--------:|---------------|
    |    100 |       3 | 34 + 33 + 33  |
    |    101 |       2 | 51 + 50       |

    Args:
        paid_by: Who paid.
        amount: In cents.
        description: What it was, in a few words.
        shared_by: Who shares the cost; everyone, if left out.
        category: What it was for.
        on: The day; that of the newest expense, if left out.
        place: Where it was.

    Returns:
        The expense with its number.
    """
    newest = max((expense.on for expense in list(_expenses.values())), default=date(2026, 5, 1))
    return _keep(
        paid_by=paid_by,
        amount=amount,
        description=description,
        shared_by=shared_by or FRIENDS,
        category=category,
        on=on or newest,
        place=place,
    )


@app.endpoint(
    tags="Expenses",
    method="GET",
    path="/expenses/{expense_id}",
    examples=[{"expense_id": 1}],
    annotations={"readOnlyHint": True},
)
def get_expense(expense_id: int) -> Expense:
    """Look up one expense.

    Args:
        expense_id: Its number.

    Raises:
        NoSuchExpenseError: There is no expense with that number.
    """
    if expense_id not in _expenses:
        raise NoSuchExpenseError(f"There is no expense number {expense_id}.")
    return _expenses[expense_id]


@app.endpoint(
    tags="Expenses",
    method="DELETE",
    path="/expenses/{expense_id}",
    examples=[{"expense_id": 3}],
    annotations={"destructiveHint": True, "idempotentHint": True},
)
def delete_expense(expense_id: int) -> bool:
    """Strike an expense off the list.

    Args:
        expense_id: Its number.

    Returns:
        Whether it was there.
    """
    return _expenses.pop(expense_id, None) is not None


def _balances() -> dict[str, int]:
    balances: dict[str, int] = defaultdict(int)
    for expense in list(_expenses.values()):
        balances[expense.paid_by] += expense.amount
        for name, share in zip(expense.shared_by, _shares(expense.amount, len(expense.shared_by)), strict=True):
            balances[name] -= share
    return dict(balances)


def _shares(amount: int, people: int) -> list[int]:
    share, rest = divmod(amount, people)
    return [share + (index < rest) for index in range(people)]


@app.endpoint(tags="Balances", annotations={"readOnlyHint": True})
def balances() -> dict[str, int]:
    """How far each friend is ahead or behind.

    Returns:
        Cents by name; below zero means that this friend owes money.
    """
    return _balances()


@app.endpoint(tags="Balances", annotations={"readOnlyHint": True})
def settle_up() -> list[Payment]:
    """A short list of payments that makes everyone even.

    Whoever owes most pays whoever is owed most, until nobody owes anything.
    """
    left = {name: cents for name, cents in _balances().items() if cents}
    payments = []
    while left:
        sender, receiver = min(left, key=lambda name: left[name]), max(left, key=lambda name: left[name])
        amount = min(-left[sender], left[receiver])
        payments.append(Payment(sender, receiver, amount))
        left[sender] += amount
        left[receiver] -= amount
        left = {name: cents for name, cents in left.items() if cents}
    return payments


@app.endpoint(tags="Balances", annotations={"readOnlyHint": True})
def monthly_totals(category: Category | None = None) -> Iterator[MonthTotal]:
    """Add up the expenses, month by month.

    Each month is sent as soon as it is known.

    Args:
        category: Only expenses of this category.

    Yields:
        One total per month, oldest first.
    """
    for month, expenses in itertools.groupby(
        sorted(list_expenses(category, limit=100), key=lambda expense: expense.on), key=lambda e: f"{e.on:%Y-%m}"
    ):
        by_category: dict[Category, int] = defaultdict(int)
        for expense in expenses:
            by_category[expense.category] += expense.amount
        yield MonthTotal(month, sum(by_category.values()), dict(by_category))


@app.endpoint(tags="Balances", deprecated="Use `balances` instead.", annotations={"readOnlyHint": True})
def balance_of(name: Friend) -> int:
    """The balance of one friend, in cents.

    Args:
        name: Whose; 0 for someone unknown.
    """
    return _balances().get(name, 0)


@app.endpoint(tags="Files")
def import_expenses(file: File, separator: Literal[",", ";"] = ",") -> ImportReport:
    """Add expenses from a spreadsheet.

    The file is CSV with the columns `on`, `paid_by`, `amount`, `description` and `category`, as `export_expenses`
    writes it. Rows that can't be read are skipped and reported; they stop nothing.

    Args:
        file: The CSV file, in UTF-8.
        separator: What stands between two columns.

    Raises:
        Error: 400: The file is no CSV.
    """
    report = ImportReport(added=0)
    text = file.read().decode("utf-8", errors="replace").replace("\0", "")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        found = list(enumerate(rows, 2))
    except csv.Error as error:
        raise Error(400, "Not a spreadsheet", str(error)) from None
    for line, row in found:
        try:
            _keep(
                paid_by=row["paid_by"],
                amount=int(row["amount"]),
                description=row["description"],
                shared_by=FRIENDS,
                category=Category(row["category"]),
                on=date.fromisoformat(row["on"]),
            )
        except KeyError as error:
            report.skipped.append(SkippedRow(line, f"column {error} is missing"))
        except (TypeError, ValueError) as error:
            report.skipped.append(SkippedRow(line, str(error)))
        else:
            report.added += 1
    return report


@app.endpoint(tags="Files", annotations={"readOnlyHint": True})
def export_expenses(since: date | None = None) -> File:
    """All expenses as a spreadsheet.

    Args:
        since: Only expenses of this day and later.

    Returns:
        A CSV file, oldest first.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for expense in reversed(list_expenses(since=since, limit=100)):
        writer.writerow({**asdict(expense), "category": expense.category.value})
    return File.from_bytes(text.getvalue().encode("utf-8"), name="expenses.csv", content_type="text/csv")


@app.endpoint(tags="Tools", examples=[{"amount": 4200, "people": 4, "tip": 0.1}], annotations={"readOnlyHint": True})
def split_bill(
    amount: Cents,
    people: Annotated[int, Field(ge=1, le=50)],
    tip: Annotated[float, Field(ge=0, le=1)] = 0.0,
) -> list[int]:
    """Split a restaurant bill.

    Args:
        amount: The bill, in cents.
        people: Among how many.
        tip: On top, as a part of the bill: 0.1 is ten percent.

    Returns:
        What each pays, in cents; the shares add up exactly.
    """
    return _shares(amount + round(amount * tip), people)


@app.endpoint(
    tags="Tools", examples=[{"amount": 1250, "to": "USD"}], annotations={"readOnlyHint": True, "idempotentHint": True}
)
def convert(
    amount: int, to: Literal["EUR", "USD", "GBP", "JPY"], source: Literal["EUR", "USD", "GBP", "JPY"] = "EUR"
) -> float:
    """Convert an amount into another currency, at fixed holiday rates.

    Args:
        amount: In hundredths of the source currency.
        to: The currency wanted.
        source: The currency of the amount.
    """
    return round(amount / 100 / EURO_RATES[source] * EURO_RATES[to], 2)
