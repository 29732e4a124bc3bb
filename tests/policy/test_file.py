"""Reading a policy file: what is made of it, its text, and the files that it includes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from filing import GONE, SOUND, Tree, loaded, put, refused, sound, spoiled

import procure
from procure import Words
from procure.authoring import Holds, Listed, Needed, PolicyError, Treatment
from procure.policy.file.citations import CITATION
from procure.policy.file.kinds import BOUND
from procure.policy.file.loading import load_policy
from procure.policy.file.texts import Texts
from procure.values.words import ProcureError

DAY = dt.date(2020, 3, 2)


class TestSound:
    def test_everything_is_read(self, tmp_path: Path) -> None:
        policy = load_policy(put(tmp_path, SOUND))
        assert (policy.id, policy.title, policy.currency) == ("small", Words("小制度", "A small policy"), "CNY")
        assert policy.passage.origin.zh == "虚构（2026-11-23 查阅）"
        assert policy.columns["big"].derived == Holds({"amount": ">= 500", "method": ["direct", "quotation"]})
        assert policy.columns["in_catalogue"].derived == Listed("catalogue")
        assert policy.limits["top"][0].value == {
            "goods": {"office": 10_000, "board": Decimal("15000.50")}, "services": 20_000, "works": 30_000
        }  # fmt: skip
        assert policy.limits["top"][0].cites is not None and policy.limits["top"][0].cites.date == "2019-12-01"
        edge, _, tax, aside = policy.questions
        assert [str(span) for span in edge.spans] == ["二千元以下", "二千元以上"]
        assert edge.readings[1].meaning == Words("下档", "below")
        assert edge.readings[1].support[0].analogy and edge.witnesses[0].assumes == {"span": "year"}
        assert (tax.needs, aside.treatment) == (Needed("paid", "net"), Treatment.NOTED)
        assert [str(rule.clauses[0]) for rule in policy.built.rules][:2] == ["二千元以下同意后购买", "二千元以上比价"]

    def test_its_example_is_judged(self, tmp_path: Path) -> None:
        policy = load_policy(put(tmp_path, SOUND))
        example = policy.examples[0]
        report = procure.check([procure.Purchase(**row) for row in example.rows], policy.with_given(**example.given))
        assert report.purchases[0].verdict.value == example.verdict

    def test_a_folder_and_what_is_given(self, tmp_path: Path) -> None:
        put(tmp_path, SOUND)
        assert load_policy(tmp_path, theirs=4_000).given_limits == {"theirs": {(None, ()): 400_000}}
        assert load_policy(str(tmp_path)).given == {}

    def test_as_windows_writes_it(self, tmp_path: Path) -> None:
        """A byte order mark and other ends of lines: clauses stand where they stood."""
        text = SOUND.replace('passage = "', 'passage = """\n').replace(
            '不得拆分。不得拆分。"', '不得拆分。\n不得拆分。"""'
        )
        plain = load_policy(put(tmp_path, text))
        windows = load_policy(put(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()))
        assert (windows.text, windows.duties, windows.columns) == (plain.text, plain.duties, plain.columns)
        assert [question.spans for question in windows.questions] == [question.spans for question in plain.questions]
        assert windows.passage.text.endswith("不得拆分。\n不得拆分。")


WORDS = "二千元以下同意后购买，二千元以上比价，\n限额以上招标。本办法由办公室解释。\n不得拆分。不得拆分。"


class TestText:
    def test_in_a_file_of_its_own(self, tmp_path: Path) -> None:
        (tmp_path / "text.txt").write_bytes(b"\xef\xbb\xbf" + WORDS.replace("\n", "\r\n").encode())
        policy = loaded(tmp_path, ("text.passage", GONE), ("text.file", "text.txt"))
        assert policy.passage.text == WORDS
        clause = policy.built.rules[2].clauses[0]
        assert WORDS[clause.start : clause.end] == "限额以上招标"

    @pytest.mark.parametrize("name", ["", "..", "../text.txt", "/etc/hosts", "a/b.txt", "a\\b.txt", "a\0b", "."])
    def test_a_file_elsewhere(self, tmp_path: Path, name: str) -> None:
        changed = spoiled(("text.passage", GONE), ("text.file", name))
        assert refused(put(tmp_path, changed)) == [
            (
                "text.file",
                f"“{name}”须为同一文件夹内的文件名",
                f"{name!r} must be the name of a file in the same folder",
            )
        ]

    def test_a_file_without_words(self, tmp_path: Path) -> None:
        (tmp_path / "text.txt").write_text(" \n")
        changed = spoiled(("text.passage", GONE), ("text.file", "text.txt"))
        assert refused(put(tmp_path, changed)) == [("text", "没有文字", "it has no words")]

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        (tmp_path / "text.txt").write_bytes(WORDS.encode("gb18030"))
        changed = spoiled(("text.passage", GONE), ("text.file", "text.txt"), ("duty.tender.waivable", 1))
        assert [(place, zh.partition("（")[0]) for place, zh, _ in refused(put(tmp_path, changed))] == [
            ("duty.tender.waivable", "须为 true 或 false，不是 1"),
            ("text.file", f"{tmp_path}/text.txt：第 1 行不是 UTF-8 编码：请在编辑器中“另存为”，编码选 UTF-8"),
        ]

    def test_the_words_and_a_file(self, tmp_path: Path) -> None:
        assert refused(put(tmp_path, spoiled(("text.file", "text.txt")))) == [
            ("text", "须有 file 或 passage，只一个", "it needs a `file` or a `passage`, one of the two")
        ]

    def test_second_hand(self, tmp_path: Path) -> None:
        policy = loaded(tmp_path, ("text.seen", "second-hand"))
        assert policy.passage.origin.en == "虚构 (read on 2026-11-23) [second-hand]"


PARTS: Tree = {
    "rules": {"source": {"zh": "办法", "en": "rules"}, "passage": WORDS, "not-checked": ["本办法由办公室解释。"]},
    "law": {"source": "law", "read-on": DAY, "seen": "second-hand", "passage": "不得拆分。另有规定。另有规定。",
            "not-checked": [{"quote": "另有规定。", "occurrence": 2}]},
}  # fmt: skip
DIVISION = ("division", {"quote": "不得拆分。", "in": "law"})


class TestPassages:
    def test_quotes_name_their_passage(self, tmp_path: Path) -> None:
        policy = loaded(tmp_path, ("text", PARTS), DIVISION)
        assert policy.passage.text == f"{WORDS}\n\n不得拆分。另有规定。另有规定。"
        assert policy.passage.origin.en == "rules; law (read on 2020-03-02) [second-hand]"
        assert policy.clause(policy.division).start == len(WORDS) + 2
        assert [policy.clause(quoted).start for quoted in policy.not_checked] == [
            WORDS.index("本办法"), policy.passage.text.rindex("另有规定")
        ]  # fmt: skip

    def test_faults_name_it_too(self, tmp_path: Path) -> None:
        law = {**PARTS["law"], "not-checked": ["另有规定。", "无此规定"], "passage": "不得拆分。另有规定。另有规定。"}
        changed = spoiled(("text", {**PARTS, "law": law}), ("division", {"quote": "不得拆分。", "in": "lwa"}))
        assert refused(put(tmp_path, changed)) == [
            ("division", "没有名为“lwa”的原文（有：rules、law）", "there is no passage 'lwa' (there are: rules, law)"),
            ("text.law.not-checked.1", "“另有规定。”在原文出现 2 次，须以 occurrence 说明是第几处",
             "'另有规定。' stands 2 times in the passage: say which with `occurrence`"),
            ("text.law.not-checked.2", "原文没有“无此规定”", "the passage does not have '无此规定'"),
        ]  # fmt: skip

    def test_each_is_looked_at(self, tmp_path: Path) -> None:
        broken = {"a": {"source": "x", "passage": "y", "sen": "verbatim"}, "b": {"passage": "z"}}
        assert refused(put(tmp_path, spoiled(("text", broken)))) == [
            ("text.a.sen", "没有键“sen”（是否为“seen”？）", "there is no key 'sen' (did you mean 'seen'?)"),
            ("text.b.source", "缺少（出处）", "it is missing (where the text is from)"),
        ]

    def test_no_text_at_all(self, tmp_path: Path) -> None:
        assert refused(put(tmp_path, spoiled(("text", {})))) == [
            ("text.source", "缺少（出处）", "it is missing (where the text is from)")
        ]
        assert refused(put(tmp_path, spoiled(("text", 5)))) == [
            (
                "text",
                "须为原文（表），或按名称的几段，不是 5",
                "it must be a passage (a table), or several by name, not 5",
            )
        ]


def split(tree: Tree, *keys: str) -> tuple[Tree, Tree]:
    """A file and one with these keys of it, which it includes."""
    more = {key: tree[key] for key in keys}
    return {**{key: value for key, value in tree.items() if key not in keys}, "include": ["more.toml"]}, more


class TestInclude:
    def test_long_tables_beside_it(self, tmp_path: Path) -> None:
        whole = load_policy(put(tmp_path, SOUND))
        main, more = split(sound(), "question", "example", "text")
        more["duty"] = {"never": main["duty"].pop("never")}
        main["example"] = [{**more["example"][0], "name": "第一"}]
        put(tmp_path, more, "more.toml")
        policy = load_policy(put(tmp_path, main))
        assert (policy.duties, policy.limits, policy.passage) == (whole.duties, whole.limits, whole.passage)
        assert [example.name for example in policy.examples] == [
            Words("第一", "第一"),
            Words("同意后购买", "同意后购买"),
        ]

    def test_faults_name_the_file(self, tmp_path: Path) -> None:
        main, more = split(
            spoiled(("question.edge.recommended", "uper"), ("example.1.verdict", 5)), "question", "example"
        )
        main["example"] = [{"rows": [], "verdict": "unknown"}]
        put(tmp_path, more, "more.toml")
        with pytest.raises(PolicyError) as caught:
            load_policy(put(tmp_path, main))
        told, main_file = f"{tmp_path}/more.toml: ", f"{tmp_path}/policy.toml: "
        assert str(caught.value).splitlines() == [
            f"{told}example.2.verdict: it must be violation | compliant | unknown | not_applicable, not 5",
            f"{told}question.edge.recommended: there is no reading 'uper' (did you mean 'upper'?)",
            f"{main_file}example.1.rows: it has no rows",
        ]

    def test_one_thing_in_two_files(self, tmp_path: Path) -> None:
        main, _ = split(sound())
        main["include"] = ["more.toml", "most.toml"]
        put(tmp_path, {"duty": {"tender": {}, "a.b": {}}, "id": "x"}, "more.toml")
        put(tmp_path, {"duty": {"a.b": {}}, "currency": "GBP"}, "most.toml")
        assert refused(put(tmp_path, main))[:4] == [
            ("duty.tender", "policy.toml 与 more.toml 都有", "it stands in policy.toml and in more.toml"),
            ("id", "policy.toml 与 more.toml 都有", "it stands in policy.toml and in more.toml"),
            ('duty."a.b"', "more.toml 与 most.toml 都有", "it stands in more.toml and in most.toml"),
            ("currency", "policy.toml 与 most.toml 都有", "it stands in policy.toml and in most.toml"),
        ]

    @pytest.mark.parametrize(
        ("names", "place", "zh", "en"),
        [
            (["policy.toml"], "include.1", "policy.toml 不能列出自己", "policy.toml cannot include itself"),
            (["more.toml", "more.toml"], "include.2", "more.toml 已列出", "more.toml is listed already"),
            (["../more.toml"], "include.1", "“../more.toml”须为同一文件夹内的文件名",
             "'../more.toml' must be the name of a file in the same folder"),
            (["none.toml"], "include.1", "FOLDER/none.toml：没有此文件", "FOLDER/none.toml: there is no such file"),
            (["folder"], "include.1", "FOLDER/folder：读不了（Is a directory）",
             "FOLDER/folder: cannot be read (Is a directory)"),
            (["again.toml"], "include.1", "again.toml 自己也有 include；只能由 policy.toml 列出",
             "again.toml has an `include` of its own: only policy.toml lists files"),
            ("more.toml", "include", '须为文字的列表，不是 "more.toml"', 'it must be a list of texts, not "more.toml"'),
            ([5], "include.1", "须为文字，不是 5", "it must be text, not 5"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_included(self, tmp_path: Path, names: Any, place: str, zh: str, en: str) -> None:
        put(tmp_path, "", "more.toml")
        put(tmp_path, {"include": ["more.toml"]}, "again.toml")
        (tmp_path / "folder").mkdir()
        zh, en = (text.replace("FOLDER", str(tmp_path)) for text in (zh, en))
        assert refused(put(tmp_path, {**sound(), "include": names})) == [(place, zh, en)]


class TestNoPolicy:
    def test_no_file(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "policy.toml"):
            with pytest.raises(ProcureError) as caught:
                load_policy(path)
            assert caught.value.words == Words(
                f"{tmp_path}/policy.toml：没有此文件", f"{tmp_path}/policy.toml: there is no such file"
            )

    def test_no_toml(self, tmp_path: Path) -> None:
        with pytest.raises(ProcureError) as caught:
            load_policy(put(tmp_path, "id = small"))
        assert caught.value.words == Words(
            f'{tmp_path}/policy.toml：第 1 行第 6 列：不是 TOML：文字须加英文引号："small"',
            f'{tmp_path}/policy.toml: line 1, column 6: it is not TOML: a text stands in quotation marks: "small"',
        )

    def test_nothing(self, tmp_path: Path) -> None:
        assert [place for place, _, _ in refused(put(tmp_path, ""))] == ["format", "id", "title", "currency", "text"]

    def test_too_deep(self, tmp_path: Path) -> None:
        deep = spoiled(("duty.tender.met-by", []))
        for _ in range(60):
            deep["duty"]["tender"]["met-by"] = [deep["duty"]["tender"]["met-by"]]
        ((place, zh, en),) = refused(put(tmp_path, deep))
        assert place.startswith("duty.tender.met-by.1.1.")
        assert (zh, en) == ("嵌套超过 40 层", "it is nested more than 40 deep")


def test_needs_of_the_rows(tmp_path: Path) -> None:
    refunds = loaded(tmp_path, ("question.tax.needs", {"amount": "< 0"}))
    assert refunds.questions[2].needs == Needed({"amount": "< 0"}, "net")
    twice = loaded(tmp_path, ("columns.contract", {}), ("question.tax.needs", "contract repeats"))
    row = {"bought_on": "2020-03-02", "amount": 100, "contract": "HT-1"}
    for policy, rows, there in [
        (refunds, [row], False), (refunds, [row, {**row, "amount": -1}], True),
        (twice, [row], False), (twice, [row, row], True),
    ]:  # fmt: skip
        plan = procure.check([procure.Purchase(**each) for each in rows], policy).plan
        assert ("tax" in [question.id for question in plan.asked]) == there


class TestShapes:
    """What is rarely written so."""

    def test_a_witness_by_reading(self, tmp_path: Path) -> None:
        row = {"bought_on": DAY, "amount": 1}
        place = "question.edge.witness.1.rows"
        policy = loaded(tmp_path, (place, {"upper": [row], "lower": [row, row]}))
        assert policy.questions[0].witnesses[0].rows == {"upper": (row,), "lower": (row, row)}
        assert refused(put(tmp_path, spoiled((place, {"uper": [row], "lower": [{**row, "amount": []}]})))) == [
            (place, "没有读法“uper”（是否为“upper”？）", "there is no reading 'uper' (did you mean 'upper'?)"),
            (f"{place}.lower.1.amount", "[] 不是一格能有的值", "[] is nothing that a cell can have"),
        ]

    def test_a_column_derived_by_two_ways(self, tmp_path: Path) -> None:
        assert refused(put(tmp_path, spoiled(("columns.big.from.list", "own")))) == [
            ("columns.big.from", "须为 { column, head }、{ column, prefix }、{ list } 或 { holds } 之一",
             "it must be one of { column, head }, { column, prefix }, { list } and { holds }"),
        ]  # fmt: skip

    def test_whether_a_value_has_a_shape(self) -> None:
        assert Texts().fits({}) and not Texts().fits(5)
        assert CITATION.fits({}) and BOUND.fits("top") and not BOUND.fits([])
