"""What a log is made of: purchases as their cells were typed, rows as they were read, and where each stood."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import attrs
import pytest
from building import furong

from procure import MISSING, NONE, UNDATED, Kind, Log, Method, Origin, ProcureError, Purchase, Words
from procure.api import check
from procure.log.reading import read_rows
from procure.log.records import Skipped
from procure.log.rows import CellFault, Rejected, Row, Rows

CANONICAL = [
    *("id", "date", "unit", "department", "category", "kind", "description", "amount", "in_catalogue", "method"),
    *("supplier", "approved_on", "invited", "quotes", "ground", "emergency", "note"),
]


def rows_of(*purchases: Purchase) -> Rows:
    policy = furong()
    return read_rows(Log.of(purchases), policy.built.columns, policy.money)


def test_columns_are_read_in_the_order_in_which_they_are_usually_listed() -> None:
    assert [name for name in rows_of(Purchase(amount=1)).columns if name in CANONICAL] == CANONICAL


class TestPurchase:
    def test_cells_are_kept_as_they_were_typed(self) -> None:
        purchase = Purchase(amount="1.2万", method="三方询价", quotes=None, colour="红")
        assert purchase.cells == {"amount": "1.2万", "method": "三方询价", "quotes": None, "colour": "红"}
        assert (purchase.amount, purchase.quotes, purchase.unit) == ("1.2万", None, None)
        assert purchase.origin == Origin()
        assert repr(purchase) == "Purchase(amount='1.2万', method='三方询价', quotes=None, colour='红')"

    def test_nothing_is_refused_before_a_policy_reads_it(self) -> None:
        assert Purchase(amount="面议", date="3月").amount == "面议"
        report = check([Purchase(amount="面议", date="2020-03-05")], furong())
        assert [(fault.column, fault.value) for fault in report.cell_faults] == [("amount", "面议")]
        assert report.rejected == ()

    def test_equal_where_the_cells_and_the_origin_are(self) -> None:
        purchase = Purchase(amount=5)
        assert purchase == Purchase(amount=5)
        assert hash(purchase) == hash(Purchase(amount=5))
        assert purchase != Purchase(amount="5元")
        assert purchase != Purchase(amount=5, origin=Origin(row=2))
        assert purchase != 5
        with pytest.raises(TypeError):
            Purchase("7")  # type: ignore[misc]
        assert not hasattr(purchase, "__dict__")

    def test_replaced_keeps_everything_else(self) -> None:
        purchase = Purchase(id="1", date="2020-03-05", amount="1.2万", origin=Origin("a.csv", None, 2))
        changed = purchase.replaced(id="2")
        assert changed.replaced(id="1") == purchase
        assert (changed.id, changed.amount, changed.origin) == ("2", "1.2万", purchase.origin)
        assert purchase.replaced(origin=Origin()).origin == Origin()

    def test_copied_and_pickled(self) -> None:
        purchase = Purchase(id="1", amount=5, ground=None, origin=Origin("a.csv", None, 2))
        assert copy.copy(purchase) == copy.deepcopy(purchase) == pickle.loads(pickle.dumps(purchase)) == purchase


class TestRow:
    def test_a_column_left_out_and_a_blank_cell(self) -> None:
        left_out, blank = (
            rows_of(purchase).all[0] for purchase in (Purchase(amount=1), Purchase(**dict.fromkeys(CANONICAL)))
        )
        assert isinstance(left_out, Row)
        assert isinstance(blank, Row)
        for name in ("approved_on", "ground", "emergency"):
            assert left_out[name] is MISSING
            assert blank[name] is NONE
        for name in set(CANONICAL) - {"approved_on", "ground", "emergency", "amount", "unit"}:
            assert left_out[name] is MISSING
            assert getattr(left_out, name) is None
            assert blank[name] is MISSING

    def test_values(self) -> None:
        cells = {"id": 7.0, "date": "2020年3月5日", "amount": "1.2万", "method": "三方比价", "kind": "货物"}
        (row,) = rows_of(Purchase(**cells, approved_on="是", quotes="3家")).all
        assert isinstance(row, Row)
        assert (row.id, row.method, row.kind, row.quotes) == ("7", Method.QUOTATION, Kind.GOODS, 3)
        assert row.approved_on is UNDATED
        assert (row.minor, row.amount) == (1_200_000, Decimal("12000.00"))
        assert (row["amount"], row.get("amount"), row.get("colour")) == (1_200_000, 1_200_000, MISSING)
        assert (row.invited, row["invited"]) == (None, MISSING)
        assert "quotes=3" in repr(row)
        assert "invited" not in repr(row)

    def test_no_amount(self) -> None:
        (row,) = rows_of(Purchase(date="2020-03-05")).all
        assert isinstance(row, Row)
        assert (row.minor, row.amount) == (None, None)

    def test_rows_of_one_reading_are_equal_by_their_place(self) -> None:
        rows = rows_of(Purchase(amount=1), Purchase(amount=1))
        one, other = rows.all
        assert one == rows.all[0]
        assert hash(one) == hash(Row(rows, 0))
        assert one != other
        assert one != rows_of(Purchase(amount=1)).all[0]

    def test_a_column_that_no_policy_has_is_refused_with_those_there_are(self) -> None:
        with pytest.raises(ProcureError) as caught:
            rows_of(Purchase(amount=1, colour="红"))
        assert caught.value.words.en.startswith("there is no column 'colour'; there are: ")
        assert caught.value.words.zh.startswith("没有“colour”这一栏；可用：")

    def test_a_ready_column_that_a_policy_does_not_read_is_let_be(self) -> None:
        (row,) = rows_of(Purchase(amount=1, counted_in="元")).all
        assert isinstance(row, Row)
        assert row.minor == 100


@pytest.mark.parametrize(
    ("origin", "text"),
    [
        (Origin(), "-"),
        (Origin(row=3), "-:3"),
        (Origin("log.csv"), "log.csv"),
        (Origin("log.csv", None, 3), "log.csv:3"),
        (Origin("log.xlsx", "1月"), "log.xlsx[1月]"),
        (Origin("log.xlsx", "1月", 3), "log.xlsx[1月]:3"),
        (Origin(None, "1月", 3), "-[1月]:3"),
    ],
)
def test_origin(origin: Origin, text: str) -> None:
    assert str(origin) == text
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        origin.row = 4  # type: ignore[misc]


class TestLog:
    PURCHASE = Purchase(id="1", amount=1)
    BAD = Purchase(id="2", amount="?", date=None, category=None, quotes="some", origin=Origin("a.csv", None, 3))

    def test_parts(self) -> None:
        log = Log.of([self.PURCHASE, self.BAD, self.PURCHASE])
        assert log.purchases == (self.PURCHASE, self.BAD, self.PURCHASE)
        assert list(log) == [self.PURCHASE, self.BAD, self.PURCHASE]
        assert len(log) == 3
        assert log.sheets == ()
        assert len(Log.of([])) == 0

    def test_a_row_that_cannot_be_read_keeps_what_it_does_say(self) -> None:
        rows = rows_of(self.PURCHASE, self.BAD)
        one, other = rows.all
        assert isinstance(one, Row)
        assert isinstance(other, Rejected)
        assert (other.origin, other.readable.id, other.readable.minor) == (self.BAD.origin, "2", None)
        # The first column at fault, in the order of the policy's columns.
        assert (other.column, other.value, other.why.en) == ("amount", "?", "'?' is not an amount")
        assert [fault.column for fault in other.faults] == ["amount", "quotes"]

    def test_only_purchases(self) -> None:
        for log in (["no purchase"], [1], [{"amount": 1}]):
            with pytest.raises(ProcureError, match="is not a Purchase"):
                Log.of(log)  # type: ignore[arg-type]

    def test_said(self) -> None:
        row = rows_of(self.PURCHASE).all[0]
        assert isinstance(row, Row)
        origin, why = Origin("a.csv", None, 3), Words("不是金额", "is not an amount")
        faults = (CellFault(origin, "amount", "?", why, why), CellFault(origin, "date", "?", why, why))
        assert (
            str(Rejected(origin, faults, row)) == "a.csv:3: amount: is not an amount; a.csv:3: date: is not an amount"
        )
        assert str(Skipped(Origin("a.xlsx", "说明"), Words("空", "is empty"))) == "a.xlsx[说明]: is empty"
