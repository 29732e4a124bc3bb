"""The report as a page: what it holds, that it holds together, and that no cell becomes markup."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import importlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from building import bought, furong
from looking import SUPPLIER, Page, council, read_from, spent

import procure
from procure import Origin, Policy, Purchase, Report
from procure.authoring import Duty, Passage, Total, column
from procure.engines.findings import Notice
from procure.engines.judge import Verdict
from procure.log.rows import Source
from procure.reporting.standing import ATTENTION, Standing, gravity, standing
from procure.values.words import Lang, Words
from procure.writers import page
from procure.writers.page import remarks
from procure.writers.page.markup import Html, escaped, tag

EXAMPLE = Path(__file__).parents[1] / "examples" / "furong_2020.csv"
LIMITS = {"goods": 300_000, "services": 300_000, "works": 600_000}
DAY = dt.date(2021, 1, 4)
SHA = "0123456789abcdef" * 4
HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\"'&\u2028\x00\ud800"


def checked(rows: Sequence[Purchase], *sources: Source, **options: Any) -> Report:
    report = procure.check(rows, furong(**options))
    return attrs.evolve(read_from(report, *sources), checked_on=DAY)


def placed(row: int, amount: object = 1_000, **fields: Any) -> Purchase:
    return bought(amount, id=f"P{row}", origin=Origin("log.csv", None, row), **fields)


#: Of another unit: whatever it was, it says nothing of the others.
UNREADABLE = placed(9, "面议", date=None, category=None, unit="区财政局")
ROWS = (
    placed(2, 86_000, category="音响系统", description="会议室音响"),
    placed(3, 5_000, date="2020-07-01", category="复印纸"),
    placed(4, 20_000, category="会议服务", kind="services", method="quotation", invited=None, quotes=None),
    placed(5, -300, category="窗帘"),
    placed(6, 800, category="维修", method="open_tender"),
    placed(7, 179_000, category="汽车", method="open_tender", in_catalogue=True),
    UNREADABLE,
)


@pytest.fixture(scope="module")
def example() -> Report:
    policy = procure.policies.furong_2020(limits=LIMITS)
    return attrs.evolve(procure.check(procure.read(EXAMPLE), policy), checked_on=DAY)


def shown(report: Report, lang: Lang = "zh") -> Page:
    return Page(page.dumps(report, lang))


def body(report: Report, row: int, lang: Lang = "en") -> str:
    """The markup of one finding, by its row."""
    told = page.dumps(report, lang)
    return next(part for part in re.findall("<tbody data-v.*?</tbody>", told) if f">row {row}<" in part)


class TestWhole:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_every_link_leads_somewhere_and_every_id_is_one_element(self, example: Report, lang: Lang) -> None:
        told = shown(example, lang)
        ids = told.all("id")
        assert len(set(ids)) == len(ids)
        for link in told.all("href"):
            assert link[0] == "#" and link[1:] in ids
        for labelled in told.all("aria-labelledby"):
            assert labelled in ids

    def test_it_needs_nothing_from_anywhere(self, example: Report) -> None:
        told = shown(example)
        assert not told.all("src") and not told.all("style") and not told.all("onclick")
        assert {tag for tag, _ in told.elements} & {"link", "img", "iframe", "object", "base"} == set()
        assert "http" not in page.dumps(example).replace('<meta http-equiv="', "")

    def test_the_guard_lets_in_its_own_style_and_script_alone(self, example: Report) -> None:
        told = shown(example)
        hashes = []
        for name in ("style", "script"):
            (text,) = [data for element, data in told.texts if element == name]
            hashes.append("sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())
        assert told.all("content")[0] == (
            f"default-src 'none'; style-src '{hashes[0]}'; script-src '{hashes[1]}'; "
            "base-uri 'none'; form-action 'none'"
        )

    def test_the_same_report_gives_the_same_bytes(self, example: Report, tmp_path: Path) -> None:
        again = procure.check(procure.read(EXAMPLE), procure.policies.furong_2020(limits=LIMITS))
        for name, report in (("a.html", example), ("b.html", attrs.evolve(again, checked_on=DAY))):
            report.write(tmp_path / name, "en")
        first = (tmp_path / "a.html").read_bytes()
        assert first == (tmp_path / "b.html").read_bytes()
        assert first.decode() == page.dumps(example, "en")
        later = attrs.evolve(example, checked_on=dt.date(2021, 1, 5))
        assert page.dumps(later, "en").replace("2021-01-05", "2021-01-04").encode() == first

    def test_languages_have_one_shape(self, example: Report) -> None:
        zh, en = shown(example), shown(example, "en")
        assert zh.shape == en.shape
        assert [told.elements[0] for told in (zh, en)] == [("html", {"lang": "zh-CN"}), ("html", {"lang": "en"})]
        titles = [re.findall(r'<h2 id="\w+-title">(.*?)</h2>', page.dumps(example, lang)) for lang in ("zh", "en")]
        assert titles == [
            [
                "总览",
                "累计与分档",
                "逐笔结论",
                "年度累计",
                "未读懂的格",
                "说明",
                "制度原文",
                "制度文字的疑问",
                "理由",
                "检查依据",
            ],
            [
                *(
                    "Summary",
                    "Totals against the bands",
                    "Findings",
                    "Totals of the year",
                    "Cells not understood",
                    "Notices",
                    "Text of the policy",
                ),
                *("Open questions", "Reasons", "What this was judged by"),
            ],
        ]

    def test_what_there_is_nothing_of_is_left_out(self) -> None:
        told = shown(checked([bought(800, method="open_tender")]))
        for name in ("charts", "reasons", "rejected", "notices"):
            assert name not in told.all("id") and f"#{name}" not in told.all("href")


class TestHostile:
    @staticmethod
    def report(text: str) -> Report:
        there = Origin(text, text, 2)
        fields = dict.fromkeys(("id", "unit", "category", "description", "supplier", "note", "ground"), text)
        lifted = bought(4_000, date="2020-01-02", **{**fields, "origin": there})
        late = bought(4_600, **{**fields, "origin": attrs.evolve(there, row=3)})
        refused = bought(text, origin=attrs.evolve(there, row=4))
        return checked([lifted, late, refused], Source(text, text, 3, {}))

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_markup_in_a_cell_is_text(self, lang: Lang) -> None:
        told, plain = shown(self.report(HOSTILE), lang), shown(self.report("harmless"), lang)
        assert told.shape == plain.shape
        assert "charts" in told.all("id")
        page.dumps(self.report(HOSTILE), lang).encode()

    def test_in_a_notebook_too(self) -> None:
        for text in (HOSTILE, "harmless"):
            Page(self.report(text)._repr_html_())
        shapes = [Page(self.report(text)._repr_html_()).shape for text in (HOSTILE, "harmless")]
        assert shapes[0] == shapes[1]
        assert "script" not in dict(shapes[0])

    def test_signs_that_a_page_cannot_hold(self) -> None:
        assert escaped("a\x00b\x1b\x7f\x9f\ud800\uffff\tc\n") == "a\ufffdb\ufffd\ufffd\ufffd\ufffd\ufffd\tc\n"

    @pytest.mark.parametrize("name", ["style.css", "script.js", "notebook.css"])
    def test_what_is_put_in_as_it_stands_ends_nowhere(self, name: str) -> None:
        text = (Path(page.__file__).parent / name).read_text(encoding="utf-8")
        assert "</" not in text and "<!--" not in text

    def test_attributes(self) -> None:
        assert tag("a", "x", href='"><b>', data_k=0, hidden=True, id=None, lang=False) == (
            '<a href="&quot;&gt;&lt;b&gt;" data-k="0" hidden>x</a>'
        )
        assert tag("p", ["a", None, [Html("<b>"), 1]]) == "<p>a<b>1</p>"
        assert tag("line", x1=1) == '<line x1="1"/>' and tag("meta", charset="utf-8") == '<meta charset="utf-8">'


class TestHead:
    def test_what_was_judged_with_what_and_when(self) -> None:
        source = Source("log.csv", SHA, 7, {})
        report = checked(ROWS, source, adopted={"limbs": "higher"})
        told = page.dumps(report, "en")
        assert "<dt>checked on</dt><dd><time>2021-01-04</time></dd>" in told
        assert f"<dd><code>{report.policy.passage.sha256}</code></dd>" in told
        assert "<dt>limits</dt><dd>yearly limit ¥300,000.00</dd>" in told
        number = [a.id for a in report.plan.asked].index("limbs") + 1
        assert f'<dd><a href="#question-{number}"><code>limbs=higher</code></a> </dd>' in told
        assert "16 questions, 49,152 interpretations judged at once" in told
        size = "¥290,500.00"
        assert (
            f'<th scope="row">log.csv<code>sha256 {SHA}</code></th><td class="n">7</td>'
            f'<td class="n">{size}</td><td class="n">5</td><td class="n">1</td><td class="n">1</td>'
            '<td class="n">2</td></tr>'
        ) in told

    def test_nothing_given(self) -> None:
        told = page.dumps(checked([bought()], limits=None), "en")
        assert "<dd>not given</dd>" in told and "<dt>adopted readings</dt><dd>none</dd>" in told
        assert '<th scope="row">-</th>' in told
        assert "record of adoption" not in told

    def test_a_record_of_adoption(self, tmp_path: Path) -> None:
        record = tmp_path / "adopted.toml"
        record.write_text(
            'policy = "furong-2020"\n[[adopted]]\nambiguity = "limbs"\nreading = "higher"\n'
            'decided_by = "<甲>"\ndate = 2020-03-01\ndocument = "1号"\n',
            encoding="utf-8",
        )
        told = page.dumps(procure.check([bought()], furong().adopt_from(record)), "en")
        assert "<dt>record of adoption</dt><dd><p>adopted on record in " in told and "(&lt;甲&gt;, 2020-03-01" in told


class TestSummary:
    def test_counts_and_sums(self) -> None:
        told = page.dumps(checked(ROWS), "en")
        assert (
            "<strong>2 purchases to confirm, ¥91,000.00: 1 under every reading, 1 as the text is read; "
            "1 cannot be judged, since data are missing; 1 at risk if the text is read otherwise.</strong>"
        ) in told
        assert "Judged 5 of 7 rows, ¥290,800.00 of ¥290,800.00; zero or less: 1; not read: 1.</p>" in told
        groups = re.findall(r'class="name">. (.*?)</span><b class="count">(\d+).*?class="sum">(.*?)<', told)
        assert groups == [
            ("to confirm, under every reading", "1", "¥86,000.00"),
            ("to confirm, disputed", "1", "¥5,000.00"),
            ("at risk", "1", "¥179,000.00"),
            ("cannot be judged: data missing", "1", "¥20,000.00"),
            ("compliant", "1", "¥800.00"),
            ("not judged, not read", "2", "-¥300.00"),
        ]
        assert "④ Missing data: “quotes” would decide 1</p>" in told
        assert "④ 所缺数据：补“报价数”可判断 1 笔</p>" in page.dumps(checked(ROWS))

    @pytest.mark.parametrize(
        ("rows", "outcome"),
        [
            (ROWS[4:5], "<strong>未发现疑点。</strong>"),
            (ROWS[2:3], "<strong>未发现疑点；1 笔缺少数据，无法判断。</strong>"),
        ],
    )
    def test_outcome(self, rows: tuple[Purchase, ...], outcome: str) -> None:
        assert outcome in page.dumps(checked(rows))


class TestFindings:
    def test_a_settled_violation(self) -> None:
        report = checked(ROWS)
        assert body(report, 2) == (
            '<tbody data-v="violation" data-s="settled" data-r="3"><tr><td><b>row 2</b><i>P2</i></td>'
            "<td>2020-06-08</td><td>区工信局</td><td><b>音响系统</b><i>会议室音响</i></td>"
            '<td class="n">¥86,000.00</td><td class="n">¥86,000.00</td><td data-k="1">three quotes</td>'
            '<td data-k="0"><b class="badge violation">to confirm</b><i>settled</i></td>'
            '<td><span><a href="#rule-3">three quotes</a></span></td></tr>'
            '<tr class="why"><td colspan="9"><details><summary>required: compare three quotes, or use another '
            "competitive method; done: direct</summary><p>asked for at the time: method: quotation or inquiry and "
            "quotes: at least 3; or method: e mall or framework or negotiation or consultation or invited tender or "
            "open tender; or method: single source and ground on record. The log shows: direct, quotes: 0, no "
            'ground on record</p><p><a href="#reason-1">reason 1</a></p></details></td></tr></tbody>'
        )

    def test_the_others(self) -> None:
        report = checked(ROWS)
        assert "<i>disputed</i>" in body(report, 3)
        assert "<summary>perhaps: required: compare three" in body(report, 4)
        assert '<td data-k="4"><b class="badge unknown">cannot be judged</b></td>' in body(report, 4)
        assert "<summary>" not in body(report, 5) and 'data-v="not-applicable"' in body(report, 5)
        assert "<summary>under another reading, required: buy through" in body(report, 7)
        assert "¥0.00<i>(itself not counted)</i>" in body(report, 7)

    def test_the_gravest_come_first(self, example: Report) -> None:
        found = dict.fromkeys((standing(each), each.settled) for each in sorted(example.purchases, key=gravity))
        assert list(found) == [
            (Standing.SETTLED, True),
            (Standing.DISPUTED, False),
            (Standing.EXPOSED, False),
            (Standing.UNKNOWN, False),
            (Standing.COMPLIANT, False),
            (Standing.COMPLIANT, True),
            (Standing.NOT_APPLICABLE, True),
        ]
        for finding in example.purchases:
            judged = finding.verdict in (Verdict.VIOLATION, Verdict.UNKNOWN)
            assert (standing(finding) in ATTENTION) is (judged or finding.exposed)

    def test_what_is_missing_stays_blank(self) -> None:
        report = checked([placed(2, None, category=None, date=None, unit=None, description=None), placed(3)])
        assert "</td><td></td><td></td><td></td>" in body(report, 2)
        assert '<td class="n">not known</td><td data-k="0">approval to single source or tender</td>' in body(report, 2)

    def test_a_page_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        module = importlib.import_module("procure.writers.page.findings")
        monkeypatch.setattr(module, "LISTED", 4)
        monkeypatch.setattr(module, "PRINTED", 5)
        told = page.dumps(checked(ROWS), "en")
        # The gravest are there.
        assert told.count("<tbody data-v") == 4
        assert (
            "2 others are not listed (compliant 1, not judged 1): a report written as .xlsx or .csv has them."
        ) in told
        assert (
            "2 others (compliant 1, not judged 1), charts, the text, questions and reasons are not printed: "
            "see the page." in told
        )

    def test_long_cells_leave_room_for_fewer(self) -> None:
        """Whatever stands in the cells, a page stays below five megabytes, and says what it leaves out."""
        long = "印刷" * 3_000
        rows = [bought(6_000, id=f"{n}", unit=f"{n}", description=long, method="比选" + long) for n in range(400)]
        told = page.dumps(checked(rows), "en")
        assert len(told.encode()) < 5_000_000
        listed = told.count("<tbody data-v")
        assert 0 < listed < 400
        assert f"{400 - listed} others are not listed (" in told

    def test_several_tables_are_told_apart(self) -> None:
        there = [bought(6_000, origin=Origin("a.xlsx", sheet, 2)) for sheet in ("1月", "2月")]
        assert "<b>a.xlsx[2月]:2</b>" in page.dumps(checked(there))

    def test_a_report_without_postings_has_no_charts(self, example: Report) -> None:
        assert 'id="charts"' not in page.dumps(attrs.evolve(example, postings=()))


class TestReasons:
    def test_findings_with_one_reason_share_it(self) -> None:
        rows = [placed(n, 86_000 + n, category=f"音响{n}") for n in (2, 3)]
        told = page.dumps(checked(rows), "en")
        assert told.count('href="#reason-1"') == 2 and "reason-2" not in told
        assert "<small>2, ¥172,005.00</small>" in told
        assert '<p>breached: <a href="#rule-3">three quotes</a></p><blockquote lang="zh-CN">单次采购金额或' in told
        assert "<p>The same under every reading asked.</p>" in told

    def test_what_it_turns_on_in_words(self) -> None:
        told = page.dumps(checked(ROWS), "en")
        assert (
            "<p>Another verdict under this reading:</p><ul><li>"
            '<a href="#question-1"><code>exclusion=included</code></a>'
            ": Does exactly 5,000 yuan belong to the lowest tier (approval) or to the middle one (three quotes)? "
        ) in told
        assert "<p>Data that would decide: <strong>quotes</strong></p>" in told
        assert "breached under another reading: " in told and "perhaps breached: " in told

    def test_two_answers_together_and_one_of_several(self) -> None:
        lifted = [placed(2, 1_200, date="2020-03-02"), placed(3, 4_600)]
        assert "Another verdict under any one of these:" in page.dumps(checked(lifted), "en")
        deeper = page.dumps(checked([placed(2, 6_000, method="e_mall", in_catalogue=True)]), "en")
        assert "<summary>turns on a reading</summary>" in deeper
        assert "</code></a>: Do the three tiers" in deeper and ' and <a href="#question-10">' in deeper


class TestPassage:
    def test_the_text_is_whole(self, example: Report) -> None:
        (quoted,) = re.findall('<blockquote class="passage" lang="zh-CN">(.*?)</blockquote>', page.dumps(example), re.S)
        bare = re.sub("<sup>.*?</sup>", "", quoted)
        assert re.sub("<.*?>", "", bare) == example.policy.passage.text
        for number in range(1, len(example.plan.rules) + 1):
            assert f'<mark id="rule-{number}">' in quoted
        marked = re.sub("<.*?>", "", "".join(re.findall("<mark.*?</mark>", bare)))
        assert marked == "".join(rule.clauses[0].text for rule in example.plan.rules)
        assert 'class="question deep-2"' in quoted

    def test_clauses_that_overlap_nest(self) -> None:
        text = "Ask for three quotes and approval."
        duties = {
            "all": Duty(required="both", clause=text, when={}, met_by={"quotes": ">= 3"}),
            "some": Duty(required="three quotes", clause="three quotes", when={}, met_by={"quotes": ">= 3"}),
        }
        policy = Policy(
            id="nested",
            title="Nested",
            text=Passage(text, Words("text", "text")),
            language="en",
            columns={"quotes": column("quotes")},
            duties=duties,
        )
        told = page.dumps(procure.check([Purchase(amount=1, date="2024-01-02", quotes=1)], policy), "en")
        Page(told)
        assert '<mark id="rule-1">Ask for </mark><mark id="rule-2"><mark>three quotes</mark></mark><mark>' in told
        assert '<blockquote class="passage" lang="en">' in told


class TestQuestions:
    def test_impact_and_order(self, example: Report) -> None:
        told = page.dumps(example, "en")
        assert "Disputed: 35, ¥3,441,240.50. First what settles most money" in told
        number = [a.id for a in example.plan.asked].index("method-list") + 1
        assert (
            f'<tr><td>1</td><td><a href="#question-{number}"><code>method-list=open</code></a></td>'
            '<td class="n">2, ¥738,000.00</td><td class="n">33, ¥2,703,240.50</td></tr>'
        ) in told
        assert "Turning on it alone: 1, ¥5,000.00; only together with other questions: 0, ¥0.00." in told

    def test_amounts_that_are_unknown(self) -> None:
        told = page.dumps(checked([placed(2, None, method="open_tender", in_catalogue=True)]), "en")
        assert "Turning on it alone: 1, ¥0.00 (1 of unknown amount);" in told

    def test_adopted_and_idle(self) -> None:
        told = page.dumps(checked([placed(2, 800, method="open_tender")], adopted={"limbs": "single"}), "en")
        assert "Adopted: no longer in doubt." in told
        assert "Nothing on this log turns on it." in told
        assert "Which to ask first" not in told
        assert '<code>single</code> <b class="badge working">adopted</b>' in told
        assert "<code>higher</code>  " in told


class TestRemarks:
    def test_rejected_rows(self) -> None:
        told = page.dumps(checked(ROWS), "en")
        assert "<tr><td>row 9</td><td>amount</td><td>面议</td><td>&#x27;面议&#x27; is not an amount</td></tr>" in told

    def test_notices_and_where(self) -> None:
        report = checked(ROWS)
        assert "<small>row 9</small></li>" in page.dumps(report, "en")
        nowhere = Notice("x", Words("甲", "first"))
        assert "<li>first</li>" in page.dumps(attrs.evolve(report, noted=(nowhere,)), "en")

    def test_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, count in (("NOTICES", 1), ("PLACES", 2), ("ROWS", 1)):
            monkeypatch.setattr(remarks, name, count)
        notice = Notice("x", Words("甲", "first"), tuple(Origin("log.csv", None, n) for n in (2, 3, 4)))
        report = attrs.evolve(checked((*ROWS, UNREADABLE)), noted=(notice, notice))
        told = page.dumps(report, "en")
        assert "row 2, row 3 … 1 more</small>" in told
        assert '<p class="note">… 1 more notices</p>' in told and '<p class="note">… 1 more cells</p>' in told


class TestNotebook:
    def test_summary_and_first_findings(self, example: Report) -> None:
        told = example._repr_html_()
        assert Page(told).elements[0] == ("div", {"class": "procure", "lang": "zh-CN"})
        assert told.count("<tr>") == 10 and "笔，用 write(&quot;x.html&quot;) 全部列出" in told
        assert "疑点，各种读法一致" in told and "<strong>疑点 14 笔，" in told

    def test_tells_its_basis(self) -> None:
        report = checked(ROWS, Source("log.csv", SHA, 6, {}))
        adopted = procure.check(report.log, report.policy.adopt({"limbs": "higher"}))
        adopted = read_from(adopted, *report.read.sources)
        told = attrs.evolve(adopted, checked_on=DAY)._repr_html_()
        assert "<div>限额：年度限额 ¥300,000.00；已采用读法：limbs=higher；所问 " in told
        assert f"<div>制度原文 sha256 {report.policy.passage.sha256}；检查日期 2021-01-04。</div>" in told
        assert f"<div>台账 log.csv：6 行，sha256 {SHA}</div>" in told

    def test_nothing_to_see(self) -> None:
        assert "<tr>" not in checked([placed(2, 800, method="open_tender")])._repr_html_()


class TestAnotherPolicy:
    """What a policy declares is told in its own terms, and of what it does not have nothing is said."""

    @staticmethod
    def told(report: Report, number: int, lang: Lang = "en") -> str:
        return re.findall("<tbody data-v.*?</tbody>", page.dumps(report, lang))[number]

    def test_two_ladders_and_a_total_by_supplier(self) -> None:
        rows = [spent(850), spent("£8,500.00", date="2024-06-07", id="7", quotes=2, risk="n", description="Roof")]
        report = procure.check(rows, council())
        told = page.dumps(report, "en")
        heads = re.findall(r'<th scope="col" data-sort="\w+"[^>]*>(.*?)</th>', told)
        assert heads == ["place", "date", "supplier", "item", "amount", "accumulated", "tier", "verdict", "rules"]
        assert self.told(report, 0) == (
            '<tbody data-v="violation" data-s="settled" data-r="1 2 3"><tr><td><b>-</b><i>7</i></td>'
            "<td>2024-06-07</td><td>Acme</td><td><i>Roof</i></td>"
            '<td class="n">£8,500.00</td><td class="n"><a href="#chart-1">£9,350.00</a></td>'
            '<td data-k="1"><span>procedure: three quotes</span><span>approval: approval</span></td>'
            '<td data-k="0"><b class="badge violation">to confirm</b><i>settled</i></td><td>'
            '<span><a href="#rule-1">three quotes</a></span><span><a href="#rule-2">approval</a></span>'
            '<span><a href="#rule-3">risk</a></span></td></tr>'
            '<tr class="why"><td colspan="9"><details><summary>required: obtain three quotes; done: quotes: 2 · '
            "required: have the committee approve; done: approved by Clerk · required: have a risk assessment on file; "
            "done: risk assessment no</summary><p>asked for at the time: quotes: at least 3 and approved by: "
            "Committee and risk assessment: yes. The log shows: quotes: 2, approved by Clerk, risk assessment no</p>"
            '<p><a href="#reason-1">reason 1</a></p></details></td></tr></tbody>'
        )
        assert "¥" not in told and "yuan" not in told

    def test_what_it_does_not_have(self) -> None:
        told = shown(procure.check([spent(6_000)], council()), "en")
        assert "questions" not in told.all("id") and "#questions" not in told.all("href")
        text = told.text()
        for word in ("adopted", "limits", "questions asked", "raise a question", "under every reading asked."):
            assert word not in text

    def test_neither_totals_nor_ladders(self) -> None:
        duty = Duty(required="three quotes", clause="three quotes are obtained", when={}, met_by={"quotes": ">= 3"})
        unread = spent("?", date=None)
        report = procure.check([spent(6_000, quotes=1), unread], council({}, ladders={}, duties={"quotes": duty}))
        assert '<td class="n">£6,000.00</td><td hidden></td><td hidden></td><td data-k="0">' in self.told(report, 0)
        assert '<td colspan="6">' in self.told(report, 0)  # nor is a purchase anybody's here
        told = page.dumps(report, "en")
        for word in ("accumulated", "totals", "tier"):
            assert word not in shown(report, "en").text() and f'content: "{word} "' not in told
        assert "These rows were not judged.</p>" in told
        assert "accumulated" not in report._repr_html_()

    def test_several_totals_by_their_ids(self) -> None:
        totals = {"with-supplier": SUPPLIER, "ever": Total(window="always so far")}
        rows = [spent(500, date="2023-04-05"), spent(600, date="2024-04-05")]
        report = procure.check(rows, council(totals))
        assert (
            '<td class="n" data-k="60000"><span>with-supplier: £600.00</span><span>ever: £1,100.00</span></td>'
        ) in self.told(report, 1)
        assert "<div>with-supplier: £8,000.00</div><div>ever: £8,000.00</div>" in (
            page.fragment(procure.check([spent(8_000, quotes=1)], council(totals)), "en")
        )

    def test_numbers_that_a_script_would_misread_are_sorted_by_a_key(self) -> None:
        report = procure.check([spent("1.234,50", quotes=1)], council(currency="EUR", decimal=","))
        assert '<td class="n" data-k="123450">€1.234,50</td><td class="n" data-k="123450">€1.234,50</td>' in (
            self.told(report, 0)
        )

    def test_what_a_cell_is_called_on_a_phone(self) -> None:
        report = procure.check([spent(1)], council())
        assert '.findings td:nth-child(6)::before { content: "accumulated "; }' in page.dumps(report, "en")
        assert '.findings td:nth-child(5)::before { content: "单次 "; }' in page.dumps(report)


class TestStyle:
    """Contrast as WCAG 2 asks of text (AA): 4.5 to 1."""

    @staticmethod
    def colours(at: int) -> dict[str, str]:
        css = (Path(page.__file__).parent / "style.css").read_text(encoding="utf-8")
        found = [dict(re.findall(r"--([\w-]+): (#\w+);", part)) for part in re.findall(r":root \{(.*?)\}", css, re.S)]
        return {**found[0], **found[at]}

    @staticmethod
    def light(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @pytest.mark.parametrize("at", [0, 1])
    def test_every_colour_can_be_read_on_its_ground(self, at: int) -> None:
        colours = self.colours(at)
        states = ("violation", "exposure", "unknown", "compliant", "not-applicable")
        pairs = [(text, ground) for text in ("ink", "quiet", "link", *states) for ground in ("paper", "shade")]
        pairs += [(state, f"{state}-paper") for state in states] + [("ink", "clause"), ("link", "clause")]
        for text, ground in pairs:
            low, high = sorted((self.light(colours[text]), self.light(colours[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)
