"""A file that is no TOML: what the usual slips are told as, with line and column, in both languages."""

from __future__ import annotations

import pytest

from procure.values import files, slips
from procure.values.words import ProcureError, Words

#: What is written; line and column of the slip; what is said of it.
SLIPS = [
    # quotation marks and colons of another keyboard
    ("title = “小制度”", (1, 9), '写英文的 " ，不写 “', 'write " in place of “'),
    ("title = 「小制度」", (1, 9), '写英文的 " ，不写 「', 'write " in place of 「'),
    ("title = ‘x’", (1, 9), "写英文的 ' ，不写 ‘", "write ' in place of ‘"),
    (
        'title = "小制度”\nid = "x"',
        (1, 14),
        "文字须以英文引号结束，不是 ”",
        "a text ends with the straight quotation mark that it begins with, not with ”",
    ),
    (
        'title = "小制度”',
        (1, 9),
        "文字须以英文引号结束，不是 ”",
        "a text ends with the straight quotation mark that it begins with, not with ”",
    ),
    ('title： "x"', (1, 6), "写英文的 = ，不写 ：", "write = in place of ："),
    ('title: "x"', (1, 6), "键与值之间写 =，不写冒号", "= stands between a key and its value, no colon"),
    ("a = [1、2]", (1, 7), "写英文的 , ，不写 、", "write , in place of 、"),
    ("【duty.x】", (1, 1), "写英文的 [ ，不写 【", "write [ in place of 【"),
    ("a = ｛ b = 1 ｝", (1, 5), "写英文的 { ，不写 ｛", "write { in place of ｛"),
    ("a = { b = 1 ｝", (1, 13), "写英文的 } ，不写 ｝", "write } in place of ｝"),
    ("value = １００", (1, 9), "此处是全角的数字或字母，须用半角",
     "digits and letters here are of full width: type them anew"),
    ("a\u3000= 1", (1, 2), "此处不是普通空格，请改为普通空格", "this is no ordinary blank: type it anew"),
    # quotation marks that are missing, or too many
    ("id = small", (1, 6), '文字须加英文引号："small"', 'a text stands in quotation marks: "small"'),
    ("method = [open tender, x]", (1, 11), '文字须加英文引号："open tender"',
     'a text stands in quotation marks: "open tender"'),
    (
        'id = "small\ntitle = "x"',
        (1, 12),
        '此行的文字没有结束的引号；多行的文字写在 """ 与 """ 之间',
        'the text in this line has no quotation mark at its end; one of several lines stands between """ and """',
    ),
    (
        "id = 'small\ntitle = 'x'",
        (1, 12),
        '此行的文字没有结束的引号；多行的文字写在 """ 与 """ 之间',
        'the text in this line has no quotation mark at its end; one of several lines stands between """ and """',
    ),
    (
        'a = 1\npassage = """x\n\ny = "z"\n',
        (2, 11),
        "由此开始的文字没有结束的引号",
        "the text that begins here has no quotation marks at its end",
    ),
    ("a = '''x\ny", (1, 5), "由此开始的文字没有结束的引号",
     "the text that begins here has no quotation marks at its end"),
    ('a = "x', (1, 5), "由此开始的文字没有结束的引号", "the text that begins here has no quotation marks at its end"),
    (
        'a = "the "best" offer"',
        (1, 11),
        "文字到前一个引号为止，其后不能再有“best\" offer\"”；文字中的引号写作 \\\"，或者整段写在 ' 与 ' 之间",
        "the text ends at the quotation mark before best\" offer\": write \\\" for one within a text, or put the text "
        "between ' and '",
    ),
    (
        'a = "C:\\data"',
        (1, 10),
        "文字中的 \\ 写作 \\\\，或者整段写在 ' 与 ' 之间（多行写在 ''' 与 ''' 之间）",
        "write \\\\ for \\ in a text, or put the text between ' and ' (one of several lines between ''' and ''')",
    ),
    ('a = "\x07"', (1, 6), "此处有看不见的控制字符，请删去", "here is a control character that nobody sees: delete it"),
    # numbers, days, comparisons, ranges
    ("a = 25,000", (1, 7), "数不加千分位，小数点写 . ：如 25_000、1500.50", "a number has no comma: 25_000, 1500.50"),
    ("a = [1,000]", (1, 9), "数不以 0 开头，也不加千分位：如 5、25_000",
     "a number does not begin with 0, and has no comma: 5, 25_000"),
    ("a = 1500元", (1, 9), "数后不写“元”：写 1500", "a number stands without 元: 1500"),
    ("a = { b = 1500 euros }", (1, 16), "数后不写“euros”：写 1500", "a number stands without euros: 1500"),
    ("a = ￥1500", (1, 5), "数前不写“￥”，如 1500", "a number stands without ￥: 1500"),
    ("a = .5", (1, 5), "小数点前须有数字，如 0.5", "a digit stands before the decimal sign: 0.5"),
    *(
        (
            f"a = {day}",
            (1, column),
            "日期写作 2026-09-02：月、日各两位，中间为 -",
            "a day is written 2026-09-02: month and day of two digits each, with - between them",
        )
        for day, column in [("2026-9-2", 9), ("2026/9/2", 9), ("2026.9.2", 11), ("2026年9月2日", 9)]
    ),
    (
        "a = 2026-02-30",
        (1, 5),
        "没有这一天或这一时刻；日期写作 2026-09-02",
        "there is no such day or time; a day is written 2026-09-02",
    ),
    ("a = >= 3", (1, 5), '比较写在英文引号内，如 ">= 3"', 'a comparison stands in quotation marks: ">= 3"'),
    ("a = ≤ 3", (1, 5), '比较写在英文引号内，如 ">= 3"', 'a comparison stands in quotation marks: ">= 3"'),
    ("a = (1 .. 2]", (1, 5), '区间写在英文引号内："(1 .. 2]"', 'a range stands in quotation marks: "(1 .. 2]"'),
    ("a = [1 .. 2]", (1, 8), '区间写在英文引号内："[1 .. 2]"', 'a range stands in quotation marks: "[1 .. 2]"'),
    ("a = True", (1, 5), "True 须小写：true、false", "True is written small: true, false"),
    ("a = # later", (1, 5), "= 之后没有值", "there is no value after ="),
    # what stands behind a value
    ('a = "x"。', (1, 8), "值之后不写“。”", "no 。 stands after a value"),
    (
        "a = 1 b = 2",
        (1, 7),
        "值之后不能再有“b = 2”：一行一个“键 = 值”，说明写在 # 之后",
        "nothing stands after a value, as b = 2 does here: a line has one key and its value, and remarks stand "
        "behind #",
    ),
    # lists and tables on one line
    (
        'a = ["x" "y"]',
        (1, 10),
        '“"y"]”之前缺逗号，或缺列表结束的 ]',
        'a comma is missing before "y"], or the ] that ends the list',
    ),
    ('a = ["x"\n', (1, 9), "缺列表结束的 ]", "the ] that ends a list is missing"),
    ("a = { b = 1 c = 2 }", (1, 13), "“c = 2 }”之前缺逗号或 }", "a comma or } is missing before c = 2 }"),
    ("a = { b = 1, }", (1, 14), "} 之前不写逗号", "no comma stands before }"),
    *(
        (text, place, "{ … } 须写在一行之内，以 } 结束", "a table between { and } stands on one line")
        for text, place in [("a = { b = 1,\n c = 2 }", (1, 13)), ("a = {\n b = 1 }", (1, 6)), ("a = { b = 1", (1, 12))]
    ),
    # keys and heads
    *(
        (
            text,
            place,
            f'作键或表名的“{word}”须加英文引号："{word}"；其余中文的键和表名也须加',
            f'as a key or the name of a table, {word} stands in quotation marks: "{word}"; so does every other that '
            "has such letters",
        )
        for text, place, word in [
            ("words = { 部门 = [] }", (1, 11), "部门"),
            ("[duty.审批]", (1, 7), "审批"),
            ("金额 = 2", (1, 1), "金额"),
            ("[[ladder.档1.band]]", (1, 10), "档1"),
            ("a档 = 2", (1, 2), "a档"),
        ]
    ),
    ("approved_on\n", (1, 12), "“approved_on”之后没有“= 值”", "approved_on has no = and no value"),
    (
        'approved on = "x"',
        (1, 10),
        "“approved”与“on = \"x\"”之间缺 =；有空格的键须加英文引号",
        '= is missing between approved and on = "x"; a key with a blank in it stands in quotation marks',
    ),
    (
        "[[example]",
        (1, 10),
        "表头两边的方括号须一样多，其后不能再有别的：[duty.x]、[[example]]",
        "the head of a table has as many brackets on both sides, and nothing behind them: [duty.x], [[example]]",
    ),
    (
        "// a remark",
        (1, 1),
        "此处须为键，不是“// a remark”：一行以键、表头的 [ 或说明的 # 开头",
        "a key is wanted here, not // a remark: a line begins with a key, with the [ of a table, or with # and a "
        "remark",
    ),
    # what stands twice
    *(
        (
            text,
            place,
            f"[{name}] 出现两次{zh}：并为一处，或改用别的名称；若是列表的各项，每处都写 [[{name}]]",
            f"[{name}] stands twice{en}: join the two, or give one another name; where they are items of a list, write "
            f"[[{name}]] each time",
        )
        for text, place, name, zh, en in [
            ("[duty.a]\nx = 1\n[duty.a]", (3, 8), "duty.a", "（先在第 1 行）", " (first on line 1)"),
            ("[l.p.band]\nx = 1\n[[l.p.band]]", (3, 11), "l.p.band", "（先在第 1 行）", " (first on line 1)"),
            ("in-force = { from = 1 }\n[in-force]", (2, 10), "in-force", "（先在第 1 行）", " (first on line 1)"),
            ("text = { a = 1 }\n[text.rule]\nb = 1", (2, 11), "text.rule", "", ""),
        ]
    ),
    *(
        (
            text,
            place,
            f"键 {name} 在一张表中出现两次{zh}：删去一处，或在其前写上它所属的表头",
            f"the key {name} stands twice in one table{en}: delete one, or put the head of the table that it belongs "
            "to before it",
        )
        for text, place, name, zh, en in [
            ("[a]\nid = 0\n[b]\nid = 1\nx = 2\nid = 3\n", (6, 7), "id", "（先在第 4 行）", " (first on line 4)"),
            ("r = [\n 1,\n]\nr = [\n 2,\n]\n", (6, 2), "r", "（先在第 1 行）", " (first on line 1)"),
            ("a = { b = 1, b = 2 }", (1, 19), "b", "", ""),
        ]
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "zh", "en"), SLIPS, ids=[text for text, *_ in SLIPS])
def test_a_slip_is_told_with_its_place_and_how_it_is_mended(
    text: str, place: tuple[int, int], zh: str, en: str
) -> None:
    with pytest.raises(ProcureError) as caught:
        files.parsed(text.encode(), "policy.toml")
    line, column = place
    assert caught.value.words == Words(
        f"policy.toml：第 {line} 行第 {column} 列：不是 TOML：{zh}",
        f"policy.toml: line {line}, column {column}: it is not TOML: {en}",
    )


def test_a_long_line_is_cut() -> None:
    with pytest.raises(ProcureError) as caught:
        files.parsed(f"a = 'y' {'x ' * 99}".encode(), "policy.toml")
    assert "as x x x x x x x x x x x x x x x x x x x x does here" in caught.value.words.en


def test_signs_that_do_something_to_a_screen_are_not_shown() -> None:
    with pytest.raises(ProcureError) as caught:
        files.parsed(b"a = 'y' \x1b[31mred", "policy.toml")
    assert "as \N{REPLACEMENT CHARACTER}[31mred does here" in caught.value.words.en


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("a = " + "[" * 5_000, "括号嵌套太深", "brackets are nested too deep"),
        ("a = " + "9" * 5_000, "有一个数太大或太长", "a number in it is too large, or too long"),
        ("a = 1e999999999999999999999", "有一个数太大或太长", "a number in it is too large, or too long"),
    ],
)
def test_what_has_no_place(text: str, zh: str, en: str) -> None:
    with pytest.raises(ProcureError) as caught:
        files.parsed(text.encode(), "policy.toml")
    assert caught.value.words == Words(f"policy.toml：不是 TOML：{zh}", f"policy.toml: it is not TOML: {en}")


def test_what_a_later_parser_says() -> None:
    assert slips.explained("a\nb", ValueError("Something else (at line 2, column 1)")) == Words(
        "第 2 行第 1 列：不是 TOML：解析器说：Something else", "line 2, column 1: it is not TOML: Something else"
    )
