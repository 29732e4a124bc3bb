"""What an office has settled on, read from its record, and every way in which a record can be wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from building import furong

from procure import ProcureError, Words
from procure.interpretation import adoption
from procure.interpretation.adoption import Adopted, Adoption
from procure.values.faults import Faulty

HEAD = 'policy = "furong-2020"\n'
LIMBS = {
    "ambiguity": '"limbs"',
    "reading": '"higher"',
    "decided_by": '"区财政局采购办"',
    "date": "2020-03-01",
    "document": '"芙财采〔2020〕3号"',
}
WINDOW = {**LIMBS, "ambiguity": '"window"', "reading": '"running"', "date": '"2020-03-02"'}
ON_LIMBS = Adopted("limbs", "higher", "区财政局采购办", dt.date(2020, 3, 1), "芙财采〔2020〕3号")


def section(keys: Mapping[str, str]) -> str:
    return "[[adopted]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`adopted.toml` in the working directory, so that messages name it without its folder."""
    monkeypatch.chdir(tmp_path)
    return Path("adopted.toml")


def recorded(*entries: Adopted, policy: str = "furong-2020") -> Adoption:
    return Adoption("adopted.toml", "ab" * 32, policy, entries)


class TestLoad:
    def test_a_record(self, file: Path) -> None:
        data = (HEAD + section(LIMBS) + section(WINDOW)).encode()
        file.write_bytes(data)
        on_window = Adopted("window", "running", "区财政局采购办", dt.date(2020, 3, 2), "芙财采〔2020〕3号")
        sha256 = hashlib.sha256(data).hexdigest()
        assert adoption.load(file) == Adoption("adopted.toml", sha256, "furong-2020", (ON_LIMBS, on_window))
        assert adoption.load("adopted.toml") == adoption.load(file)

    @pytest.mark.parametrize(
        "date", ["2020-03-01", '"2020-03-01"', '"2020年3月1日"', "2020-03-01T09:30:00", '"1-Mar-2020"']
    )
    def test_dates(self, file: Path, date: str) -> None:
        file.write_text(HEAD + section({**LIMBS, "date": date}), encoding="utf-8")
        (entry,) = adoption.load(file).entries
        assert entry == ON_LIMBS
        assert type(entry.date) is dt.date

    def test_with_a_byte_order_mark_and_white_space(self, file: Path) -> None:
        text = HEAD + section({**LIMBS, "document": '" 芙财采\\n〔2020〕3号 "'})
        file.write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
        (entry,) = adoption.load(file).entries
        assert entry.document == "芙财采 〔2020〕3号"


TOML_KEYS = "ambiguity、reading、decided_by、date、document", "ambiguity, reading, decided_by, date, document"

#: What the file holds, and what is said of it, each behind the file's name.
REFUSED = [
    (
        HEAD + section({**LIMBS, "remark": "1"}),
        [(f"adopted.1.remark：没有键“remark”（有：{TOML_KEYS[0]}）",
          f"adopted.1.remark: there is no key 'remark' (there are: {TOML_KEYS[1]})")],
    ),
    (
        "year = 2020\n" + HEAD + section(LIMBS),
        [("year：没有键“year”（有：policy、adopted）", "year: there is no key 'year' (there are: policy, adopted)")],
    ),
    (section(LIMBS), [("policy：缺少（制度的 id）", "policy: it is missing (the id of the policy)")]),
    (HEAD, [("adopted：缺少（每项采用一节）", "adopted: it is missing (a section for each answer)")]),
    (
        "policy = 2020\n" + section(LIMBS),
        [("policy：须为不空的文字，不是 2020", "policy: it must be text that is not empty, not 2020")],
    ),
    (HEAD + "adopted = []", [("没有一节 [[adopted]]", "it has no section [[adopted]]")]),
    (HEAD + "adopted = [1]", [("adopted.1：须为表，不是 1", "adopted.1: it must be a table, not 1")]),
    (
        HEAD + section(LIMBS).replace("[[adopted]]", "[adopted]"),
        [("adopted：须写作 [[adopted]]（列表）", "adopted: write it as [[adopted]]: it is a list")],
    ),
    *(
        (
            HEAD + section(WINDOW) + section({k: v for k, v in LIMBS.items() if k != key}),
            [(f"adopted.2.{key}：缺少（{zh}）", f"adopted.2.{key}: it is missing ({en})")],
        )
        for key, zh, en in [
            ("ambiguity", "问题", "the question"),
            ("reading", "采用的读法", "the reading adopted"),
            ("decided_by", "决定者", "who decided"),
            ("date", "决定日期", "the day of the decision"),
            ("document", "文号或文件名", "the document"),
        ]
    ),
    *(
        (
            HEAD + section({**LIMBS, key: value}),
            [(f"adopted.1.{key}：须为不空的文字，不是 {shown}",
              f"adopted.1.{key}: it must be text that is not empty, not {shown}")],
        )
        for key, value, shown in [
            ("ambiguity", "1", "1"),
            ("reading", "true", "true"),
            ("decided_by", '" "', '" "'),
            ("document", '""', '""'),
        ]
    ),
    *(
        (
            HEAD + section(WINDOW) + section({**LIMBS, "date": value}),
            [(f"adopted.2.date：{zh}", f"adopted.2.date: {en}")],
        )
        for value, zh, en in [
            ('"2020-02-30"', "“2020-02-30”不是日期", "'2020-02-30' is not a date"),
            ('"三月"', "“三月”不是日期", "'三月' is not a date"),
            ('""', "“”不是日期", "'' is not a date"),
            ("20200301", "须为日期，不是 20200301", "it must be a date, not 20200301"),
            ("true", "须为日期，不是 true", "it must be a date, not true"),
            ("09:30:00", "须为日期，不是 09:30:00", "it must be a date, not 09:30:00"),
        ]
    ),
    (
        HEAD + section({**LIMBS, "date": '"03/04/2020"'}),
        [("adopted.1.date：“03/04/2020”日、月次序不明，请写成 2020-03-04",
          "adopted.1.date: '03/04/2020' could be day or month first: write 2020-03-04")],
    ),
    (
        HEAD + section(LIMBS) + section(WINDOW) + section({**LIMBS, "reading": '"single"'}),
        [("第1条与第3条都回答 limbs（higher、single）", "entries 1 and 3 both answer limbs (higher, single)")],
    ),
    (
        HEAD + section(LIMBS) + section(LIMBS),
        [("第1条与第2条都回答 limbs（higher、higher）", "entries 1 and 2 both answer limbs (higher, higher)")],
    ),
    (
        "polcy = 1\n" + HEAD + section({**LIMBS, "date": '"三月"'}),
        [("polcy：没有键“polcy”（是否为“policy”？）", "polcy: there is no key 'polcy' (did you mean 'policy'?)"),
         ("adopted.1.date：“三月”不是日期", "adopted.1.date: '三月' is not a date")],
    ),
]  # fmt: skip


class TestRefused:
    @pytest.mark.parametrize(("text", "said"), REFUSED)
    def test_what_is_said(self, file: Path, text: str, said: list[tuple[str, str]]) -> None:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(Faulty) as caught:
            adoption.load(file)
        assert caught.value.words == Words(
            "\n".join(f"adopted.toml：{zh}" for zh, _ in said), "\n".join(f"adopted.toml: {en}" for _, en in said)
        )

    def test_no_such_file(self, file: Path) -> None:
        with pytest.raises(ProcureError) as caught:
            adoption.load(file)
        assert caught.value.words == Words("adopted.toml：没有此文件", "adopted.toml: there is no such file")

    @pytest.mark.parametrize(
        "data",
        [
            b"policy = furong",
            (HEAD + section({**LIMBS, "date": "2020-02-30"})).encode(),
            (HEAD + section(LIMBS)).encode("gb18030"),
            b"policy = " + b"[" * 5000,
            b"policy = " + b"1" * 5000,
        ],
        ids=["bare word", "no such day", "gb18030", "deep", "long"],
    )
    def test_not_toml(self, file: Path, data: bytes) -> None:
        file.write_bytes(data)
        with pytest.raises(ProcureError) as caught:
            adoption.load(file)
        assert caught.value.words.zh.startswith("adopted.toml：")
        assert caught.value.words.en.startswith("adopted.toml: ")
        assert any(said in caught.value.words.en for said in ("it is not TOML: ", " is no text in UTF-8: "))


class TestAdopt:
    def test_all_of_it(self) -> None:
        on_window = Adopted("window", "whole-year", "区财政局", dt.date(2020, 3, 2), "芙财采〔2020〕4号")
        policy = adoption.adopt(furong(), recorded(ON_LIMBS, on_window))
        assert policy.adopted == {"limbs": "higher", "window": "whole-year"}
        assert policy.plan().working["window"] == "whole-year"
        assert len(policy.plan().open) == 49_152 / 4

    def test_beside_what_was_adopted_before(self) -> None:
        policy = adoption.adopt(furong({"limbs": "higher", "scope": "all"}), recorded(ON_LIMBS))
        assert policy.adopted == {"limbs": "higher", "scope": "all"}

    @pytest.mark.parametrize(
        ("ambiguity", "reading", "zh", "en"),
        [
            (
                "window",
                "yearly",
                "window 没有读法“yearly”（有：running、whole-year）",
                "window has no reading 'yearly' (there are: running, whole-year)",
            ),
            (
                "scope",
                "off-catalogue",
                "scope 已采用“all”，不能又采用“off-catalogue”",
                "scope was adopted as 'all' and cannot be 'off-catalogue' too",
            ),
        ],
    )
    def test_refused(self, ambiguity: str, reading: str, zh: str, en: str) -> None:
        record = recorded(ON_LIMBS, Adopted(ambiguity, reading, "区财政局", dt.date(2020, 3, 2), "4号"))
        with pytest.raises(ProcureError) as caught:
            adoption.adopt(furong({"scope": "all"}), record)
        assert caught.value.words == Words(f"adopted.toml 第2条：{zh}", f"adopted.toml, entry 2: {en}")

    def test_no_such_ambiguity(self) -> None:
        record = recorded(Adopted("limb", "higher", "区财政局", dt.date(2020, 3, 2), "4号"))
        with pytest.raises(ProcureError) as caught:
            adoption.adopt(furong(), record)
        assert caught.value.words == Words(
            "adopted.toml 第1条：没有歧义“limb”（是否为“limbs”？）",
            "adopted.toml, entry 1: there is no ambiguity 'limb' (did you mean 'limbs'?)",
        )

    def test_of_another_policy(self) -> None:
        with pytest.raises(ProcureError) as caught:
            adoption.adopt(furong(), recorded(ON_LIMBS, policy="furong-2021"))
        assert caught.value.words == Words(
            "adopted.toml：是制度“furong-2021”的采用记录，不是“furong-2020”的",
            "adopted.toml: is a record for the policy 'furong-2021', not for 'furong-2020'",
        )


class TestToldInReports:
    def test_words(self) -> None:
        sha256 = "ab" * 32
        assert recorded(ON_LIMBS, ON_LIMBS).words == Words(
            f"采用记录 adopted.toml（sha256 {sha256}）：limbs=higher（区财政局采购办，2020-03-01，芙财采〔2020〕3号）；"
            "limbs=higher（区财政局采购办，2020-03-01，芙财采〔2020〕3号）",
            f"adopted on record in adopted.toml (sha256 {sha256}): "
            "limbs=higher (区财政局采购办, 2020-03-01, 芙财采〔2020〕3号); "
            "limbs=higher (区财政局采购办, 2020-03-01, 芙财采〔2020〕3号)",
        )

    def test_json(self) -> None:
        assert recorded(ON_LIMBS).plain == {
            "file": "adopted.toml",
            "sha256": "ab" * 32,
            "entries": [
                {
                    "ambiguity": "limbs",
                    "reading": "higher",
                    "decided_by": "区财政局采购办",
                    "date": "2020-03-01",
                    "document": "芙财采〔2020〕3号",
                }
            ],
        }
