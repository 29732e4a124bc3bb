"""Numbers of suppliers: counted where that is sure, refused where it is not."""

import pytest

from procure import ProcureError
from procure.values.counts import count


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (3.0, 3),
        ("３家", 3),
        ("三家", 3),
        ("3人", 3),
        ("两名", 2),
        ("两家", 2),
        ("0", 0),
        ("3 suppliers", 3),
        ("/", None),
        ("——", None),
        ("甲公司、乙公司；丙公司", 3),
        ("甲公司，乙公司,甲公司 ", 2),
        ("１、甲公司 2.乙公司 (3)丙公司", 3),
        ("①甲公司②乙公司", 2),
        ("甲公司\n乙公司\n", 2),
        ("2家：甲公司、乙公司", 2),
        ("3家（甲公司、乙公司、丙公司）", 3),
        ("京东；苏宁", 2),
        ("ＡＢＣ公司、ABC公司", 1),
        ("芙蓉公司、芙容公司", 2),
        ("Acme, Inc., Foo Ltd", 2),
        ("Acme Ltd", 1),
        ("甲文具店", 1),
        ("共3家", 3),
        ("3家供应商", 3),
        ("叁个供应商", 3),
        ("甲、乙、丙", 3),
        ("A;B;C", 3),
        ("甲公司 乙公司\u3000丙公司", 3),
        ("甲公司/乙公司 + 丙公司", 3),
        ("长沙市 甲公司", 1),
        ("甲公司；甲 公司。", 1),
    ],
)
def test_counted(text, number):
    assert count(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "见附件",
        "多家",
        "京东",
        "-3",
        "3.5",
        "3家：甲公司、乙公司",
        "甲、一",
        "详见合同；附件",
        "；",
        True,
        "",
        "甲公司和乙公司",
        "甲公司 长沙分公司",
        "Acme Ltd Best Ltd",
        "不少于3家",
        "公司 " * 50_000 + "甲",
    ],
)
def test_refused(text):
    with pytest.raises(ProcureError) as caught:
        count(text)
    assert caught.value.words.zh == f"“{text}”不是家数，也不是供应商名单"


def test_nobody() -> None:
    assert (count("无"), count("没有"), count("不适用")) == (0, 0, None)
