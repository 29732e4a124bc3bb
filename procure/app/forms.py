"""What the page asks, made of what the policy declares and what the log says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure import policies
from procure.app import roles
from procure.app.case import Case, each_of
from procure.app.choices import Path
from procure.app.controls import Plain, choice, field, group, option, tick
from procure.interpretation.readings import Ambiguity, Reading
from procure.log.cells import blank, whole
from procure.log.columns import Column
from procure.log.habits import meanings_of
from procure.log.headers import letters
from procure.log.reading import Recognised
from procure.log.records import Broken, Passed, Sheet
from procure.policy.policy import Policy
from procure.reporting.causes import causes, is_worded
from procure.reporting.report import Report, Reports
from procure.values.words import Words

#: Rows of a table that are shown, and characters of a cell.
_SHOWN, _LONG = 6, 40
#: Rows from which a browser is slow, and the command line is not.
_LARGE = 50_000
_NONE = Words("——", "—")


def groups(case: Case) -> Iterator[dict[str, Plain]]:
    """Files, policy, what it needs, and how the log is written."""
    if case.files:
        yield group("files", Words("文件", "Files"), _files(case))
    yield group("policy", Words("采购制度", "Policy"), [_policy(case)], _title(case))
    for name, policy in case.limits.items():
        yield _limit(case, name, policy)
    if case.versions:
        yield group("year", Words("年度", "Year"), _years(case))
    if case.logs:
        yield group("manner", Words("台账的写法", "How the log is written"), _manner(case))


def _files(case: Case) -> Iterator[dict[str, Plain]]:
    lists = [option(roles.LIST + name, _list_title(policy, name)) for name, policy in case.lists.items()]
    known = [option(role, words) for role, words in roles.WORDS.items()]
    for file, role in case.roles.items():
        yield {**choice(("roles", file), Words(file, file), role, [known[0], *lists, *known[1:]]), "file": file}


def _list_title(policy: Policy, name: str) -> Words:
    return policy.lists[name].title or Words(name, name)


def _policy(case: Case) -> dict[str, Plain]:
    there = [option("", Words("请选择", "choose one"))]
    there += [option(name, _versioned(name)) for name in case.policies]
    there += [option(name, _shipped(name)) for name in policies.names()]
    return choice(("policy",), Words("依据哪份制度", "judge by"), case.policy_name, there)


def _shipped(name: str) -> Words:
    """A policy that comes with the library, by its title: an id alone says little."""
    policy = policies.find(name)
    assert policy is not None
    title = each_of(policy)[-1].title
    return Words(f"{title.zh}（{name}）", f"{title.en} ({name})")


def _versioned(name: str) -> Words:
    """A policy file, or the folder of several versions."""
    return Words(name, name) if name.endswith(".toml") else Words(f"{name}（各版本）", f"{name} (its versions)")


def _title(case: Case) -> Words | None:
    return None if case.reader is None else case.reader.title


def _limit(case: Case, name: str, policy: Policy) -> dict[str, Plain]:
    limit = policy.built.limits[name]
    code = policy.money.code
    fields = [
        _number(case, policy, ("limits", name, year, *(word or "" for word in words)), words)
        for year in case.years
        for words in limit.combinations
    ]
    note = Words(
        f"以 {code} 计；不填则不猜测，与之有关的不下结论", f"in {code}; never guessed: left blank, it is unknown"
    )
    return group(f"limits/{name}", limit.title, fields, note)


def _number(case: Case, policy: Policy, path: Path, words: Sequence[str | None]) -> dict[str, Plain]:
    columns = [policy.built.columns[column] for column in policy.built.limits[path[1]].dimensions]
    said = [column.shown(word) for column, word in zip(columns, words, strict=True) if word]
    year = [Words(path[2], path[2])] if path[2] else []
    label = [*year, *said] or [policy.built.limits[path[1]].title]
    return field(
        path, Words(" ".join(each.zh for each in label), " ".join(each.en for each in label)), case.choices.text(*path)
    )


def _years(case: Case) -> Iterator[dict[str, Plain]]:
    hint = Words(
        "只检查这一年度；留空则按制度有效的日期",
        "this budget year alone; blank: the days on which the policy is in force",
    )
    yield field(("year",), Words("检查哪一年", "the year to judge"), case.choices.text("year"), hint)
    if case.limits:
        other = Words("限额另有规定的年份", "years with limits of their own")
        yield field(("years",), other, case.choices.text("years"), Words("如 2021 2022", "such as 2021 2022"))


def _manner(case: Case) -> Iterator[dict[str, Plain]]:
    text = case.choices.text
    orders = [
        option("", Words("按写法判断", "as written")),
        option("day", Words("日在前：03/04/2020 是4月3日", "day first: 03/04/2020 is the 3rd of April")),
        option("month", Words("月在前：03/04/2020 是3月4日", "month first: 03/04/2020 is the 4th of March")),
    ]
    yield choice(("order",), Words("日期次序", "order of dates"), text("order"), orders)
    yield field(("sheet",), Words("只读哪张工作表", "the one sheet to read"), text("sheet"))
    yield field(("encoding",), Words("文字编码（如 big5）", "encoding of text, such as big5"), text("encoding"))
    yield tick(
        ("comma",), Words("金额写作 15.808,00", "amounts are written as 15.808,00"), case.choices.ticked("comma")
    )
    one = Words("哪一列相同的各行是一笔采购", "rows with the same in this column are one purchase")
    how = Words(
        "如 合同编号：金额相加；合同编号=once：各行是同一金额，只计一次",
        "such as contract: their amounts add up; contract=once: each has the same amount, which counts once",
    )
    yield field(("one-purchase",), one, text("one-purchase"), how)
    aside = Words("不计无法归入累计的行", "leave out rows that cannot be placed in a total")
    yield tick(("aside",), aside, case.choices.ticked("aside"))


def notes(case: Case) -> Iterator[Words]:
    """What a reader must know before judging."""
    if case.log is not None and not case.policy_name:
        yield Words("请先在上面选定依据哪份制度", "choose above the policy to judge by")
    if case.log is not None and len(case.log) > _LARGE:
        yield Words(
            f"共 {len(case.log)} 行，浏览器会很慢；宜用命令行：{case.command()}",
            f"{len(case.log)} rows: a browser is slow with so many. Use the command line: {case.command()}",
        )


# -- columns and words ------------------------------------------------------------------------------------------------


def tables(case: Case) -> Iterator[dict[str, Plain]]:
    """The first rows of each table of the log, and which column each is."""
    sheets = () if case.log is None else case.log.sheets
    for sheet, found in zip(sheets, case.tables, strict=False):
        if sheet.rows and not found.hidden:
            yield _table(case, sheet, found)


def sought(case: Case) -> Words | None:
    """The columns that the policy looks at and no table has: they may stand there under another name."""
    if case.reader is None or case.rows is None:
        return None
    found = {column for table in case.tables for column in table.columns}
    columns = case.reader.built.columns.values()
    written = (column for column in columns if column.derived is None or column.ready)
    sought = [column.label for column in written if column.name not in found]
    if not sought:
        return None
    zh, en = "、".join(label.zh for label in sought), ", ".join(label.en for label in sought)
    return Words(
        f"没有读到：{zh}。如果台账以别的名目写有这些，请打开下面的表，在该列上方选定；确实没有的不必管",
        f"not found: {en}. What the log has under another name is chosen above its column in the tables below; "
        "what it does not have may stay so",
    )


def _table(case: Case, sheet: Sheet, found: Recognised) -> dict[str, Plain]:
    at = 0 if found.row is None else list(sheet.numbers).index(found.row)
    whole = (row for row in sheet.rows[at : at + _SHOWN] if not isinstance(row[0], (Broken, Passed)))
    rows = [[_cell(cell) for cell in row] for row in whole] or [[]]
    width = max(map(len, rows))
    texts = list(found.texts) or [" ".join(text.split()) for text in rows[0]]
    texts += [""] * (width - len(texts))
    is_of = {header: column for column, header in found.columns.items()}
    known = [option("", Words("不读", "not read"))]
    written = {name: column for name, column in case.columns.items() if column.derived is None or column.ready}
    known += [option(name, column.label) for name, column in written.items()]
    heads = []
    for n, text in enumerate(texts):
        name = text if text and texts.count(text) == 1 else f"@{letters(n)}"
        label = Words(f"{letters(n)} 列 {text}", f"column {letters(n)} {text}")
        heads.append(choice(("headers", name), label, is_of.get(name, ""), known))
    place = str(sheet)
    # Where the log cannot be read at all, that is said once, above all tables.
    problem = None if any(each.place == "log" for each in case.faults) else found.problem
    opened = found.problem is not None
    return {"title": Words(place, place), "problem": problem, "open": opened, "heads": heads, "rows": rows}


def _cell(cell: object) -> str:
    return "" if blank(cell) else whole(cell)[:_LONG]


def words(case: Case) -> Iterator[dict[str, Plain]]:
    """The words that were not understood, column by column, with what each may mean."""
    if case.rows is None:
        return
    found: dict[str, list[dict[str, Plain]]] = {}
    columns: dict[str, Column] = {}
    for cause in causes(case.rows):
        column = cause.column
        if is_worded(column):
            columns[column.name] = column
            found.setdefault(column.name, []).extend(
                _word(case, column, word, count) for word, count in cause.written.items()
            )
    for name in case.words:
        column, settled = case.columns[name], case.choices.of("words", name)
        there = [control["path"][2] for control in found.setdefault(name, [])]
        columns[name] = column
        found[name] += [_word(case, column, word, 0) for word in settled if word not in there]
    for name, controls in found.items():
        yield group(f"words/{name}", columns[name].label, controls)


def _word(case: Case, column: Column, word: str, count: int) -> dict[str, Plain]:
    path = ("words", column.name, word)
    meanings = [option("", Words("未定", "not settled"))]
    meanings += [option(meaning, _meaning(column, meaning)) for meaning in meanings_of(column)]
    times = Words(f"（{count}）", f" ({count})") if count else Words("", "")
    return choice(path, Words(f"{word}{times.zh}", f"{word}{times.en}"), case.choices.text(*path), meanings)


_SAYS = {
    "missing": Words("等于没填", "says nothing"),
    "none": Words("没有", "none on record"),
    "yes": Words("是", "yes"),
    "no": Words("否", "no"),
}


def _meaning(column: Column, meaning: str) -> Words:
    return column.shown(meaning) if meaning in column.words else _SAYS.get(meaning, Words(meaning, meaning))


# -- questions --------------------------------------------------------------------------------------------------------


def questions(found: Report | Reports) -> Iterator[dict[str, Plain]]:
    """The questions that were asked, each once, with the reading that an office adopted, or that was tried here."""
    reports = [found] if isinstance(found, Report) else list(found.by_version.values())
    each = {asked.id: (asked, report.policy) for report in reports for asked in report.plan.asked}
    for asked, policy in each.values():
        on_record = {entry.ambiguity for record in policy.adoptions for entry in record.entries}
        adopted = policy.adopted.get(asked.id, "")
        answers = [option("", _OPEN), *(option(reading.id, _reading(asked, reading)) for reading in asked.readings)]
        question = choice(("readings", asked.id), asked.question, adopted, answers)
        yield {**question, "id": asked.id, "recorded": asked.id in on_record}


_OPEN = Words(
    "未定：各种读法都判，结论暂按建议的读法", "open: every reading is judged, and the recommended one stands for now"
)


def _reading(asked: Ambiguity, reading: Reading) -> Words:
    meaning = reading.meaning
    if reading.id != asked.recommended:
        return meaning
    return Words(f"{meaning.zh}（建议）", f"{meaning.en} (recommended)")
