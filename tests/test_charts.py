"""The totals as they ran: which are drawn, what is marked, and how what is uncertain shows."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from building import bought, furong

from procure import Origin, Policy, Purchase, Report, Words, check
from procure.authoring import Band, Duty, Ladder, Limit, Passage, Total, column
from procure.writers import page
from procure.writers.page.accounts import Run, runs
from procure.writers.page.drawing import Frame


def on(date: str, amount: object, **fields: Any) -> Purchase:
    return bought(amount, id=date, date=date, **{"category": "印刷", "origin": Origin("a.csv", None, 2), **fields})


def checked(*rows: Purchase, **options: Any) -> Report:
    return check(rows, furong(**options))


def told(report: Report) -> list[tuple[list[str], list[tuple[str, int, bool]]]]:
    """For each total: its purchases, and where it reaches which cut, and whether for certain."""
    return [
        ([str(p.date) for p in run.points], [(str(c.point.date), c.cut.number // 100, c.surely) for c in run.crossings])
        for run in runs(report)
    ]


class TestWhichAreDrawn:
    def test_the_purchase_that_reaches_a_cut(self) -> None:
        report = checked(on("2020-05-04", 296_000), on("2020-03-02", 4_000), on("2020-02-03", 1_000))
        assert told(report) == [
            (
                ["2020-02-03", "2020-03-02", "2020-05-04"],
                [("2020-03-02", 5_000, True), ("2020-05-04", 300_000, True)],
            )
        ]

    @pytest.mark.parametrize(
        "rows",
        [
            [on("2020-02-03", 86_000)],  # nothing adds up
            [on("2020-02-03", 1_000), on("2020-03-02", 3_999.99)],
            [on("2020-02-03", 4_000), on("2020-03-02", 4_000, category="纸")],
            [on("2020-02-03", 4_000), on("2020-03-02", 4_000, unit="区统计局")],
            [on("2020-02-03", 4_000), on("2020-03-02", 4_000, method="open_tender")],  # which is not counted
        ],
    )
    def test_where_there_is_nothing_to_see(self, rows: list[Purchase]) -> None:
        assert runs(checked(*rows)) == []

    def test_those_with_violations_come_first_then_the_larger(self) -> None:
        def two(category: str, amount: int, **fields: Any) -> list[Purchase]:
            return [on(date, amount, category=category, **fields) for date in ("2020-02-03", "2020-03-02")]

        quoted = {"method": "quotation", "quotes": 3}
        report = checked(*two("甲", 6_000, **quoted), *two("乙", 9_000, **quoted), *two("丙", 4_000))
        assert [run.keys[-1].zh for run in runs(report)] == ["丙", "乙", "甲"]

    def test_no_more_than_a_page_holds(self) -> None:
        rows = [on(date, 4_000, category=f"品目{n}") for n in range(26) for date in ("2020-02-03", "2020-03-02")]
        said = page.dumps(checked(*rows), "en")
        assert said.count("<figure") == 24 and "… 2 more totals that reach a cut are not drawn" in said
        assert said.count('<a href="#chart-') == 48


class TestUncertain:
    def test_a_purchase_that_may_not_count(self) -> None:
        report = checked(on("2020-02-03", 4_000), on("2020-03-02", 4_000, method=None))
        assert told(report) == [(["2020-02-03", "2020-03-02"], [("2020-03-02", 5_000, False)])]
        said = page.dumps(report, "en")
        assert "total ¥4,000.00 to ¥8,000.00 may reach ¥5,000.00</li>" in said
        assert said.count('class="band"') == 1

    def test_certain_only_later(self) -> None:
        report = checked(
            on("2020-02-03", 4_000), on("2020-03-02", 4_000, method=None), on("2020-04-02", 1_500), on("2020-05-02", 1)
        )
        said = page.dumps(report)
        assert "2020-04-02  第2行  2020-04-02  ¥1,500.00：累计 ¥5,500.00 至 ¥9,500.00，至迟此笔达到 ¥5,000.00" in said

    def test_an_amount_that_could_not_be_read(self) -> None:
        report = checked(on("2020-02-03", 4_000), on("2020-03-02", "?"))
        said = page.dumps(report, "en")
        assert "amount not stated: the total is not known and may reach ¥5,000.00, ¥300,000.00</li>" in said
        # Without a bound the band goes to the edge.
        (band,) = re.findall('<path d="([^"]*)" class="band"', said)
        assert "V12H350V" in band

    def test_an_exact_total_has_no_band(self) -> None:
        assert 'class="band"' not in page.dumps(checked(on("2020-02-03", 4_000), on("2020-03-02", 4_000)))


class TestCuts:
    def test_of_the_kinds_bought(self) -> None:
        limits = {"goods": 10_000, "services": 20_000}
        report = checked(on("2020-02-03", 4_000), on("2020-03-02", 9_000, kind="services"), limits=limits)
        (run,) = runs(report)
        assert [(cut.number // 100, cut.scenarios) for cut in run.cuts] == [
            (5_000, (("goods",), ("services",))),
            (10_000, (("goods",),)),
            (20_000, (("services",),)),
        ]
        said = page.dumps(report, "en")
        assert "reaches ¥5,000.00, ¥10,000.00 (goods)</li>" in said
        assert ">¥20,000.00 (services)</text>" in said

    def test_of_all_kinds_where_none_is_told(self) -> None:
        (run,) = runs(checked(on("2020-02-03", 4_000, kind=None), on("2020-03-02", 4_000, kind=None)))
        assert run.scenarios == (("goods",), ("services",), ("works",))

    def test_one_that_is_not_known_is_not_drawn(self) -> None:
        (run,) = runs(checked(on("2020-02-03", 4_000), on("2020-03-02", 4_000), limits=None))
        assert [cut.number for cut in run.cuts] == [500_000]


class TestDrawing:
    @staticmethod
    def run(*rows: Purchase) -> Run:
        (run,) = runs(checked(*rows))
        return run

    def test_days_and_amounts_have_their_places(self) -> None:
        frame = Frame.of(self.run(on("2020-01-01", 4_000), on("2020-12-31", 4_000)))
        assert (frame.low, frame.high) == (0, 900_001)
        assert [frame.x(dt.date(2020, *day)) for day in ((1, 1), (7, 1), (12, 31))] == ["10", "179.5", "350"]
        assert [frame.y(fen) for fen in (0, 450_000, 10**12)] == ["166", "89.1", "12"]

    def test_a_refund_below_nothing(self) -> None:
        frame = Frame.of(self.run(on("2020-01-01", -1_000), on("2020-02-01", 9_000), on("2020-03-01", 1)))
        assert frame.low == -100_000 and frame.y(-100_000) == "166"

    def test_the_next_cut_is_drawn_where_it_is_near(self) -> None:
        near = Frame.of(self.run(on("2020-01-01", 90_000), on("2020-02-01", 90_000)))
        far = Frame.of(self.run(on("2020-01-01", 9_000), on("2020-02-01", 9_000)))
        assert near.high > 30_000_000 and far.high < 2_100_000

    def test_the_whole_figure(self) -> None:
        said = page.dumps(checked(on("2020-01-01", 4_000), on("2020-12-31", 4_000)), "en")
        (figure,) = re.findall('<figure id="chart-1">.*?</figure>', said)
        assert figure.startswith(
            '<figure id="chart-1"><figcaption><h3>区工信局 · 印刷 · 2020</h3><p>2 purchases in the year, ¥8,000.00</p>'
            '</figcaption><svg viewBox="0 0 360 190" role="img"><title>区工信局 · 印刷 · 2020</title>'
            "<desc>2 purchases in the year, ¥8,000.00 2020-12-31  row 2  2020-12-31  ¥4,000.00: total ¥8,000.00 "
            "reaches ¥5,000.00</desc>"
        )
        assert (
            '<path d="M10 166H10V97.6H350V29.2H350" class="total"/>'
            '<text x="10" y="80.5" dy="-4" class="amount left">¥5,000.00</text><circle cx="350" cy="29.2" r="8" '
        ) in figure
        assert '<ol class="marks"><li><span>①</span>2020-12-31' in figure


TEXT = "At 1,000 with one supplier three quotes are asked for."


def declared(total: Total, limit: Any = 1_000, cut: str = "most", **keys: Any) -> Policy:
    """In pounds: three quotes where the total reaches the cut."""
    low, high = Band(id="small", range=f"[0 .. {cut})"), Band(id="quotes", range=f"[{cut} .. )", duties=["quotes"])
    return Policy(
        id="small-town",
        title="Small Town",
        currency="GBP",
        language="en",
        text=Passage(TEXT, Words("regulations", "regulations")),
        columns={name: column(name) for name in ("supplier", "quotes", "kind")},
        limits={"most": limit if isinstance(limit, list) else [Limit(value=limit)]},
        totals={"with-supplier": total},
        ladders={"procedure": Ladder(measures=["amount", "with-supplier"], bands=[low, high])},
        duties={"quotes": Duty(required="three quotes", clause=TEXT, met_by={"quotes": ">= 3"})},
        **keys,
    )


def spent(*rows: tuple[str, object], **cells: Any) -> list[Purchase]:
    return [Purchase(date=date, amount=amount, **{"supplier": "Acme", **cells}) for date, amount in rows]


class TestDeclaredTotals:
    def test_a_budget_year_that_begins_in_april(self) -> None:
        policy = declared(Total(by="supplier", window="year so far"), year="04-01")
        report = check(spent(("2024-04-02", 600), ("2025-03-31", 500)), policy)
        (run,) = runs(report)
        assert (run.year, run.first, run.last) == (2024, dt.date(2024, 4, 1), dt.date(2025, 3, 31))
        said = page.dumps(report, "en")
        assert "<h3>Acme · 2024/25</h3><p>2 purchases in the year, £1,100.00</p>" in said
        assert re.findall('class="month">(.*?)<', said) == ["Apr", "Jul", "Oct", "Jan"]
        assert "What adds up for one supplier in the year, and the purchase with which" in said
        assert "同一供应商的年度累计，及其达到各档分界的那一笔。" in page.dumps(report)

    def test_a_rolling_window_is_what_each_purchase_met(self) -> None:
        policy = declared(Total(by="supplier", window="12 months back"))
        report = check(spent(("2023-03-05", 600), ("2023-09-01", 500), ("2024-05-06", 100)), policy)
        (run,) = runs(report)
        assert [point.total.low // 100 for point in run.points] == [600, 1_100, 600]
        assert (run.year, run.first, run.last) == (None, dt.date(2023, 3, 1), dt.date(2024, 5, 31))
        said = page.dumps(report, "en")
        assert "<h3>Acme</h3><p>3 purchases, with the last of them £600.00</p>" in said
        assert re.findall('class="month">(.*?)<', said) == ["2023-03", "2023-07", "2023-11", "2024-03"]
        assert ">Totals</h2>" in said and "in 12 months, and the purchase" in said

    def test_all_purchases_without_an_end(self) -> None:
        report = check(spent(("2023-03-05", 600), ("2024-03-05", 600)), declared(Total(window="always")))
        (run,) = runs(report)
        assert run.keys == ()
        assert "<h3>with-supplier</h3><p>2 purchases, £1,200.00</p>" in page.dumps(report, "en")

    def test_a_number_of_purchases(self) -> None:
        policy = declared(Total(sum="rows", by="supplier", window="year"), cut="2")
        report = check(spent(("2024-03-05", 600), ("2024-04-05", 600)), policy)
        assert "total 2 purchases reaches 2 purchases</li>" in page.dumps(report, "en")

    def test_a_cut_that_holds_from_a_day_on(self) -> None:
        limit = [Limit(value=1_000), Limit(value=2_000, since=dt.date(2024, 7, 1))]
        policy = declared(Total(by="supplier", window="year"), limit)
        report = check(spent(("2024-06-30", 900), ("2024-07-01", 900), ("2024-08-01", 300)), policy)
        (run,) = runs(report)
        days = [(cut.number // 100, cut.since, cut.until) for cut in run.cuts]
        assert days == [(1_000, None, dt.date(2024, 6, 30)), (2_000, dt.date(2024, 7, 1), None)]
        (crossing,) = run.crossings
        assert (crossing.cut.number, str(crossing.point.date)) == (200_000, "2024-08-01")
        said = page.dumps(report, "en")
        assert "reaches £2,000.00 (from 2024-07-01)</li>" in said and "£1,000.00 (until 2024-06-30)</text>" in said

    def test_a_cut_that_differs_by_a_column(self) -> None:
        limit = [Limit(value={"goods": 1_000, "services": 1_500, "works": 1_500}, by="kind")]
        policy = declared(Total(by="supplier", window="year"), limit)
        rows = [*spent(("2024-06-30", 900), kind="goods"), *spent(("2024-07-01", 900), kind="works")]
        (run,) = runs(check(rows, policy))
        found = [(cut.number // 100, cut.scenarios) for cut in run.cuts]
        assert found == [(1_000, (("goods",),)), (1_500, (("works",),))]
