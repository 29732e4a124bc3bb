"""How often purchases stand together under a cut, and just under one, in logs of others; and what such a log itself
explains of those that stand together: the figures of docs/a-clerks-month.md.

    python tests/benchmarks/patterns.py LOG... [--column NAME=HEADER[|HEADER]]... [--currency CODE] [--seed SEED]

The first table there is of wvu_orders_2017_2021.csv with unit="Purchasing Org", date="Approved Date", contract=Number;
the second of five months of Birmingham's purchase cards with unit="CARD NUMBER", amount="ORIGINAL GROSS AMT",
date="TRANS DATE", supplier="MERCHANT NAME", category="TRANS CAC DESC 1".

Each cut alone, by buyer and supplier. Prints for each cut the groups and the purchases just under it among 1,000
purchases; then of 50 groups drawn by the seed, what explains them: the first that holds of lines of one order, equal
amounts, several categories.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence

import procure
from procure.authoring import Band, Ladder, Passage, Policy, Total, Words, column
from procure.reporting.patterns import Pattern
from procure.reporting.sampling import draw

CUTS = (500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000)
EXPLAINED = ("lines of one order", "equal amounts", "several categories", "nothing")


COLUMNS = ("amount", "date", "unit", "supplier", "category", "contract")


def policy(cut: int, headers: Mapping[str, Sequence[str]], currency: str) -> Policy:
    """Two bands that meet at the cut; no duty."""
    found = {name: column(name, headers=headers.get(name, ())) for name in COLUMNS}
    bands = [Band(id="under", range=f"[0 .. {cut})"), Band(id="over", range=f"[{cut} .. )")]
    return Policy(
        id="cut", title="A cut", language="en", currency=currency, text=Passage("None.", Words("无", "none")),
        columns=found, totals={"spent": Total(by="unit", window="year")},
        ladders={"steps": Ladder(bands=bands, measures=["amount", "spent"])},
    )  # fmt: skip


def explained(group: Pattern) -> str:
    """What of a group the log itself explains."""
    rows = group.purchases
    if rows[0].contract is not None and len({row.contract for row in rows}) == 1:
        return EXPLAINED[0]
    if len({row.minor for row in rows}) == 1:
        return EXPLAINED[1]
    return EXPLAINED[2] if len({row.category for row in rows} - {None}) > 1 else EXPLAINED[3]


def main(logs: Sequence[str], headers: Mapping[str, Sequence[str]], currency: str, seed: str) -> None:
    log = procure.read(*logs)
    for cut in CUTS:
        found = procure.check(log, policy(cut, headers, currency)).patterned().patterns
        assert found is not None
        together, near = found.per_thousand(found.divided), found.per_thousand(found.near)
        drawn = draw("random", [group.minor for group in found.divided], min(50, len(found.divided)), seed)
        whys = Counter(explained(found.divided[at]) for at in drawn)
        told = ", ".join(f"{whys[why]} {why}" for why in EXPLAINED if whys[why])
        print(
            f"{cut:>7,}  of {found.judged:,}: together {together:.1f}, just under {near:.1f}; of {len(drawn)}: {told}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", nargs="+")
    parser.add_argument("--column", action="append", default=[])
    parser.add_argument("--currency", default="GBP")
    parser.add_argument("--seed", default="2020")
    given = parser.parse_args()
    split = (each.split("=", 1) for each in given.column)
    main(given.logs, {name: headers.split("|") for name, headers in split}, given.currency, given.seed)
