"""Recorded exceptions: who allowed a purchase not to meet a duty, when, by which document, why and until when.

```toml
policy = "furong-2020"
[[waiver]]
purchase = "FR2020-018"
duty = "three-quotes"
by = "局长办公会"
document = "会议纪要〔2020〕7号"
date = 2020-03-01
reason = "设备只有一家能供"
[[waiver]]
where = { unit = "区工信局", category = "A020204" }
duty = "catalogue-channel"
by = "区财政局"
document = "芙财采〔2020〕3号"
date = 2020-01-10
reason = "电子卖场停机"
until = 2020-03-31
```
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from procure.engines.findings import Finding
from procure.engines.judge import Breach
from procure.log.cells import Said, fold
from procure.log.rows import Row
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.reporting.phrases import shown
from procure.values import files, toml
from procure.values.faults import Faulty, unknown
from procure.values.tables import DAY, NAMED, Key, ListOf, Table, TableFaults, TableOf
from procure.values.words import ProcureError, Words


@attrs.frozen
class Waiver:
    """One exception: from a duty, for the purchase of an id, or for all whose columns say what `where` does."""

    duty: str
    by: str
    document: str
    date: dt.date
    reason: str
    purchase: str | None = None
    where: Mapping[str, str] = attrs.field(factory=dict)
    until: dt.date | None = None

    @property
    def words(self) -> Words:
        """By whom, when and by which document, and why."""
        until = Words(f"，至 {self.until}", f", until {self.until}") if self.until else Words("", "")
        return Words(
            f"已豁免：{self.by}，{self.date}，{self.document}{until.zh}（{self.reason}）",
            f"waived: {self.by}, {self.date}, {self.document}{until.en} ({self.reason})",
        )

    @property
    def about(self) -> Words:
        """Which purchases it is for, and from which duty."""
        said = ", ".join(f"{name}={value}" for name, value in self.where.items())
        what = self.purchase or said
        return Words(f"豁免 {self.duty}（{what}）", f"waiver of {self.duty} ({what})")

    @property
    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            **attrs.asdict(self),
            "date": self.date.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
        }


@attrs.frozen
class Waivers:
    """What one file records: `sha256` is that of its bytes, `policy` the id of the policy it is for."""

    file: str
    sha256: str
    policy: str
    entries: tuple[Waiver, ...]


def _waiver(**said: Any) -> Waiver:
    """An exception, whose entries are sound together."""
    if ("purchase" in said) is ("where" in said):
        raise ProcureError(Words("须有 purchase 或 where，二者取一", "it needs purchase or where, one of the two"))
    if said.get("where") == {}:
        raise ProcureError(Words("where 是空的，会豁免所有采购", "where is empty, and would waive every purchase"))
    found = Waiver(**said)
    if found.until is not None and found.until < found.date:
        raise ProcureError(Words("until 早于 date", "until is before date"))
    return found


_ENTRY = Table(
    _waiver,
    (
        Key(
            "purchase", NAMED, Words("采购编号，或工作簿中的标识", "the id of the purchase, or its key in the workbook")
        ),
        Key("where", TableOf(NAMED), Words("各列的内容", "what its columns say")),
        Key("duty", NAMED, Words("豁免的义务", "the duty"), required=True),
        Key("by", NAMED, Words("批准者", "who allowed it"), required=True),
        Key("document", NAMED, Words("文号或文件名", "the document"), required=True),
        Key("date", DAY, Words("批准日期", "the day it was allowed"), required=True),
        Key("reason", NAMED, Words("理由", "why"), required=True),
        Key("until", DAY, Words("有效期至", "the last day it holds")),
    ),
)


def _recorded(policy: str, waiver: tuple[Waiver, ...]) -> tuple[str, tuple[Waiver, ...]]:
    return policy, waiver


_RECORD = Table(
    _recorded,
    (
        Key("policy", NAMED, Words("制度的 id", "the id of the policy"), required=True),
        Key("waiver", ListOf(_ENTRY), Words("每项豁免一节", "a section for each exception"), required=True),
    ),
)


def load(path: str | os.PathLike[str]) -> Waivers:
    """Read a record. Raises `ProcureError`, naming every fault with its place, for a file that says something else."""
    (policy, entries), data = files.read(path, _RECORD)
    return Waivers(os.fspath(path), hashlib.sha256(data).hexdigest(), policy, entries)


def record(path: str | os.PathLike[str], policy: str, waiver: Waiver) -> None:
    """Add an exception to the record of a policy, a new file where there is none. Raises `ProcureError` as `load` does,
    and the file stays as it was."""
    there = os.path.exists(path)
    before = files.text(files.content(path), path).rstrip() if there else f"policy = {toml.shown(policy)}"
    said = {name: value for name, value in attrs.asdict(waiver).items() if value not in (None, {})}
    text = "\n".join([before, "", "[[waiver]]", *(f"{key} = {toml.shown(value)}" for key, value in said.items()), ""])
    found = TableFaults()
    _RECORD.read(files.parsed(text.encode(), path), found, ())
    if found.faults.found:
        raise Faulty(os.fspath(path), found.faults.found)
    Path(path).write_text(text, encoding="utf-8", newline="\n")


# -- what they waive ---------------------------------------------------------------------------------------------------


@attrs.frozen
class Waived:
    """What the exceptions of a report waive: by the number of the row and the id of the rule the one that does; and
    those that waive nothing, each with why."""

    by: Mapping[tuple[int, str], Waiver]
    idle: tuple[tuple[Waiver, Words], ...]

    def of(self, finding: Finding, breach: Breach) -> Waiver | None:
        """The exception from a rule that a purchase does not seem to meet."""
        return self.by.get((finding.purchase.at, breach.rule.id))

    @property
    def waive_nothing(self) -> Sequence[Waiver]:
        """The exceptions that waive nothing at all."""
        useful = list(self.by.values())
        found: list[Waiver] = []
        found += (waiver for waiver, _ in self.idle if waiver not in useful and waiver not in found)
        return found

    def whole(self, finding: Finding) -> bool:
        """Whether a violation is waived: each rule that it does not seem to meet."""
        return bool(self.by) and all(self.of(finding, breach) is not None for breach in finding.relevant)


def of_policy(policy: Policy, recorded: str | os.PathLike[str] | Sequence[Waiver]) -> tuple[Waiver, ...]:
    """The exceptions of a record, or made in Python. Raises `ProcureError` for a record of another policy, and for a
    duty or a column that the policy does not have."""
    if not isinstance(recorded, (str, os.PathLike)):
        _sound(policy, recorded)
        return tuple(recorded)
    entries = entries_for(policy.id, recorded)
    try:
        _sound(policy, entries)
    except ProcureError as error:
        file = os.fspath(recorded)
        raise ProcureError(Words(f"{file}：{error.words.zh}", f"{file}: {error.words.en}")) from None
    return entries


def entries_for(policy: str, path: str | os.PathLike[str]) -> tuple[Waiver, ...]:
    """The exceptions of a record. Raises `ProcureError` for one that is for a policy of another id."""
    found = load(path)
    if found.policy != policy:
        raise ProcureError(
            Words(f"{found.file}：是制度“{found.policy}”的豁免记录，不是“{policy}”的",
                  f"{found.file}: it is a record for the policy {found.policy!r}, not for {policy!r}")
        )  # fmt: skip
    return found.entries


def fixed(policies: Sequence[Policy], waiver: Waiver) -> Words | None:
    """Why an exception can be none under these versions of a policy. Raises `ProcureError` where none of them has the
    duty."""
    rules = {rule.id: rule for policy in policies for rule in policy.built.rules}
    if waiver.duty not in rules:
        raise unknown(Words("义务", "duty"), waiver.duty, rules)
    each = [rule for policy in policies for rule in policy.built.rules if rule.id == waiver.duty]
    return None if any(map(_waivable, each)) else _FIXED


def _waivable(rule: Any) -> bool:
    return bool(getattr(rule, "waivable", True))


def _sound(policy: Policy, waivers: Sequence[Waiver]) -> None:
    rules = {rule.id: rule for rule in policy.built.rules}
    for waiver in waivers:
        if waiver.duty not in rules:
            raise unknown(Words("义务", "duty"), waiver.duty, rules)
        for name in waiver.where:
            if name not in policy.built.columns:
                raise unknown(Words("列", "column"), name, policy.built.columns)


def waived(
    plan: Plan, violations: Iterable[Finding], waivers: Sequence[Waiver], keys: Callable[[], Sequence[str]]
) -> Waived:
    """Put exceptions beside the violations that they are for. One that is dated after the purchase, has run out before
    it, or is from a duty that may not be waived, waives nothing, and is reported. `keys` gives the key of each row, by
    which a purchase may be named, too."""
    found: dict[tuple[int, str], Waiver] = {}
    idle: list[tuple[Waiver, Words]] = []
    pairs = [(finding, breach) for finding in violations for breach in finding.relevant]
    fixed = {rule.id for rule in plan.rules if not _waivable(rule)}
    for waiver in waivers:
        meant = [
            pair for pair in pairs if pair[1].rule.id == waiver.duty and _meets(plan, waiver, pair[0].purchase, keys)
        ]
        whys = [_refused(plan, waiver, finding.purchase, waiver.duty in fixed) for finding, _ in meant]
        for (finding, breach), why in zip(meant, whys, strict=True):
            if why is None:
                found.setdefault((finding.purchase.at, breach.rule.id), waiver)
        if not meant:
            why = Words("没有对应的疑点", "no finding is as it says")
            idle.append((waiver, _FIXED if waiver.duty in fixed else why))
        else:
            idle += [(waiver, why) for why in dict.fromkeys(whys) if why is not None]
    return Waived(found, tuple(idle))


_FIXED = Words("制度不准豁免此项义务", "the policy lets nobody waive this duty")


def _refused(plan: Plan, waiver: Waiver, purchase: Row, fixed: bool) -> Words | None:
    """Why an exception does not hold for a purchase."""
    day = purchase[plan.built.date]
    if fixed:
        return _FIXED
    if not isinstance(day, dt.date):
        return Words("采购日期未载明", "the day of the purchase is not stated")
    if waiver.date > day:
        return Words(f"批准于采购之后（采购 {day}）", f"allowed after the purchase of {day}")
    if waiver.until is not None and day > waiver.until:
        return Words(f"已过有效期（采购 {day}）", f"it had run out before the purchase of {day}")
    return None


def _meets(plan: Plan, waiver: Waiver, purchase: Row, keys: Callable[[], Sequence[str]]) -> bool:
    """Whether a purchase is one of those meant."""
    if waiver.purchase is not None:
        return fold(str(purchase.id)) == fold(waiver.purchase) or keys()[purchase.at] == waiver.purchase
    return all(_says(plan, purchase, name, text) for name, text in waiver.where.items())


def _says(plan: Plan, purchase: Row, name: str, text: str) -> bool:
    """Whether a column says this: as it is read, or as it is shown in either language."""
    value = purchase[name]
    if isinstance(value, Said):
        return False
    each = (str(value), *shown(plan, plan.built.columns[name], value))
    return fold(text) in map(fold, each)


def notices(found: Waived) -> Iterator[Words]:
    """The exceptions that waive nothing, each with why."""
    for waiver, why in found.idle:
        yield Words(f"{waiver.about.zh}：{why.zh}", f"{waiver.about.en}: {why.en}")
