"""The same random log for both engines: as cells of a frame, and what `check` says of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import strategies
from framing import Told, by_check, polars
from hypothesis import strategies as st
from lines import EITHER_INQUIRY, UNDATED, UNKNOWN, Purchase

import procure
from procure import Kind, Policy

__all__ = ["CONDITIONAL", "FIELDS", "Case", "Table", "Told", "by_check", "cases", "polars"]

FIELDS = (
    "id", "date", "unit", "department", "category", "kind", "amount", "in_catalogue", "method", "approved_on",
    "invited", "quotes", "ground", "emergency", "contract",
)  # fmt: skip
#: The columns without which a question is not asked.
CONDITIONAL: Mapping[str, str] = {"department": "whose", "emergency": "emergency", "contract": "one-purchase"}
#: Cells that cannot be read, or not without care.
ODD: Mapping[str, Sequence[str]] = {
    "date": ("03/04/2020", "2020年3月2日", " ", "soon"),
    "category": ("ａ０５０４", "办公用品 ", "a050401"),
    "kind": ("货物", "things"),
    "amount": ("12.345", "4,999.99", "0.5万", "(300.00)", "ten", "99999999999999", "-0", "５０００"),
    "in_catalogue": ("是", "maybe"),
    "method": ("三方询价", "by post"),
    "approved_on": ("-", "pending", "2020-03-02 08:00"),
    "invited": ("3家", "several"),
    "quotes": ("甲公司、乙公司；丙公司", "/", "见附件"),
    "ground": ("无", "不适用"),
    "emergency": ("应急", "perhaps"),
    "department": ("办公室　", " "),
}
#: Cells by field.
Table = dict[str, list[Any]]


class Case(NamedTuple):
    """Logs as columns of cells, and what makes a policy for them, each time anew: nothing that one engine worked out
    may help the other."""

    tables: list[Table]
    policy: Callable[[], Policy]


@st.composite
def cases(draw: st.DrawFn, *, text: bool | None = None, logs: tuple[int, int] = (1, 1)) -> Case:
    """Some logs, typed or all text, and a policy. The data of its conditional questions are there or not."""
    limits = draw(strategies.limits_by_kind())
    asked = draw(strategies.conditional(contracts=True))
    catalogue = draw(strategies.catalogues(floors="catalogue-floor" in asked))
    standards = draw(strategies.standards_by_kind(limits, complete=False)) if "catalogue-cap" in asked else {}
    log = strategies.logs(
        limits=tuple(limits.values()), catalogue=catalogue, standards=tuple(standards.values()), asked=asked
    )
    text = draw(st.booleans()) if text is None else text
    absent = {field for field, question in CONDITIONAL.items() if question not in asked}
    tables = [_table(draw, each, text, absent) for each in draw(st.lists(log, min_size=logs[0], max_size=logs[1]))]
    # An office settles on readings of what is not asked, too.
    adopted = draw(strategies.adopted(asked=draw(st.sampled_from((asked, frozenset(strategies.CONDITIONAL))))))
    given = {kind: limit for kind, limit in limits.items() if draw(st.integers(0, 9))}

    def policy() -> Policy:
        made = procure.policies.furong_2020(
            limits=_yuan(given),
            catalogue=catalogue,
            open_tender=_yuan({k: v for k, v in standards.items() if k in given}),
        )
        return made.adopt(adopted)

    return Case(tables, policy)


def _yuan(fen: Mapping[Kind, int]) -> dict[str, Decimal | None]:
    return {kind.value: strategies.yuan(each) for kind, each in fen.items()}


def _table(draw: st.DrawFn, log: Sequence[Purchase], text: bool, absent: Collection[str]) -> Table:
    """Some columns may be missing besides, and some cells odd."""
    needed = ("id", "amount", *CONDITIONAL)
    absent = {*absent, *draw(st.sets(st.sampled_from([field for field in FIELDS if field not in needed]), max_size=3))}
    table = {field: [_cell(purchase, field) for purchase in log] for field in FIELDS if field not in absent}
    table["id"] = [f"{n:04d}" for n in range(len(log))]
    if text:
        table = {field: [None if cell is None else _said(cell) for cell in cells] for field, cells in table.items()}
        for _ in range(draw(st.integers(0, 2))):
            field = draw(st.sampled_from([field for field in table if field in ODD]))
            table[field][draw(st.integers(0, len(log) - 1))] = draw(st.sampled_from(ODD[field]))
    return table


def _cell(purchase: Purchase, field: str) -> Any:
    value = purchase.amount if field == "amount" else getattr(purchase, field)
    if field == "method" and value is not None:
        return ("询价" if value == EITHER_INQUIRY else "招标") if isinstance(value, frozenset) else value.value
    if isinstance(value, Kind):
        return value.value
    # A cell cannot say that it is not known whether there was an approval: it is blank, and says that there was none.
    return None if value in (UNKNOWN, UNDATED) else value


def _said(cell: Any) -> str:
    return "yes" if cell is True else "no" if cell is False else str(cell)
