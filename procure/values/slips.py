"""Where a TOML parser stopped, and how whoever wrote the file mends it: the usual slips, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from procure.values.words import Words

#: Where the parser says that it stopped.
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
#: The place in a line.
_HERE = "\0"
#: How much of a line is shown.
_MOST = 40


@attrs.frozen
class _Slip:
    """What the parser `says`, how the line looks `around` the place (which is `\0`), and what is said of it; groups of
    the pattern fill the words."""

    says: re.Pattern[str]
    around: re.Pattern[str]
    how: Words


def _slip(says: str, around: str, zh: str, en: str) -> _Slip:
    return _Slip(re.compile(says), re.compile(around), Words(zh, en))


#: Signs of TOML, each with those that look like it.
_LOOKALIKES = {
    '"': "“”„＂「」『』",
    "'": "‘’＇",
    "=": "＝：",
    ",": "，、；;",
    "[": "［【",
    "]": "］】",
    "{{": "｛",
    "}}": "｝",
    "#": "＃",
    "-": "－–—−",
    ".": "．。",
}
#: What the parser says behind a value, before a key, at the end of a line and of the file within a text.
_VALUES = "Expected newline|Unclosed"
_KEYS = "Invalid statement|Invalid initial"
_ENDS = r"(?:Illegal|Found invalid) character '\\n'"
_OPEN = 'Unterminated|Expected "(?P<quotes>\'+)"'
#: The first that fits is the one shown: what is particular stands before what fits anywhere.
_SLIPS = (
    # numbers and days
    _slip(
        "Expected newline",
        "[0-9]\0[,，][0-9]",
        "数不加千分位，小数点写 . ：如 25_000、1500.50",
        "a number has no comma: 25_000, 1500.50",
    ),
    _slip(
        _VALUES,
        "(?<![0-9.])0\0[0-9]",
        "数不以 0 开头，也不加千分位：如 5、25_000",
        "a number does not begin with 0, and has no comma: 5, 25_000",
    ),
    _slip(
        _VALUES,
        "[0-9]{4}(?:[.][0-9]+)?\0[-/.年][0-9]",
        "日期写作 2026-09-02：月、日各两位，中间为 -",
        "a day is written 2026-09-02: month and day of two digits each, with - between them",
    ),
    _slip(
        _VALUES,
        r"(?P<number>[0-9][0-9_.]*)\s*\0\s*(?P<unit>[^\W\d_]+|[$€£¥￥])(?!\w*\s*=)",
        "数后不写“{unit}”：写 {number}",
        "a number stands without {unit}: {number}",
    ),
    _slip(
        "Invalid value", r"\0(?P<sign>[$€£¥￥])", "数前不写“{sign}”，如 1500", "a number stands without {sign}: 1500"
    ),
    _slip("Invalid value", "\0[.][0-9]", "小数点前须有数字，如 0.5", "a digit stands before the decimal sign: 0.5"),
    _slip(
        "Invalid date",
        "",
        "没有这一天或这一时刻；日期写作 2026-09-02",
        "there is no such day or time; a day is written 2026-09-02",
    ),
    _slip(
        "",
        "\0[０-９Ａ-Ｚａ-ｚ]",
        "此处是全角的数字或字母，须用半角",
        "digits and letters here are of full width: type them anew",
    ),
    _slip(
        "",
        "\0[\u00a0\u2000-\u200a\u202f\u3000]",
        "此处不是普通空格，请改为普通空格",
        "this is no ordinary blank: type it anew",
    ),
    # values
    _slip(
        "Invalid value|Unclosed array|Expected newline",
        r"(?P<range>[\[(|]?[^\[(|=]*\0[^\]]*\.\.[^\])|}]*[\])|]?)",
        '区间写在英文引号内："{range}"',
        'a range stands in quotation marks: "{range}"',
    ),
    _slip(
        "Invalid value",
        "\0[<>=≤≥＜＞]",
        '比较写在英文引号内，如 ">= 3"',
        'a comparison stands in quotation marks: ">= 3"',
    ),
    _slip("Expected '='", "\0:", "键与值之间写 =，不写冒号", "= stands between a key and its value, no colon"),
    *(
        _slip(
            "(?!Expected newline)",
            f"\0(?P<mark>[{marks}])",
            f"写英文的 {sign} ，不写 {{mark}}",
            f"write {sign} in place of {{mark}}",
        )
        for sign, marks in _LOOKALIKES.items()
    ),
    _slip(
        "Invalid value",
        "(?i)\0(?P<word>true|false)\\b",
        "{word} 须小写：true、false",
        "{word} is written small: true, false",
    ),
    _slip("Invalid value", r"\0\s*(?:#.*)?$", "= 之后没有值", "there is no value after ="),
    _slip(
        "Invalid value",
        r"""\0(?P<text>[^,\]}#"']*[^,\]}#"'\s])""",
        '文字须加英文引号："{text}"',
        'a text stands in quotation marks: "{text}"',
    ),
    # texts
    _slip(
        f"{_ENDS}|{_OPEN}",
        "(?P<mark>[“”＂‘’])[^“”＂‘’]*$",
        "文字须以英文引号结束，不是 {mark}",
        "a text ends with the straight quotation mark that it begins with, not with {mark}",
    ),
    _slip(
        _ENDS,
        "",
        '此行的文字没有结束的引号；多行的文字写在 """ 与 """ 之间',
        'the text in this line has no quotation mark at its end; one of several lines stands between """ and """',
    ),
    _slip(_OPEN, "", "由此开始的文字没有结束的引号", "the text that begins here has no quotation marks at its end"),
    _slip(
        "Illegal|Found invalid",
        "",
        "此处有看不见的控制字符，请删去",
        "here is a control character that nobody sees: delete it",
    ),
    _slip(
        "Unescaped|Invalid hex|Escaped",
        "",
        "文字中的 \\ 写作 \\\\，或者整段写在 ' 与 ' 之间（多行写在 ''' 与 ''' 之间）",
        "write \\\\ for \\ in a text, or put the text between ' and ' (one of several lines between ''' and ''')",
    ),
    _slip(
        "Expected newline",
        "\0(?P<mark>[,;，、；。])\\s*$",
        "值之后不写“{mark}”",
        "no {mark} stands after a value",
    ),
    _slip(
        "Expected newline",
        "[\"']\0\\s*(?P<more>.*)",
        "文字到前一个引号为止，其后不能再有“{more}”；文字中的引号写作 \\\"，或者整段写在 ' 与 ' 之间",
        'the text ends at the quotation mark before {more}: write \\" for one within a text, or put '
        "the text between ' and '",
    ),
    _slip(
        "Expected newline",
        "\0(?P<more>.*)",
        "值之后不能再有“{more}”：一行一个“键 = 值”，说明写在 # 之后",
        "nothing stands after a value, as {more} does here: a line has one key and its value, and remarks stand "
        "behind #",
    ),
    # lists and tables
    _slip(
        "Unclosed inline table|Invalid initial",
        r"[{,]\s*\0\s*(?:#.*)?$|\{[^}]*\0\s*(?:#.*)?$",
        "{{ … }} 须写在一行之内，以 }} 结束",
        "a table between {{ and }} stands on one line",
    ),
    _slip("Invalid initial", r",\s*\0\}", "}} 之前不写逗号", "no comma stands before }}"),
    _slip(
        "Unclosed inline table", "\0(?P<more>.*)", "“{more}”之前缺逗号或 }}", "a comma or }} is missing before {more}"
    ),
    _slip(
        "Unclosed array",
        "\0(?P<more>.+)",
        "“{more}”之前缺逗号，或缺列表结束的 ]",
        "a comma is missing before {more}, or the ] that ends the list",
    ),
    _slip("Unclosed array", "", "缺列表结束的 ]", "the ] that ends a list is missing"),
    # keys and heads
    _slip(
        f"{_KEYS}|Expected [']",
        "(?P<word>[A-Za-z0-9_-]*)\0(?P<rest>[^\\x00-\\x7f][\\w-]*)",
        '作键或表名的“{word}{rest}”须加英文引号："{word}{rest}"；其余中文的键和表名也须加',
        'as a key or the name of a table, {word}{rest} stands in quotation marks: "{word}{rest}"; so does every other '
        "that has such letters",
    ),
    _slip("Expected '='", r"(?P<key>\S+)\0\s*(?:#.*)?$", "“{key}”之后没有“= 值”", "{key} has no = and no value"),
    _slip(
        "Expected '='",
        r"(?P<key>\S+)\s*\0(?P<more>.*)",
        "“{key}”与“{more}”之间缺 =；有空格的键须加英文引号",
        "= is missing between {key} and {more}; a key with a blank in it stands in quotation marks",
    ),
    _slip(
        "Expected '[]]",
        "",
        "表头两边的方括号须一样多，其后不能再有别的：[duty.x]、[[example]]",
        "the head of a table has as many brackets on both sides, and nothing behind them: [duty.x], [[example]]",
    ),
    _slip(
        "Invalid",
        "\0(?P<more>.*)",
        "此处须为键，不是“{more}”：一行以键、表头的 [ 或说明的 # 开头",
        "a key is wanted here, not {more}: a line begins with a key, with the [ of a table, or with # and a remark",
    ),
)


def explained(written: str, error: Exception) -> Words:
    """What is wrong with a text that is no TOML, by what the parser raised: line, column, and how to mend it."""
    place = _PLACE.search(str(error))
    if place is None:
        return _beyond(error)
    says = str(error)[: place.start()]
    at = _at(written, says, place)
    lines = written[:at].split("\n")
    line, column = len(lines), len(lines[-1]) + 1
    whole = written.split("\n")[line - 1]
    how = _twice([*lines[:-1], whole], says) or _first(whole, column - 1, says)
    return Words(
        f"第 {line} 行第 {column} 列：不是 TOML：{how.zh}", f"line {line}, column {column}: it is not TOML: {how.en}"
    )


def _at(written: str, says: str, place: re.Match[str]) -> int:
    """Where the slip is: where the parser stopped; where the text begins that has no end; behind all that is written,
    where something is missing at the end."""
    if place[1]:
        return sum(len(line) + 1 for line in written.split("\n")[: int(place[1]) - 1]) + int(place[2]) - 1
    if opened := re.match(_OPEN, says):
        return written.rindex(opened["quotes"] or ('"""' if written.count('"""') % 2 else '"'))
    return len(written.rstrip())


def _beyond(error: Exception) -> Words:
    """Of what has no place: too many brackets within each other, a number beyond all measure."""
    if isinstance(error, RecursionError):
        return Words("不是 TOML：括号嵌套太深", "it is not TOML: brackets are nested too deep")
    return Words("不是 TOML：有一个数太大或太长", "it is not TOML: a number in it is too large, or too long")


def _first(line: str, at: int, says: str) -> Words:
    around = f"{line[:at]}{_HERE}{line[at : at + _MOST]}"
    for slip in _SLIPS:
        if re.match(slip.says, says) and (found := slip.around.search(around)):
            return slip.how.format(**{name: _shown(text) for name, text in found.groupdict().items()})
    return Words(f"解析器说：{says}", says)


def _shown(text: str) -> str:
    """A piece of the line, without signs that do something to a screen."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text.replace(_HERE, "").strip()
    )


# -- what stands twice -------------------------------------------------------------------------------------------------

_HEAD = re.compile(r"\s*\[+\s*(?P<name>[^\]#]+?)\s*\]")
_KEY = re.compile(r"""\s*(?P<name>"[^"]+"|[\w.-]+)\s*=""")
_INLINE = re.compile(r"Duplicate inline table key '(?P<name>.+)'")


def _twice(lines: Sequence[str], says: str) -> Words | None:
    """Of a table or key that stands twice: its name, and the line of the first, where one is found."""
    if not says.startswith(("Cannot", "Duplicate")):
        return None
    head, inline = _HEAD.match(lines[-1]), _INLINE.match(says)
    if head is not None:
        name = head["name"]
        there = [*_named(_HEAD, lines[:-1]), *_named(_KEY, lines[:-1])]
        first = _of_line(next((line for line, other in there if other == name), None))
        return Words(
            f"[{name}] 出现两次{first.zh}：并为一处，或改用别的名称；若是列表的各项，每处都写 [[{name}]]",
            f"[{name}] stands twice{first.en}: join the two, or give one another name; where they are items of a list, "
            f"write [[{name}]] each time",
        )
    keys = list(_named(_KEY, lines))
    name = inline["name"] if inline else keys[-1][1]
    begins = max((line for line, _ in _named(_HEAD, lines)), default=0)
    same = [line for line, other in keys if other == name and line > begins]
    first = _of_line(None if inline or len(same) < 2 else same[0])
    return Words(
        f"键 {name} 在一张表中出现两次{first.zh}：删去一处，或在其前写上它所属的表头",
        f"the key {name} stands twice in one table{first.en}: delete one, or put the head of the table that it belongs "
        "to before it",
    )


def _named(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines, counted from 1, that have such a name, with it."""
    for line, text in enumerate(lines, 1):
        if found := pattern.match(text):
            yield line, found["name"]


def _of_line(line: int | None) -> Words:
    return Words("", "") if line is None else Words(f"（先在第 {line} 行）", f" (first on line {line})")
