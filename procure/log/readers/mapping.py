"""A saved mapping: `mapping.toml`, so that next month's file is read like this month's.

`procure columns LOG --save mapping.toml` writes one, and lists the words of the log that somebody has to settle.

ignored = ["录入人"]     # headers from which nothing is read
encoding = "gb18030"
day-first = true        # 03/04/2020 is the 3rd of April
century = 2000          # 26-May-11 is of the years from 2000 to 2099
timezone = "Asia/Shanghai" # where 2019-12-31T16:00Z has its day
no-header = true        # its tables have no header: columns are given by letter, amount = "@C"
decimal = ","           # amounts are written as 15.808,00
exact = true            # an amount with more decimals than the currency has is not rounded
one-purchase = "合同编号" # rows with one contract number are one purchase; "合同编号=once": the same amount in each row

[columns]
amount = "含税金额"
date = "Approved Date"

[same.unit]             # names of one body, by the one under which it is counted; `apart` are names of several
"区工信局" = ["芙蓉区工信局"]
apart = ["大成公司", "长沙大成公司"]

[method]                # what the words of a column mean; one that stands behind several may mean each of them
direct = ["自行购买", "零采"]
missing = ["/"]         # says nothing
unknown = ["比选"]      # not settled yet
"""

from __future__ import annotations

import difflib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from procure.log import headers
from procure.log.cells import fold
from procure.log.columns import Column
from procure.log.habits import UNSETTLED, Habits, is_century, is_zone, meanings_of
from procure.log.readers.tables import unusable
from procure.log.reading import Recognised, start
from procure.log.ready import READY
from procure.log.records import Sheet
from procure.values import files
from procure.values.tables import (
    FLAG,
    NAMED,
    TEXT,
    TEXTS,
    Key,
    OneOfWords,
    Plain,
    Table,
    TableFaults,
    TableOf,
    ValueKind,
)
from procure.values.toml import written_key
from procure.values.words import ProcureError, Words

#: Any header that a mapping records is known besides.
_KNOWN = headers.Known.of(READY)


def _key(name: str, kind: ValueKind, zh: str, en: str, **more: Any) -> Key:
    return Key(name, kind, Words(zh, en), **more)


_CENTURY = Plain(
    Words("起始年份，如 2000", "the year in which it begins, such as 2000"), is_century, {"type": "integer"}
)
_ZONE = Plain(Words("时区名，如 Asia/Shanghai", "a time zone such as Asia/Shanghai"), is_zone, {"type": "string"})
#: What stands in a mapping besides the tables of words.
_MAPPING = Table(
    Habits,
    (
        _key("ignored", TEXTS, "不读的表头", "headers from which nothing is read"),
        _key("encoding", NAMED, "编码", "the encoding of text"),
        _key("day-first", FLAG, "03/04/2020 是否日在前", "whether 03/04/2020 is the 3rd of April"),
        _key("century", _CENTURY, "两位年份从哪一年算起", "from which year on a year of two digits counts"),
        _key("timezone", _ZONE, "时刻按哪个时区定日期", "where a moment with a time zone has its day"),
        _key("decimal", OneOfWords((".", ",")), "金额的小数点", "the decimal sign of amounts"),
        _key("exact", FLAG, "金额是否不许舍入", "whether no amount is rounded"),
        _key("no-header", FLAG, "没有表头", "that its tables have no header", field="headless"),
        _key("one-purchase", NAMED, "哪一列相同即为一笔采购", "by which column rows are one purchase"),
        _key("columns", TableOf(TEXT), "各栏的表头", "the header of each column"),
        _key("same", TableOf(TableOf(TEXTS)), "哪些名称是同一个", "which names are of one thing"),
    ),
)
#: By column and by what is meant, the written words.
_APART = "apart"
_MEANINGS = TableOf(TableOf(TEXTS))
_HOW = Words(
    "把 unknown、several 中的写法移到它所指的那一行；可能有几种意思的，每一行都写；missing 表示等于没填",
    "move each word of `unknown` and `several` behind what it means; behind several, where it may mean each of them; "
    "`missing` says that it says nothing",
)


@attrs.frozen
class Unsettled:
    """The words of one column that somebody has to settle, each with how many cells have it: those that are not known,
    and those that may mean several things."""

    column: Column
    unknown: Mapping[str, int]
    several: Mapping[str, int]


def load(path: str | os.PathLike[str]) -> Habits:
    """What a mapping says; raises `ProcureError` where it is none. Its columns and words are checked against a policy
    when a log is read by it."""
    document = files.parsed(files.content(path), path)
    found = TableFaults()
    known = [key.name for key in _MAPPING.keys]
    # [colums] is no column of that name.
    words = {
        key: value
        for key, value in document.items()
        if isinstance(value, dict) and not difflib.get_close_matches(key, known, 1, 0.8)
    }
    said = {key: value for key, value in document.items() if key not in words}
    habits: Habits
    habits, meanings = _MAPPING.read(said, found, ()), _MEANINGS.read(words, found, ())
    found.faults.raise_any(str(path))
    apart = {column: names[_APART] for column, names in habits.same.items() if _APART in names}
    same = {column: {n: o for n, o in names.items() if n != _APART} for column, names in habits.same.items()}
    return attrs.evolve(habits, meanings=meanings, same=same, apart=apart, source=str(path))


def load_folder(path: str | os.PathLike[str]) -> tuple[Habits, ...]:
    """What each mapping of a folder says. Raises `ProcureError` where there is none, or one cannot be read."""
    found = sorted(Path(path).glob("*.toml"))
    if not found:
        raise unusable(path, "文件夹中没有 mapping（*.toml）", "has no mapping (*.toml) in it")
    return tuple(map(load, found))


def matching(file: str, sheets: Sequence[Sheet], mappings: Iterable[Habits]) -> Habits | None:
    """The mapping whose recorded headers all stand in a table of a file, the one of most headers; None where no mapping
    has its headers there. Raises `ProcureError` where several are as good."""
    best: list[Habits] = []
    for each in mappings:
        recorded = _recorded(each)
        if recorded and any(_has(sheet, recorded) for sheet in sheets):
            more = len(recorded) - len(_recorded(best[0])) if best else 1
            best = [each] if more > 0 else [*best, each] if more == 0 else best
    if len(best) > 1:
        names = [each.source for each in best]
        raise unusable(
            file,
            f"与几份 mapping 都相符：{'、'.join(names)}；请单独检查，用 --mapping 指定其一",
            f"has the headers of several mappings: {', '.join(names)}; check it by itself, with one of them",
        )
    return best[0] if best else None


def _recorded(habits: Habits) -> dict[str, str]:
    """The headers by which a mapping is known; a letter stands in any table."""
    return {name: text for name, text in habits.columns.items() if text and not headers.is_letter(text)}


def _has(sheet: Sheet, recorded: Mapping[str, str]) -> bool:
    found = headers.find(start(sheet), recorded, _KNOWN)
    return found is not None and not found.absent


def save(
    path: str | os.PathLike[str], tables: Iterable[Recognised], habits: Habits, unsettled: Sequence[Unsettled] = ()
) -> None:
    """Write the columns of the tables, how the log is written and the words that are to be settled as a mapping, whole
    or not at all. A file that is there keeps all that somebody wrote into it, its comments too (extra `cli`).

    Raises `ProcureError` where no table can be read, two have another header for one field, or it cannot be written.
    """
    columns: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for table in tables:
        if table.problem is None and not table.hidden:
            unknown |= dict.fromkeys(table.unknown)
            for field, header in table.columns.items():
                if columns.setdefault(field, header) != header:
                    raise _differ(field, columns[field], header)
    if not columns:
        raise ProcureError(Words(f"{path}：没有可读的表，未保存", f"{path}: no table can be read, so nothing is saved"))
    if not os.path.exists(path):
        _write(path, "\n".join([*_new(columns, unknown, habits, unsettled), ""]))
        return
    load(path)
    _replace(path, _updated(path, columns, habits, unsettled))


def _said(habits: Habits) -> Mapping[str, Any]:
    """What a log's habits are, outside the tables."""
    said = {
        "ignored": list(habits.ignored) or None, "encoding": habits.encoding, "day-first": habits.day_first,
        "century": habits.century, "timezone": habits.timezone, "decimal": habits.decimal,
        "exact": habits.exact or None,
        "no-header": habits.headless or None,
        "one-purchase": None if habits.one_purchase is None else str(habits.one_purchase),
    }  # fmt: skip
    return {key: value for key, value in said.items() if value is not None}


def _new(
    columns: Mapping[str, str], unknown: Iterable[str], habits: Habits, unsettled: Sequence[Unsettled]
) -> list[str]:
    """The lines of a new mapping."""
    said = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in _said(habits).items()]
    lines = [*said, *([""] if said else []), "[columns]"]
    lines += [f"{written_key(field)} = {_quoted(header)}" for field, header in columns.items()]
    lines += [f"# not recognised 未识别: {_quoted(header)}" for header in unknown]
    words = {each.column.name: each for each in unsettled}
    for name in dict.fromkeys((*habits.meanings, *words)):
        given = habits.meanings.get(name, {})
        lines += ["", f"[{written_key(name)}]"]
        if name in words:
            lines += [f"# {_HOW.zh}", f"# {_HOW.en}"]
            for key, listed in _listed(words[name]).items():
                lines += [f"{key} = [", *(f"    {_quoted(word)}, # {remark}" for word, remark in listed.items()), "]"]
        for meaning, label in _meanings(words.get(name), given).items():
            texts = ", ".join(map(_quoted, given.get(meaning, ())))
            lines.append(f"{written_key(meaning)} = [{texts}]" + (f" # {label}" if label else ""))
    return lines


def _meanings(words: Unsettled | None, given: Mapping[str, Any]) -> Mapping[str, str]:
    """What can be meant in a column, each with what it is called."""
    if words is None:
        return dict.fromkeys((meaning for meaning in given if meaning not in UNSETTLED), "")
    column = words.column
    return {meaning: column.shown(meaning).zh if meaning in column.words else "" for meaning in meanings_of(column)}


def _listed(words: Unsettled) -> Mapping[str, Mapping[str, str]]:
    """The words to be settled, each with how often it stands and what it may mean."""
    unknown = {word: str(count) for word, count in words.unknown.items()}
    several = {
        word: f"{count}: {', '.join(sorted(words.column.known[fold(word)]))}" for word, count in words.several.items()
    }
    return {key: listed for key, listed in zip(UNSETTLED, (unknown, several), strict=True) if listed}


def _updated(
    path: str | os.PathLike[str], columns: Mapping[str, str], habits: Habits, unsettled: Sequence[Unsettled]
) -> str:
    """The text of a mapping that is there, with what is new."""
    try:
        import tomlkit
    except ImportError:
        raise unusable(
            path,
            "已存在，未覆盖；要在其中补充，请先 pip install 'procure-check[cli]'",
            "is there already and was left as it is; to add to it: pip install 'procure-check[cli]'",
        ) from None
    document: Any = tomlkit.parse(Path(path).read_text(encoding="utf-8-sig"))
    for key, value in _said(habits).items():
        if key in document:
            document[key] = value
        else:
            # Before the first table: what stands below its head is of it.
            document = tomlkit.parse(f"{key} = {json.dumps(value, ensure_ascii=False)}\n{tomlkit.dumps(document)}")
    if "columns" not in document:
        document["columns"] = tomlkit.table()
    for name, header in {**columns, **habits.columns}.items():
        if name in habits.columns or name not in document["columns"]:
            document["columns"][name] = header
    words = {each.column.name: each for each in unsettled}
    for name in dict.fromkeys((*habits.meanings, *words)):
        if name not in document:
            document[name] = tomlkit.table()
        _settle(document[name], words.get(name))
    return str(tomlkit.dumps(document))


def _settle(table: Any, words: Unsettled | None) -> None:
    """List the words to be settled anew: some are by now."""
    import tomlkit

    every = {} if words is None else _listed(words)
    for key in UNSETTLED:
        listed = every.get(key, {})
        if set(table.get(key, ())) == set(listed):
            continue
        array = tomlkit.array()
        for word, remark in listed.items():
            array.add_line(word, comment=remark)
        if listed:
            array.add_line(indent="")
        table[key] = array
    if words is None:
        return
    for meaning in meanings_of(words.column):
        if meaning not in table:
            table[meaning] = []


def _differ(field: str, one: str, other: str) -> ProcureError:
    return ProcureError(
        Words(
            f"各表的 {field} 列不同（{one}、{other}），一份 mapping 只能记一种：请逐份保存",
            f"the tables have different headers for {field} ({one!r}, {other!r}), and a mapping holds one: "
            "save one for each log",
        )
    )


def _quoted(header: str) -> str:
    """A TOML string. JSON's are, except one sign that it leaves as it is."""
    return json.dumps(header, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: str | os.PathLike[str], text: str) -> None:
    try:
        with open(path, "x", encoding="utf-8", errors="replace") as out:
            try:
                out.write(text)
                out.flush()
            except OSError:
                os.unlink(path)
                raise
    except OSError as error:
        raise _unwritable(path, error) from None


def _replace(path: str | os.PathLike[str], text: str) -> None:
    """Another text in a file's place, whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="replace", dir=os.path.dirname(os.path.abspath(path)), delete=False
        ) as out:
            try:
                out.write(text)
                out.flush()
                os.replace(out.name, path)
            except OSError:
                os.unlink(out.name)
                raise
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: str | os.PathLike[str], error: OSError) -> ProcureError:
    return unusable(path, f"不能写入：{error.strerror}", f"cannot be written: {error.strerror}")
