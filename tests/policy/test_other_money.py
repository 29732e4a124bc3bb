"""Money that is not the purchase's amount: zero or less there is no refund, and is compared as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from small import bought, duty, small

import procure
from procure.authoring import Carried, GivenList, Limit, column

COLUMNS = (column("retention", type="money"), column("category"))


@pytest.mark.parametrize(
    "asked",
    [">= 5", "[5 .. 90]", ">= 5% * amount", ">= floor", ">= catalogue.floor"],
)
@pytest.mark.parametrize(("held", "verdict"), [(5, "compliant"), (0, "violation"), (-5, "violation")])
@pytest.mark.parametrize("engine", ["python", "polars"])
def test_compared_as_it_stands(asked: str, held: int, verdict: str, engine: str) -> None:
    given: Mapping[str, Any] = {
        "limits": {"floor": [Limit(value=5)]},
        "lists": {
            "catalogue": GivenList(of="category", rows=[{"name": "roof", "floor": 5}], carries={"floor": Carried()})
        },
    }
    policy = small(columns=COLUMNS, duties={"d": duty({"retention": asked}, when={})}, **given)
    log = [bought(100, retention=held, category="roof")]
    finding = procure.check(log, policy, engine=procure.engine(engine)).purchases[0]
    assert (finding.verdict.value, finding.settled) == (verdict, True)


def test_a_missing_one_may_be_below_a_floor_of_nothing() -> None:
    lists = {"catalogue": GivenList(of="category", rows=[{"name": "roof"}], carries={"floor": Carried(blank=0)})}
    policy = small({"retention": ">= catalogue.floor"}, COLUMNS, lists=lists)
    finding = procure.check([bought(100, retention=None, category="roof")], policy).purchases[0]
    assert (finding.verdict.value, finding.missing) == ("unknown", ("retention",))
