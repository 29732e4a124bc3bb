"""`procure policy new` and `diff`, and the checklist of `policy check`: what an author begins with, and is asked."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from filing import put
from small import duty, question, small

import procure
from procure.authoring import Band, Duty, Example, InForce, Ladder, Passage, Total, Words, column
from procure.cli import main
from procure.engines.trying import check_policy
from procure.policies.checklist import TOPICS, unfilled, unsaid
from procure.policy.file.loading import load_policy
from procure.reporting.authors import next_steps
from procure.values.words import Lang
from procure.writers import checked


def shell(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


class TestNew:
    @pytest.mark.parametrize("lang", ["zh", "en", "es"])
    def test_a_first_file_is_sound_and_judges_its_examples(
        self, lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "policy.toml"
        status, out, err = shell(capsys, "policy", "new", str(file), "--lang", lang)
        assert (status, err) == (0, "")
        assert f"procure policy check {file}" in out
        policy = load_policy(file)
        found = check_policy(policy)
        assert found.holds and len(found.examples) == 2
        assert found.encoded.left == ()
        assert (found.survey.gaps, found.survey.impossible, found.survey.idle, found.survey.dead) == ((), (), (), ())
        assert file.read_text(encoding="utf-8") == procure.policies.first(lang)

    def test_a_file_that_is_there_is_left_as_it_is(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "policy.toml"
        file.write_text("mine", encoding="utf-8")
        told = {"zh": "已有此文件，没有改动", "en": "there is such a file, which is left as it is"}
        for lang, sign in (("zh", "："), ("en", ": ")):
            ran = shell(capsys, "policy", "new", str(file), "--lang", lang)
            assert ran == (2, "", f"procure: {file}{sign}{told[lang]}\n")
        assert file.read_text(encoding="utf-8") == "mine"

    def test_a_file_that_cannot_be_written(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "nowhere" / "policy.toml"
        ran = shell(capsys, "policy", "new", str(file), "--lang", "en")
        assert ran == (2, "", f"procure: {file}: cannot be written (No such file or directory)\n")


class TestDiff:
    """From the first file that `policy new` writes to that of the next year."""

    @staticmethod
    def files(folder: Path, *changes: tuple[str, str]) -> tuple[str, str]:
        text = procure.policies.first("en")
        for before, after in changes:
            assert text.count(before) >= 1, before
            text = text.replace(before, after)
        return str(put(folder, procure.policies.first("en"), "a.toml")), str(put(folder, text, "b.toml"))

    def test_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, out, err = shell(capsys, "policy", "diff", *self.files(tmp_path), "--lang", "en")
        assert (status, err) == (0, "")
        assert out == "our-rule-2026 → our-rule-2026\n\nThe two policies do not differ.\n"
        # How a log may head a column is no part of the rule.
        files = self.files(tmp_path, ('"emergency purchase"]', '"rush"]'))
        assert shell(capsys, "policy", "diff", *files, "--lang", "zh")[:2] == (
            0, "our-rule-2026 → our-rule-2026\n\n两份制度没有差别。\n"
        )  # fmt: skip

    def test_bands_duties_totals_limits_questions(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        files = self.files(
            tmp_path,
            ('id       = "our-rule-2026"', 'id       = "our-rule-2027"'),
            ("in-force = { from = 2026-01-01 }", "in-force = { from = 2027-01-01 }"),
            ('"[0 .. 2000]"', '"[0 .. high]"'),
            ('"(2000 .. )"', '"(high .. )"'),
            ('quotes = ">= 3"', 'quotes = ">= 2"'),
            ('unless   = { emergency = "yes" }', ""),
            ('blank   = "none"', 'blank   = "missing"'),
            ('recommended = "so-far"', 'recommended = "whole"'),
            ('by     = ["supplier"]', 'by     = ["unit", "supplier"]'),
            ("[total.per-supplier]", "[[limit.high]]\nvalue = 3_000\nuntil = 2027-12-31\n\n[total.per-supplier]"),
            ("[[example]]", "[[example]]\ngiven = {}"),
        )  # fmt: skip
        status, out, err = shell(capsys, "policy", "diff", *files, "--lang", "en")
        assert (status, err) == (1, "")
        assert out == (
            "our-rule-2026 → our-rule-2027\n"
            "\n== The whole ==\n"
            "policy:\n    in-force.from: 2026-01-01 → 2027-01-01\n"
            "\n== Bands ==\n"
            "procedure.small:\n    range: [0 .. 2000] → [0 .. high]\n"
            "procedure.large:\n    range: (2000 .. ) → (high .. )\n"
            "\n== Duties ==\n"
            "quotes:\n    unless: emergency purchase = yes → (none)\n"
            "    met-by: quotes >= 3; or method = open tender → quotes >= 2; or method = open tender\n"
            "\n== Totals ==\n"
            "per-supplier:\n"
            "    total: sums amount; later? {so-far: year so far; whole: year}; by supplier; "
            "“What is bought from one supplier in a year counts together.” → "
            "sums amount; later? {so-far: year so far; whole: year}; by unit, supplier; "
            "“What is bought from one supplier in a year counts together.”\n"
            "\n== Limits ==\n"
            "high: new\n    value: 3,000\n    until: 2027-12-31\n"
            "\n== Columns ==\n"
            "emergency:\n    blank: none → missing\n"
            "\n== Questions ==\n"
            "later:\n    recommended: so-far → whole\n"
        )
        status, out, _ = shell(capsys, "policy", "diff", *reversed(files), "--lang", "zh")
        assert status == 1
        assert "== 限额 ==\nhigh: 删去\n    value: 3,000\n" in out
        assert "quotes:\n    unless: （无） → emergency purchase = 是\n" in out

    def test_of_those_that_come_with_the_library(self, capsys: pytest.CaptureFixture[str]) -> None:
        names = procure.policies.names()
        for one, other in itertools.pairwise(names):
            for lang in ("zh", "en"):
                status, out, err = shell(capsys, "policy", "diff", one, other, "--lang", lang)
                assert (status, err) == (1, "")
                assert out.startswith(f"{one} → {other}\n")

    def test_a_policy_that_there_is_not(self, capsys: pytest.CaptureFixture[str]) -> None:
        status, out, err = shell(capsys, "policy", "diff", "bromley", "bromly", "--lang", "en")
        assert (status, out) == (2, "")
        assert err.startswith("procure: there is no policy 'bromly'") and err.endswith("did you mean 'bromley'?\n")


def passage(text: str) -> Passage:
    return Passage(f"A purchase shall be made in the proper way. {text}", Words("测试", "a test"))


def topics(**keys: Any) -> list[str]:
    return [topic.id for topic in unsaid(small({"quotes": ">= 3"}, **keys))]


ALL = [topic.id for topic in TOPICS]


class TestChecklist:
    def test_of_a_rule_that_says_nothing(self) -> None:
        assert topics(text=passage("")) == ALL

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("No quotes are needed except for spare parts.", "exceptions"),
            ("特殊情况除外。", "exceptions"),
            ("Urgent repairs come first.", "emergencies"),
            ("抢修可以先做。", "emergencies"),
            ("The director approves it.", "approval"),
            ("由科长签字。", "approval"),
            ("Up to R30 000.", "currency"),
            ("5万元以上。", "currency"),
            ("Above USD 500.", "currency"),
            ("There is a sole-source form.", "single-source"),
            ("独家供货的注明。", "single-source"),
            ("Refunds are taken off.", "refunds"),
            ("All values are exclusive of GST.", "tax"),
        ],
    )
    def test_what_the_text_speaks_of(self, text: str, said: str) -> None:
        assert [topic for topic in ALL if topic not in topics(text=passage(text))] == [said]

    def test_words_within_other_words(self) -> None:
        assert topics(text=passage("The fortaxed ABCD random number 5.")) == ALL

    def test_what_is_declared(self) -> None:
        import datetime as dt

        from procure.authoring import InForce

        division = small({"quotes": ">= 3"}, text=passage("Never divide."), division="Never divide")
        assert "splitting" not in [topic.id for topic in unsaid(division)]
        force = InForce(since=dt.date(2026, 1, 1))
        assert [each for each in ALL if each not in topics(text=passage(""), in_force=force)] == ["period"]
        assert [each for each in ALL if each not in topics(text=passage(""), basis="net")] == ["tax"]
        totals = {"yearly": Total(window="year")}
        assert [each for each in ALL if each not in topics(text=passage(""), totals=totals)] == ["accumulation"]
        clause = "A purchase shall be made in the proper way"
        exempt = {
            "d": Duty(required="x", clause=clause, met_by=(), when={}, unless={"quotes": ">= 3"}),
        }
        assert [each for each in ALL if each not in topics(text=passage(""), duties=exempt)] == ["exceptions"]
        ladders = {"steps": Ladder(bands=[Band(id="all", range="[0 .. )")], unless={"quotes": 1})}
        assert [each for each in ALL if each not in topics(text=passage(""), ladders=ladders)] == ["exceptions"]

    def test_an_exception_without_words(self) -> None:
        text = passage("Three quotes are obtained. Spare parts are exempt. The dean decides.")

        def unquoted(clause: Any, unless: Any, **keys: Any) -> list[str]:
            need = Duty(required="x", clause=clause, met_by=[{"quotes": ">= 3"}], when={}, unless=unless)
            keys["duties"] = {"need": need, **keys.get("duties", {})}
            policy = small(columns=[column("quotes"), column("ground"), column("method")], text=text, **keys)
            return [topic.id for topic in unsaid(policy) if "unless" in topic.id]

        rule, exempt = "Three quotes are obtained", "Spare parts are exempt"
        parts, direct = {"ground": "present"}, [{"method": "direct"}]
        assert unquoted(rule, parts) == ["duty.need.unless"]
        assert unquoted(exempt, parts) == unquoted([rule, "The dean decides"], parts) == unquoted(rule, ()) == []
        # A clause of what looks at the same column says it; one of what looks at another does not.
        other = Duty(required="y", clause=exempt, met_by=direct, when=[parts, {"ground": "absent"}])
        assert unquoted(rule, parts, duties={"other": other}) == []
        assert unquoted(rule, direct, duties={"other": other}) == ["duty.need.unless"]
        # A question decides it.
        asked = {"ask": "parts", "yes": parts, "no": []}
        assert unquoted(rule, asked, questions=[question("parts", "yes", "no")]) == []
        steps = Ladder(bands=[Band(id="all", range="[0 .. )", clause=rule)], unless=direct)
        assert unquoted(rule, (), ladders={"steps": steps}) == ["ladder.steps.unless"]
        steps = Ladder(bands=[Band(id="all", range="[0 .. )", clause=[rule, exempt])], unless=direct)
        assert unquoted(rule, (), ladders={"steps": steps}) == []

    def test_what_is_said_of_it(self) -> None:
        (topic,) = [each for each in unsaid(small(duties={"d": duty((), when={}, unless={"quotes": 1})},
                                                  columns=[column("quotes")])) if "unless" in each.id]  # fmt: skip
        assert topic.asks == Words(
            "duty.d.unless：原文哪几个字允许此例外？在 clause 中一并引出",
            "Which words of the text allow `duty.d.unless`? Quote them in a `clause`, too",
        )

    def test_what_a_question_asks(self) -> None:
        emergency = question("emergency", "a", "b")
        assert [each for each in ALL if each not in topics(text=passage(""), questions=[emergency])] == ["emergencies"]

    def test_it_is_advice_and_no_fault(self, capsys: pytest.CaptureFixture[str]) -> None:
        status, out, err = shell(capsys, "policy", "check", "bromley", "--lang", "en")
        assert (status, err) == (0, "")
        assert "\n\nWhat such a rule usually says and this one does not (for its author; no fault):\n" in out
        assert "\n  - What holds in an emergency?\n" in out
        assert "\n  - 紧急、应急的采购怎么办？\n" in shell(capsys, "policy", "check", "bromley", "--lang", "zh")[1]
        plain = json.loads(shell(capsys, "policy", "check", "bromley", "--format", "json", "--lang", "en")[1])["unsaid"]
        assert plain["refunds"] == "How do returns and refunds count?"
        assert list(plain) == [topic.id for topic in unsaid(procure.policies.load("bromley"))]
        assert "currency" not in plain

    def test_nothing_is_asked_of_a_rule_that_says_it_all(self) -> None:
        text = passage(
            "Above $5 the director approves, unless urgent. A sole source needs a ground. Refunds count. Never divide."
        )
        whole = small(
            {"quotes": ">= 3"}, text=text, basis="net", division="Never divide", totals={"t": Total(window="year")},
            in_force=InForce(since=dt.date(2026, 1, 1)),
        )  # fmt: skip
        assert list(unsaid(whole)) == []
        assert "usually says" not in checked.dumps(check_policy(whole), "en", {})


class TestNextSteps:
    """What `policy check` tells an author to do, all of it at once."""

    def test_a_first_file_that_nobody_filled_in(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = str(tmp_path / "policy.toml")
        for lang, first in (
            ("zh", "1. 还是初稿的原话，改成本单位的：id、title、text.source、text.read-on、text.passage\n"
                   "2. 各写一个不符合它的算例（breached 中列出）：义务 approval\n"
                   f"3. 检查台账：procure check 台账.xlsx --policy {file}；"
                   f"供签字的表：procure policy show {file} > 规定.md\n"),
            ("en", "1. still what the first file says, so make it yours: "
                   "id, title, text.source, text.read-on, text.passage\n"
                   "2. write an example of each that breaches it, and names it in `breached`: the duties approval\n"
                   f"3. judge a log: procure check LOG --policy {file}; "
                   f"the table to sign: procure policy show {file} > rule.md\n"),
        ):  # fmt: skip
            put(tmp_path, procure.policies.first(lang), "policy.toml")
            status, out, _ = shell(capsys, "policy", "check", file, "--lang", lang)
            assert status == 0
            assert out.endswith(f"\n\n{'下一步' if lang == 'zh' else 'What to do next'}\n{first}")

    def test_what_is_filled_in_is_not_remarked(self, tmp_path: Path) -> None:
        text = procure.policies.first("en").replace("2000-01-01", "2026-02-03").replace("our-rule-2026", "elm-2026")
        policy = load_policy(put(tmp_path, text, "policy.toml"))
        assert unfilled(policy) == ("title", "text.source", "text.passage")
        # A rule that names years begins in one of them.
        for year, left in (("2024", ("in-force.from",)), ("2026", ())):
            dated = text.replace("All papers are kept", f"In force from 1 January {year}. All papers are kept", 1)
            assert unfilled(load_policy(put(tmp_path, dated, "policy.toml"))) == ("title", "text.source", *left)
        assert unfilled(procure.policies.load("bromley")) == ()

    def test_all_at_once(self) -> None:
        columns = [column(f"c_{n}", type="count") for n in range(10)] + [column("plain", type="count")]
        example = Example(rows=[{"amount": 5, "date": dt.date(2026, 3, 2), "c_0": 1}], verdict="violation")
        policy = small({"c_0": ">= 1"}, columns, text=passage("And more."), examples=[example])
        steps = list(next_steps(check_policy(policy), "p.toml"))
        assert [step.en for step in steps] == [
            "1 pieces of the text are not encoded (above): make them bands, duties, totals or questions; what no log "
            "can show goes to not-checked, below [text]",
            "judged otherwise than the file says (above), so mend the rule or the example; a column where a blank is "
            'none has `blank = "none"`, one that may say other words `other = true`: example.1',
            "write an example of each that breaches it, and names it in `breached`: the duties proper",
            "give them a `title`, by which reports call them: the columns "
            "c_0, c_1, c_2, c_3, c_4, c_5, c_6, c_7 and 2 more",
            "judge a log: procure check LOG --policy p.toml; the table to sign: procure policy show p.toml > rule.md",
        ]
        assert steps[3].zh == "写上 title，报告才有名称可用：列 c_0、c_1、c_2、c_3、c_4、c_5、c_6、c_7 等 10 个"
        zh = small({"plain": ">= 1"}, [column("plain", type="count"), column("人数", type="count")], language="zh")
        assert "写上 title，报告才有名称可用：列 plain" in [step.zh for step in next_steps(check_policy(zh), "p.toml")]

    def test_for_a_machine(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = json.loads(shell(capsys, "policy", "check", "bromley", "--format", "json", "--lang", "en")[1])["next"]
        assert told[-1].startswith("judge a log: procure check LOG --policy bromley; ")
