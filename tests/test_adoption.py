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

#: What the file holds, and what is said of it after its name.
REFUSED = [
    (
        HEAD + section({**LIMBS, "remark": "1"}),
        f" 第1条：没有名为“remark”的键（有：{TOML_KEYS[0]}）",
        f", entry 1: there is no key 'remark' (there are: {TOML_KEYS[1]})",
    ),
    (
        "year = 2020\n" + HEAD + section(LIMBS),
        "：没有名为“year”的键（有：policy、adopted）",
        ": there is no key 'year' (there are: policy, adopted)",
    ),
    (section(LIMBS), "：缺少“policy”", ": 'policy' is missing"),
    (HEAD, "：缺少“adopted”", ": 'adopted' is missing"),
    ("policy = 2020\n" + section(LIMBS), "：“policy”须为文字，不能为空", ": 'policy' must be text and not blank"),
    *(
        (HEAD + text, "：每项采用须写成一节 [[adopted]]", ": each adoption must be a section [[adopted]]")
        for text in ("adopted = []", "adopted = [1]", section(LIMBS).replace("[[adopted]]", "[adopted]"))
    ),
    *(
        (
            HEAD + section(WINDOW) + section({k: v for k, v in LIMBS.items() if k != key}),
            f" 第2条：缺少“{key}”",
            f", entry 2: '{key}' is missing",
        )
        for key in LIMBS
    ),
    *(
        (
            HEAD + section({**LIMBS, key: value}),
            f" 第1条：“{key}”须为文字，不能为空",
            f", entry 1: '{key}' must be text and not blank",
        )
        for key, value in [("ambiguity", "1"), ("reading", "true"), ("decided_by", '" "'), ("document", '""')]
    ),
    *(
        (
            HEAD + section(WINDOW) + section({**LIMBS, "date": value}),
            f" 第2条：“{shown}”不是日期",
            f", entry 2: '{shown}' is not a date",
        )
        for value, shown in [
            ('"2020-02-30"', "2020-02-30"),
            ('"三月"', "三月"),
            ('""', ""),
            ("20200301", "20200301"),
            ("43891", "43891"),
            ("true", "True"),
            ("09:30:00", "09:30:00"),
        ]
    ),
    (
        HEAD + section({**LIMBS, "date": '"03/04/2020"'}),
        " 第1条：“03/04/2020”日、月次序不明，请写成 2020-03-04",
        ", entry 1: '03/04/2020' could be day or month first: write 2020-03-04",
    ),
    (
        HEAD + section(LIMBS) + section(WINDOW) + section({**LIMBS, "reading": '"single"'}),
        "：第1条与第3条都回答 limbs（higher、single）",
        ": entries 1 and 3 both answer limbs (higher, single)",
    ),
    (
        HEAD + section(LIMBS) + section(LIMBS),
        "：第1条与第2条都回答 limbs（higher、higher）",
        ": entries 1 and 2 both answer limbs (higher, higher)",
    ),
]


class TestRefused:
    @pytest.mark.parametrize(("text", "zh", "en"), REFUSED)
    def test_what_is_said(self, file: Path, text: str, zh: str, en: str) -> None:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ProcureError) as caught:
            adoption.load(file)
        assert caught.value.words == Words(f"adopted.toml{zh}", f"adopted.toml{en}")

    def test_no_such_file(self, file: Path) -> None:
        with pytest.raises(ProcureError) as caught:
            adoption.load(file)
        assert caught.value.words == Words(
            "adopted.toml：读不了采用记录（No such file or directory）",
            "adopted.toml: cannot be read (No such file or directory)",
        )

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
        assert caught.value.words.zh.startswith("adopted.toml：不是 UTF-8 编码的 TOML（")
        assert caught.value.words.en.startswith("adopted.toml: is not TOML in UTF-8 (")


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
                "window has no reading 'yearly' (it has: running, whole-year)",
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
        known = list(furong().plan().working)
        assert caught.value.words == Words(
            f"adopted.toml 第1条：没有名为“limb”的歧义（有：{'、'.join(known)}）",
            f"adopted.toml, entry 1: there is no ambiguity 'limb' (there are: {', '.join(known)})",
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
