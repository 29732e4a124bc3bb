"""Adoption on record: the readings an office has settled on, who decided each, when, and by which document.

```toml
policy = "furong-2020"
[[adopted]]
ambiguity = "limbs"
reading = "higher"
decided_by = "区财政局采购办"
date = 2020-03-01
document = "芙财采〔2020〕3号"
```
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

import attrs

from procure.values import dates, files, toml
from procure.values.faults import Faulty
from procure.values.tables import DAY, NAMED, Key, ListOf, Plain, Table, TableFaults
from procure.values.words import ProcureError, Words


@attrs.frozen
class Adopted:
    """One answer, and the decision behind it."""

    ambiguity: str
    reading: str
    decided_by: str
    date: dt.date
    document: str

    @property
    def words(self) -> Words:
        answer = f"{self.ambiguity}={self.reading}"
        return Words(
            f"{answer}（{self.decided_by}，{self.date}，{self.document}）",
            f"{answer} ({self.decided_by}, {self.date}, {self.document})",
        )

    @property
    def plain(self) -> dict[str, str]:
        """For JSON."""
        return {**attrs.asdict(self), "date": self.date.isoformat()}


@attrs.frozen
class Adoption:
    """What one file records: `sha256` is that of its bytes, `policy` the id of the policy it is for."""

    file: str
    sha256: str
    policy: str
    entries: tuple[Adopted, ...]

    @property
    def words(self) -> Words:
        zh = "；".join(entry.words.zh for entry in self.entries)
        en = "; ".join(entry.words.en for entry in self.entries)
        return Words(
            f"采用记录 {self.file}（sha256 {self.sha256}）：{zh}",
            f"adopted on record in {self.file} (sha256 {self.sha256}): {en}",
        )

    @property
    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"file": self.file, "sha256": self.sha256, "entries": [entry.plain for entry in self.entries]}


class Adopting(Protocol):
    """A policy, as far as adoption knows it."""

    @property
    def id(self) -> str: ...

    def adopt(self, answers: Mapping[str, str]) -> Self: ...


P = TypeVar("P", bound=Adopting)


#: Text that stays on the line of the report where it stands.
_LINE = attrs.evolve(NAMED, becomes=lambda text: " ".join(text.split()))
#: A day, as TOML has it or as offices write it. A bare number, a spreadsheet's serial date elsewhere, is a slip here.
_WRITTEN_DAY = Plain(
    Words("日期", "a date"), lambda value: isinstance(value, (str, dt.date)), DAY.json, becomes=dates.date
)


def _recorded(policy: str, adopted: tuple[Adopted, ...]) -> tuple[str, tuple[Adopted, ...]]:
    """Whose record it is and its entries, of which no two answer one question."""
    if not adopted:
        raise ProcureError(Words("没有一节 [[adopted]]", "it has no section [[adopted]]"))
    first: dict[str, int] = {}
    for number, entry in enumerate(adopted, 1):
        other = first.setdefault(entry.ambiguity, number)
        if other != number:
            readings = adopted[other - 1].reading, entry.reading
            raise ProcureError(
                Words(
                    f"第{other}条与第{number}条都回答 {entry.ambiguity}（{'、'.join(readings)}）",
                    f"entries {other} and {number} both answer {entry.ambiguity} ({', '.join(readings)})",
                )
            )
    return policy, adopted


_ENTRY = Table(
    Adopted,
    (
        Key("ambiguity", _LINE, Words("问题", "the question"), required=True),
        Key("reading", _LINE, Words("采用的读法", "the reading adopted"), required=True),
        Key("decided_by", _LINE, Words("决定者", "who decided"), required=True),
        Key("date", _WRITTEN_DAY, Words("决定日期", "the day of the decision"), required=True),
        Key("document", _LINE, Words("文号或文件名", "the document"), required=True),
    ),
)
_RECORD = Table(
    _recorded,
    (
        Key("policy", _LINE, Words("制度的 id", "the id of the policy"), required=True),
        Key("adopted", ListOf(_ENTRY), Words("每项采用一节", "a section for each answer"), required=True),
    ),
)


def load(path: str | os.PathLike[str]) -> Adoption:
    """Read a record. Raises `ProcureError`, naming every fault with its place, for a file that is not there or not
    TOML, for a key that is missing or unknown, for a date that is none, and for a second answer to one question, even
    the same."""
    (policy, entries), data = files.read(path, _RECORD)
    return Adoption(os.fspath(path), hashlib.sha256(data).hexdigest(), policy, entries)


def record(path: str | os.PathLike[str], policy: str, answer: Mapping[str, object]) -> None:
    """Add an answer to the record of a policy, a new file where there is none. Raises `ProcureError` as `load` does,
    and the file stays as it was."""
    there = os.path.exists(path)
    before = files.text(files.content(path), path).rstrip() if there else f"policy = {toml.shown(policy)}"
    lines = [f"{key} = {toml.shown(value)}" for key, value in answer.items()]
    text = "\n".join([before, "", "[[adopted]]", *lines, ""])
    found = TableFaults()
    _RECORD.read(files.parsed(text.encode(), path), found, ())
    if found.faults.found:
        raise Faulty(os.fspath(path), found.faults.found)
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def adopt(policy: P, adoption: Adoption) -> P:
    """The policy with all that the record adopts. Raises `ProcureError`, naming file and entry, for a record of another
    policy, an ambiguity or reading that the policy does not have, and an answer other than one adopted before."""
    if adoption.policy != policy.id:
        raise _error(
            Words(adoption.file, adoption.file),
            f"是制度“{adoption.policy}”的采用记录，不是“{policy.id}”的",
            f"is a record for the policy {adoption.policy!r}, not for {policy.id!r}",
        )
    for number, entry in enumerate(adoption.entries, 1):
        try:
            policy = policy.adopt({entry.ambiguity: entry.reading})
        except ProcureError as error:
            raise _error(_place(adoption.file, number), error.words.zh, error.words.en) from None
    return policy


def _place(file: str, number: int) -> Words:
    return Words(f"{file} 第{number}条", f"{file}, entry {number}")


def _error(place: Words, zh: str, en: str) -> ProcureError:
    return ProcureError(Words(f"{place.zh}：{zh}", f"{place.en}: {en}"))
