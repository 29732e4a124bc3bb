"""The same random log for both engines: as cells of a frame, and what `check` says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import strategies
from hypothesis import strategies as st

import procure
from procure.phrases import flips_key, sum_of
from procure.policy import Policy
from procure.records import UNDATED, UNKNOWN, Purchase
from procure.terms import EITHER_INQUIRY, Kind
from procure.writers.json import tier_of

FIELDS = (
    "id", "date", "unit", "category", "kind", "amount", "in_catalogue", "method", "approved_on", "invited", "quotes",
    "ground",
)  # fmt: skip
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
}
#: What `check_frame` tells of a row.
Told = tuple[str, bool | None, str, str, str, str | None, str | None]


@st.composite
def tables(draw: st.DrawFn, *, text: bool | None = None, max_size: int = 7) -> dict[str, list[Any]]:
    """A log as columns of cells, typed or all text; some columns may be missing, and some cells odd."""
    log = draw(strategies.logs(max_size=max_size))
    text = draw(st.booleans()) if text is None else text
    absent = draw(st.sets(st.sampled_from(FIELDS).filter(lambda field: field not in ("id", "amount")), max_size=3))
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


@st.composite
def policies(draw: st.DrawFn) -> Any:
    """What makes a policy, each time anew: nothing that one engine worked out may help the other."""
    limits = draw(strategies.limits_by_kind())
    given = {kind.value: strategies.yuan(fen) for kind, fen in limits.items() if draw(st.integers(0, 9))}
    catalogue = draw(strategies.catalogues())
    adopted = draw(strategies.adopted())
    return lambda: procure.policies.furong_2020(limits=given or None, catalogue=catalogue).adopt(adopted)


def by_check(frame: Any, policy: Policy, any_year: bool) -> list[Told]:
    """What `check` finds of the rows of a frame."""
    log = procure.read(frame)
    findings = iter(procure.check(log, policy, any_year=any_year))
    told: list[Told] = []
    for row in log.rows:
        if isinstance(row, Purchase):
            finding = next(findings)
            total = finding.accumulated
            rules = " ".join(breach.rule.id for breach in finding.told())
            told.append(
                (
                    finding.verdict.value,
                    finding.settled,
                    flips_key(finding),
                    rules,
                    " ".join(finding.missing),
                    tier_of(finding),
                    None if total is None else sum_of(total),
                )
            )
        else:
            told.append(("rejected", None, "", "", row.column, None, None))
    return told


__all__ = ["FIELDS", "Told", "by_check", "policies", "tables"]
