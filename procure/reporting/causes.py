"""Why cells of a log were not understood, each cause summed up once, with what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

from procure.log.columns import Column, Manner
from procure.log.records import Origin
from procure.log.rows import CellFault, Rows
from procure.values.words import ProcureError, Words

#: How many written words a message shows, and how much of each.
_SHOWN, _LONGEST = 5, 30
#: Cells that are read anew to see whether another decimal sign would help.
_TRIED = 200

_IN_THE_MAPPING = Words(
    "请在 mapping.toml 中写明其意思（procure columns 台账 --save mapping.toml 可列出）",
    "give their meaning in the mapping (procure columns LOG --save mapping.toml lists them)",
)
_DECIMALS = {
    ".": Words(
        "多数可按逗号小数读出：请加 --decimal-comma", "most can be read with a decimal comma: give --decimal-comma"
    ),
    ",": Words(
        '多数可按点号小数读出：请在 mapping.toml 中写 decimal = "."',
        'most can be read with a decimal point: write decimal = "." in the mapping',
    ),
}


@attrs.frozen
class Cause:
    """The cells of a column that are at fault in one way: how many, out of how many that say something; what is written
    in them, the most frequent first; why, and what mends it. `several` are written words that are understood, and may
    mean more than one thing: every meaning is judged."""

    column: Column
    cells: int
    of: int
    written: Mapping[str, int]
    why: Words
    mend: Words | None
    origins: tuple[Origin, ...]
    several: bool = False

    @property
    def words(self) -> Words:
        """The cause in one line."""
        label = self.column.label
        shown = [(text[:_LONGEST], count) for text, count in list(self.written.items())[:_SHOWN]]
        more = " …" if len(self.written) > len(shown) else ""
        zh = "、".join(f"{text} {count}" for text, count in shown) + more
        en = ", ".join(f"{text} {count}" for text, count in shown) + more
        cells = "1 cell" if self.cells == 1 else f"{self.cells} cells"
        if self.several:
            found = Words(
                f"{label.zh}：{self.cells} 格的写法不止一义（{zh}），各种意思都已考虑",
                f"{label.en}: {cells} may mean several things ({en}), and every meaning was judged",
            )
        elif is_worded(self.column):
            found = Words(f"{label.zh}：{self.cells} 格未读懂（{zh}）", f"{label.en}: {cells} not understood ({en})")
        else:
            found = Words(
                f"{label.zh}：{self.of} 格中 {self.cells} 格未读懂（{zh}），{self.why.zh}",
                f"{label.en}: {self.cells} of {self.of} cells not understood ({en}), each {self.why.en}",
            )
        if self.mend is None:
            return found
        return Words(f"{found.zh}：{self.mend.zh}", f"{found.en}: {self.mend.en}")


def causes(rows: Rows) -> tuple[Cause, ...]:
    """The causes of a log: those that leave most cells not understood first, then the words that may mean several
    things. A row that could not be read as a whole is none of them."""
    found: dict[tuple[str, Words], list[CellFault]] = {}
    for faults in rows.faults.values():
        for fault in () if faults[0].column == "row" else faults:
            worded = is_worded(rows.columns[fault.column])
            found.setdefault((fault.column, Words("", "") if worded else fault.reason), []).append(fault)
    said = Counter({name: rows.said(name) for name in dict.fromkeys(name for name, _ in found)})
    for (name, _), faults_of in found.items():
        said[name] += len(faults_of)
    at_fault = [_cause(rows, rows.columns[name], why, each, said[name]) for (name, why), each in found.items()]
    several = [_several(rows, rows.columns[name], words) for name, words in rows.several.items()]
    return (*sorted(at_fault, key=lambda cause: -cause.cells), *several)


def is_worded(column: Column) -> bool:
    """Whether a column holds words whose meaning a mapping can give."""
    return column.type in ("word", "yes-no") or column.type == "date" and (column.yes or column.blank == "none")


def _cause(rows: Rows, column: Column, why: Words, faults: Sequence[CellFault], of: int) -> Cause:
    written = _counted(" ".join(fault.value.split()) for fault in faults)
    origins = tuple(fault.origin for fault in faults)
    return Cause(column, len(faults), of, written, why, _mend(rows, column, written), origins)


def _several(rows: Rows, column: Column, words: Mapping[str, Sequence[int]]) -> Cause:
    counts = {word: len(at) for word, at in words.items()}
    places = sorted(row for at in words.values() for row in at)
    return Cause(
        column, len(places), rows.said(column.name), _counted(counts), Words("", ""), _IN_THE_MAPPING,
        tuple(rows.origins[row] for row in places), several=True,
    )  # fmt: skip


def _counted(written: Iterable[str] | Mapping[str, int]) -> Mapping[str, int]:
    return dict(Counter(written).most_common())


def _mend(rows: Rows, column: Column, written: Mapping[str, int]) -> Words | None:
    """What would make most of these cells understood, where something is known to."""
    if is_worded(column):
        return _IN_THE_MAPPING
    if column.type != "money":
        return None
    manner = Manner(rows.currency, rows.decimal)
    other = attrs.evolve(manner, decimal="," if rows.decimal == "." else ".")
    tried = list(written)[:_TRIED]
    helped = sum(_reads(column, text, other) and not _reads(column, text, manner) for text in tried)
    return _DECIMALS[rows.decimal] if 2 * helped > len(tried) else None


def _reads(column: Column, text: str, manner: Manner) -> bool:
    try:
        column.read(text, manner)
    except ProcureError:
        return False
    return True
