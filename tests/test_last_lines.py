"""What no other test comes to: rare words of a survey, of a page, of the command line, and the face of the package."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import pickle
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from looking import council, spent
from small import bought, duty, small

import procure
from procure import Policy, ProcureError, Words, check
from procure.authoring import Band, Carried, GivenList, Head, Ladder, Limit, Listed, Total, column
from procure.cli import choosing, collector
from procure.cli.parsing import Parser
from procure.log.formats import Format, Formatted
from procure.log.habits import Habits
from procure.log.readers import biff, delimited
from procure.log.readers.tables import MOST_CELLS
from procure.policy.survey import survey
from procure.reporting import options, phrases
from procure.writers import page, soundness, text
from procure.writers.page.accounts import runs


class TestPackage:
    def test_every_public_name_is_listed(self) -> None:
        assert {*procure.__all__, "__version__"} <= set(dir(procure))
        assert dir(procure) == sorted(dir(procure))

    def test_a_policy_that_there_is_not(self) -> None:
        with pytest.raises(ProcureError, match=r"^there is no policy 'furong-2021' \(did you mean 'furong-2020'\?\)$"):
            procure.policies.load("furong-2021")

    def test_a_century_begins_one(self) -> None:
        with pytest.raises(ProcureError, match=r"^a century is the year in which it begins, such as 2000, not 20$"):
            Habits(century=20)

    def test_the_collector_is_left_as_it_was(self) -> None:
        was = gc.isenabled()
        try:
            for running in (False, True):
                (gc.enable if running else gc.disable)()
                with collector.paused():
                    assert not gc.isenabled()
                assert gc.isenabled() is running
                # After an error too.
                with pytest.raises(ZeroDivisionError), collector.paused():
                    _ = 1 / 0
                assert gc.isenabled() is running
        finally:
            (gc.enable if was else gc.disable)()

    def test_what_the_user_froze_stays_frozen(self) -> None:
        was = gc.isenabled()
        gc.freeze()
        try:
            gc.enable()
            frozen = gc.get_freeze_count()
            with collector.paused():
                pass
            # Objects that die leave; none is thawed.
            assert frozen // 2 < gc.get_freeze_count() <= frozen
        finally:
            gc.unfreeze()
            (gc.enable if was else gc.disable)()

    def test_a_name_that_there_is_not(self) -> None:
        with pytest.raises(AttributeError, match=r"^module 'procure' has no attribute 'chekc'$"):
            _ = procure.chekc

    def test_a_path_is_read(self, tmp_path: Path) -> None:
        file = tmp_path / "log.csv"
        file.write_text("id,date,amount,quotes\na,2020-06-08,100,2\nb,2020-06-08,100,3\n", encoding="utf-8")
        policy = small({"quotes": ">= 3"}, [column("quotes")])
        for log in (file, str(file)):
            assert [one.verdict.value for one in check(log, policy).purchases] == ["violation", "compliant"]

    def test_a_frame_is_read(self) -> None:
        polars = pytest.importorskip("polars")
        frame = polars.DataFrame({"date": ["2020-06-08"] * 2, "amount": [100, 100], "quotes": [2, 3]})
        policy = small({"quotes": ">= 3"}, [column("quotes")])
        assert [one.verdict.value for one in check(frame, policy).purchases] == ["violation", "compliant"]


class TestCommandLine:
    """A policy with neither a limit nor a list to give."""

    def test_a_policy_without_a_name_is_the_usual_one(self) -> None:
        assert choosing.chosen(["check", "--policy"]).id == choosing.chosen([]).id

    def test_it_has_no_option_for_what_nobody_gives(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(choosing.policies, "find", {"council": council()}.get)
        parser = Parser()
        policy = choosing.chosen(["--policy", "council"])
        choosing.add_arguments(parser, policy)
        choosing.add_named(parser, policy)
        assert "--adopt" in parser.format_help()
        assert "--limit" not in parser.format_help()
        assert "--list" not in parser.format_help()
        args = parser.parse_args(["--policy", "council"])
        args.declared = policy
        assert choosing.completed(args).id == "council"

    def test_a_list_of_the_policy_itself_has_no_option(self) -> None:
        lists = {
            "ours": GivenList(of="category", rows=({"code": "A02"},)),
            "theirs": GivenList(of="category", given=True),
        }
        parser = Parser()
        choosing.add_named(parser, small([], [column("category")], lists=lists))
        assert "--theirs FILE" in parser.format_help()
        assert "--ours" not in parser.format_help()

    def test_a_limit_of_a_word_that_may_mean_several(self) -> None:
        kind = column("size", words={"small": (), "large": ()}, several={"any": ("small", "large")}, type="word")
        policy = small([], [kind], limits={"top": [Limit(given=True, by="size", title=Words("上限", "top"))]})
        with pytest.raises(ProcureError) as refused:
            options.limits([options.Given("--limit", "any=100")], policy)
        assert refused.value.words == Words("--limit any=100：“any”不止一义", "--limit any=100: 'any' may mean several")


class TestPhrases:
    @pytest.mark.parametrize(
        ("window", "told"),
        [
            ("30 days back", Words("近30天累计", "accumulated in 30 days")),
            ("12 months back", Words("近12个月累计", "accumulated in 12 months")),
        ],
    )
    def test_a_window_of_days(self, window: str, told: Words) -> None:
        plan = check([spent(100)], council({"with-supplier": Total(by="supplier", window=window)})).plan
        assert phrases.total_name(plan, plan.working_measures["with-supplier"]) == told

    def test_a_text_is_on_record(self) -> None:
        note = column("note", type="text", title=Words("备注", "note"), blank="none")
        (finding,) = check([bought(note="by hand")], small({"note": "present"}, [note])).purchases
        assert phrases.stated(finding.plan, note, "by hand") == Words("有备注记录", "note on record")
        assert phrases.stated(finding.plan, note, "by hand", labelled=False) == Words("by hand", "by hand")


# -- the words of a survey --------------------------------------------------------------------------------------------

SIGNED = column("signed", type="date", title=Words("签署", "signed"))
QUOTES, INVITED, TOP = column("quotes"), column("invited"), Limit(given=True, title=Words("上限", "top"))


def impossible(when: Mapping[str, Any], *columns: Any, **keys: Any) -> tuple[Words, Any]:
    """What is said of a purchase whose duty nothing meets, and its facts for a machine."""
    policy = small(columns=[column("method"), *columns], duties={"never": duty({"method": []}, when=when)}, **keys)
    found = survey(policy.plan())
    (one,) = soundness.as_dict(found)["impossible"]
    told = soundness.message(found.plan, found.impossible[0])
    (point,) = one["points"]
    return Words(told.zh.split("例：")[1], told.en.split("for one, ")[1]), point["facts"]


@pytest.mark.parametrize(
    ("when", "columns", "told", "fact"),
    [
        ({"quotes": ">= 3"}, [QUOTES], Words("报价数 >= 3", "quotes >= 3"), "quotes"),
        ({"amount": "< 500"}, [], Words("采购金额 < £500.00", "amount < £500.00"), "amount"),
        (
            {"quotes": ">= 2 * invited"},
            [QUOTES, INVITED],
            Words("报价数 >= 2 * 邀请家数", "quotes >= 2 * invited"),
            "quotes~2*invited",
        ),
        (
            {"quotes": ">= invited"},
            [QUOTES, INVITED],
            Words("报价数 >= 邀请家数", "quotes >= invited"),
            "quotes~invited",
        ),
        (
            {"signed": "<= date + 14 days"},
            [SIGNED],
            Words("签署 <= 采购日期 + 14 天", "signed <= date + 14 days"),
            "signed",
        ),
        (
            {"signed": "> date - 7 days"},
            [SIGNED],
            Words("签署 > 采购日期 - 7 天", "signed > date - 7 days"),
            "signed",
        ),
        ({"signed": "< date"}, [SIGNED], Words("签署 < 采购日期", "signed < date"), "signed"),
        ({"signed": "present"}, [SIGNED], Words("有签署", "signed on record"), "signed"),
        ({"signed": "< 2020-01-01"}, [SIGNED], Words("签署 < 2020-01-01", "signed < 2020-01-01"), "signed"),
        (
            {"supplier": ["Zed", "Acme"]},
            [column("supplier")],
            Words("供应商 Acme或Zed", "supplier Acme or Zed"),
            "supplier",
        ),
    ],
)
def test_each_test_in_words(when: Mapping[str, Any], columns: Any, told: Words, fact: str) -> None:
    assert impossible(when, *columns) == (told, {fact: {told.en: True}})


def test_a_limit_in_words() -> None:
    told = impossible({"amount": "> top"}, limits={"top": [TOP]})
    assert told == (Words("采购金额 > 上限", "amount > top"), {"amount~top": {"amount > top": True}})


@pytest.mark.parametrize(
    ("word", "told"), [("yes", Words("增值税：是", "VAT: yes")), ("no", Words("任何采购", "any purchase"))]
)
def test_yes_and_no_in_words(word: str, told: Words) -> None:
    vat = column("vat", type="yes-no", title=Words("增值税", "VAT"), words={"yes": ("y",), "no": ("n",)})
    assert impossible({"vat": word}, vat) == (told, {"vat": word})


def test_what_falls_short_of_what_a_list_carries() -> None:
    columns = [column("method"), column("category"), column("in_catalogue", derived=Listed("catalogue"))]
    lists = {"catalogue": GivenList(of="category", given=True, carries={"floor": Carried(blank=0)})}
    never = duty({"method": []}, when={}, unless={"amount": ">= catalogue.floor"})
    found = survey(small(columns=columns, lists=lists, duties={"never": never}).plan())
    assert [soundness.message(found.plan, one).en for one in found.impossible] == [
        "“the proper way”: nothing meets it (under every reading); for one, amount < the floor in the catalogue"
    ]


def test_of_several_ladders_it_is_said_which() -> None:
    first = Ladder(bands=(Band(id="a", range="[0 .. 100)"), Band(id="b", range="(100 .. )")))
    second = Ladder(bands=(Band(id="c", range="[0 .. 50)"), Band(id="d", range="[50 .. )")))
    found = survey(small([], ladders={"procedure": first, "approval": second}).plan())
    assert [soundness.message(found.plan, gap) for gap in found.gaps] == [
        Words(
            "procedure：恰为£100.00：无档可归（各种读法下）",
            "procedure: exactly £100.00: no tier claims it (under every reading)",
        )
    ]


TWO = {"ours": Total(by="supplier", window="year"), "all": Total(by=(), window="year")}


def test_of_several_totals_each_has_its_name() -> None:
    bands = (
        Band(id="low", range={"amount": "[0 .. 100)", "ours": "[0 .. 200)", "all": "[0 .. 300)"}),
        Band(id="high", range={"amount": "[100 .. )", "ours": "[200 .. )", "all": "[300 .. )"}, duties=["never"]),
    )
    policy = small(
        columns=[column("method"), column("supplier")], totals=TWO, duties={"never": duty({"method": []})},
        ladders={"steps": Ladder(measures=["amount", *TWO], bands=bands)},
    )  # fmt: skip
    found = survey(policy.plan())
    told = [soundness.message(found.plan, one).en.split("for one, ")[1] for one in found.impossible]
    assert told == ["single below £100.00, ours below £200.00, all exactly £300.00"]


# -- accounts of a page -----------------------------------------------------------------------------------------------


def supplied(**keys: Any) -> Policy:
    return council({"with-supplier": Total(**{"by": "supplier", "window": "year so far", **keys})})


def test_a_key_that_is_one_for_all_is_not_told() -> None:
    columns = {**council().columns, "unit": column("unit", absent="one")}
    policy = council({"ours": Total(by=["unit", "supplier"], window="year so far")}, columns=columns)
    (run,) = runs(check([spent(5000), spent(5000)], policy))
    assert run.keys == (Words("Acme", "Acme"),)


def test_the_last_month_that_there_is() -> None:
    rows = [spent(5000, date="9999-12-30"), spent(5000, date="9999-12-31")]
    (run,) = runs(check(rows, supplied(window="12 months back")))
    assert (run.first, run.last) == (dt.date(9999, 12, 1), dt.date.max)


def test_cuts_over_a_year_in_which_a_limit_changes() -> None:
    days = {"2024-01-01": 2000, "2024-05-01": 3000, "2024-09-01": 2000}
    top = [Limit(value=number, since=dt.date.fromisoformat(day)) for day, number in days.items()]
    bands = (
        Band(id="a", range="[0 .. 1000)"), Band(id="b", range="[1000 .. top)"), Band(id="c", range="[top .. )"),
    )  # fmt: skip
    policy = small(
        columns=[column("supplier")], totals={"ours": Total(by="supplier", window="year so far")}, year="01-01",
        limits={"top": top}, ladders={"steps": Ladder(measures=["ours"], bands=bands)},
    )  # fmt: skip
    rows = [bought(900, date="2024-02-01", supplier="Acme"), bought(4000, date="2024-06-01", supplier="Acme")]
    (run,) = runs(check(rows, policy))
    assert [(cut.number, cut.since, cut.until) for cut in run.cuts] == [
        (100000, None, None),
        (200000, None, dt.date(2024, 4, 30)),
        (200000, dt.date(2024, 9, 1), None),
        (300000, dt.date(2024, 5, 1), dt.date(2024, 8, 31)),
    ]


def test_a_derived_key_is_called_as_what_it_is_read_from() -> None:
    columns = {**council().columns, "family": column("family", type="name", derived=Head("supplier", 2))}
    policy = council({"ours": Total(by="family", window="year so far")}, columns=columns)
    said = page.dumps(check([spent(5000), spent(5000)], policy), "en")
    assert "What adds up for one supplier in the year, and the purchase with which that reached a cut" in said


def test_a_total_that_no_ladder_reads_is_not_shown() -> None:
    bands = (Band(id="a", range="[0 .. 1000)"), Band(id="b", range="[1000 .. )"))
    ladders = {"steps": Ladder(measures=["ours"], bands=bands)}
    policy = small(columns=[column("supplier")], totals=TWO, ladders=ladders)
    said = page.dumps(check([bought(600, supplier="Acme"), bought(600, supplier="Acme")], policy), "en")
    assert said.count("<span>ours: ") == 2
    assert "<span>all: " not in said


# -- readers ----------------------------------------------------------------------------------------------------------


def test_chinese_text_of_many_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Once a chunk is no UTF-8 the others are not tried as such: which of the older encodings it is, its headers tell.
    monkeypatch.setattr(delimited, "_CHUNK", 40)
    file = tmp_path / "log.csv"
    text = "编号,日期,金额,供应商\n" + "甲,2020-06-08,100,某某公司\n" * 20
    file.write_bytes(text.encode("gb18030"))
    assert delimited._examine(file, "log.csv", "") == (hashlib.sha256(file.read_bytes()).hexdigest(), "")


def test_a_workbook_may_span_as_many_cells_as_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(biff, "_workbook", lambda data: data)
    monkeypatch.setattr(biff, "_cells", lambda records, file: MOST_CELLS + len(records) - 6)
    biff.examine(b"\0" * 6, "log.xls")
    with pytest.raises(ProcureError, match=r"^log\.xls: its sheets span more than 16 million cells$"):
        biff.examine(b"\0" * 7, "log.xls")


def test_no_log_at_all() -> None:
    with pytest.raises(ProcureError, match=r"^no log is given$"):
        procure.read()


def test_no_band_has_no_words() -> None:
    plan = check([bought(quotes=3)], small({"quotes": ">= 2"}, [column("quotes")])).plan
    assert phrases.band_words(plan, 0, ()) is None


def test_a_finding_says_whether_its_rule_is_breached_under_every_reading() -> None:
    (found,) = check([bought(quotes=1)], small({"quotes": ">= 2"}, [column("quotes")])).findings
    assert found.settled


def test_a_text_says_first_what_was_set_aside() -> None:
    report = check([bought(quotes=3), bought(None, quotes=3)], small({"quotes": ">= 3"}, [column("quotes")]))
    assert report.aside is None
    rows = [{"date": "?", "amount": "?", "category": "", "quotes": 3}, {"date": "2020-06-08", "amount": 1, "quotes": 3}]
    policy = small({"quotes": ">= 3"}, [column("quotes"), column("category")])
    aside = check(procure.read(rows), policy, set_aside=True)
    assert aside.aside is not None
    assert aside.aside.en in text.dumps(aside, "en")


def test_a_number_keeps_its_format() -> None:
    shown = Formatted(4999.6, Format("", 0, Decimal(1)))
    again = pickle.loads(pickle.dumps(shown))
    assert (again, again.format) == (shown, shown.format)
