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
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

import attrs

from procure.values import dates
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


def load(path: str | os.PathLike[str]) -> Adoption:
    """Read a record. Raises `ProcureError` for a file that is not there or not TOML, for a key that is missing or
    unknown, for a date that is none, and for a second answer to one question, even the same."""
    file = os.fspath(path)
    place = Words(file, file)
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise _error(place, f"读不了采用记录（{error.strerror}）", f"cannot be read ({error.strerror})") from None
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _error(place, f"不是 UTF-8 编码的 TOML（{error}）", f"is not TOML in UTF-8 ({error})") from None
    _keys(table, ("policy", "adopted"), place)
    listed = table["adopted"]
    if not isinstance(listed, list) or not listed or not all(isinstance(entry, dict) for entry in listed):
        raise _error(place, "每项采用须写成一节 [[adopted]]", "each adoption must be a section [[adopted]]")
    entries = tuple(_entry(entry, _place(file, number)) for number, entry in enumerate(listed, 1))
    _once(entries, place)
    return Adoption(file, hashlib.sha256(data).hexdigest(), _text(table, "policy", place), entries)


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


def _entry(table: Mapping[str, object], place: Words) -> Adopted:
    _keys(table, tuple(field.name for field in attrs.fields(Adopted)), place)
    return Adopted(
        ambiguity=_text(table, "ambiguity", place),
        reading=_text(table, "reading", place),
        decided_by=_text(table, "decided_by", place),
        date=_date(table["date"], place),
        document=_text(table, "document", place),
    )


def _keys(table: Mapping[str, object], keys: tuple[str, ...], place: Words) -> None:
    for key in table:
        if key not in keys:
            raise _error(
                place,
                f"没有名为“{key}”的键（有：{'、'.join(keys)}）",
                f"there is no key {key!r} (there are: {', '.join(keys)})",
            )
    for key in keys:
        if key not in table:
            raise _error(place, f"缺少“{key}”", f"{key!r} is missing")


def _text(table: Mapping[str, object], key: str, place: Words) -> str:
    """White space collapsed, so that a value stays on the line of the report where it stands."""
    value = table[key]
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        raise _error(place, f"“{key}”须为文字，不能为空", f"{key!r} must be text and not blank")
    return text


def _date(value: object, place: Words) -> dt.date:
    # A bare number would pass for a spreadsheet's serial date: here it is a slip.
    if not isinstance(value, (str, dt.date)):
        raise _error(place, f"“{value}”不是日期", f"{str(value)!r} is not a date")
    try:
        return dates.date(value)
    except ProcureError as error:
        raise _error(place, error.words.zh, error.words.en) from None


def _once(entries: tuple[Adopted, ...], place: Words) -> None:
    first: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        other = first.setdefault(entry.ambiguity, number)
        if other != number:
            readings = entries[other - 1].reading, entry.reading
            raise _error(
                place,
                f"第{other}条与第{number}条都回答 {entry.ambiguity}（{'、'.join(readings)}）",
                f"entries {other} and {number} both answer {entry.ambiguity} ({', '.join(readings)})",
            )


def _place(file: str, number: int) -> Words:
    return Words(f"{file} 第{number}条", f"{file}, entry {number}")


def _error(place: Words, zh: str, en: str) -> ProcureError:
    return ProcureError(Words(f"{place.zh}：{zh}", f"{place.en}: {en}"))
