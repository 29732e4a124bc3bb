"""What the library makes of the files and the choices: the policy with all that is given, the log by its columns and
words, and the command line that does the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

from procure import policies
from procure.api import unsettled
from procure.app import roles, settings
from procure.app.choices import Choices
from procure.log.columns import Column
from procure.log.corrections import Correction, corrected
from procure.log.habits import Habits
from procure.log.readers import habits_of, mapping, read
from procure.log.readers.catalogue import read_catalogue
from procure.log.reading import Recognised, all_columns, read_rows, recognise
from procure.log.ready import READY
from procure.log.records import Log
from procure.log.rows import Rows
from procure.policy.file.loading import load_versions
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting import options
from procure.reporting.phrases import limit_options
from procure.reporting.receipt import Option
from procure.reporting.report import NOTHING_ENTERED, Entered
from procure.values.faults import PolicyError
from procure.values.money import CNY
from procure.values.words import ProcureError, Words
from procure.writers.workbook.carry import carried

T = TypeVar("T")
MAPPING = "mapping.toml"


@attrs.frozen
class PageFault:
    """What is wrong, and at which place of the page."""

    place: str
    words: Words


class Memory:
    """What was made last of each kind, and of what: a log is not read anew for every choice."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[object, Any]] = {}

    def recall(self, kind: str, of: object, make: Callable[[], T]) -> T:
        if kind not in self._made or self._made[kind][0] != of:
            self._made[kind] = of, make()
        found: T = self._made[kind][1]
        return found


class Case:
    """Files and choices, and what was made of them; None where that was not possible, and `faults` says why."""

    def __init__(self, choices: Choices, memory: Memory) -> None:
        self.choices: Choices = choices
        self._memory = memory
        self.faults: list[PageFault] = []
        self.files: list[str] = sorted(path.as_posix() for path in Path().rglob("*") if path.is_file())
        self.roles: dict[str, str] = roles.roles(self.files, choices.of("roles"))
        said = self.trying("files", self._said) or {}
        self._choose(lambda: settings.choices(said))
        self.declared: Policy | Versions | None = self.trying("policy", self._declared)
        for policy in self.versions.values():
            self._choose(lambda: settings.given(said, policy))  # noqa: B023
        self._tell_from_logs()
        self.completed: Policy | Versions | None = self.trying("policy", self._completed)
        self.policy: Policy | Versions | None
        self.any_year: bool
        self.policy, self.any_year = self.trying("year", self._of_year) or (None, False)
        self.habits: Habits | None = self.trying("log", self._habits)
        self.log: Log | None = self.trying("log", self._log)
        self.rows: Rows | None = self.trying("log", self._rows)

    def trying(self, place: str, make: Callable[[], T]) -> T | None:
        """What is made, or None and a fault of the place."""
        try:
            return make()
        except ProcureError as error:
            self._add(place, error.words)
            return None

    def _said(self) -> Mapping[str, tuple[str, ...]]:
        """What saved settings say."""
        files = self.of_role(roles.SETTINGS)
        return options.of_file(Path(files[0])) if files else {}

    def _choose(self, more: Callable[[], Mapping[str, Any]]) -> None:
        """Take what settings say where nothing was chosen."""
        self.choices = self.choices.over(self.trying("files", more) or {})
        self.roles = roles.roles(self.files, self.choices.of("roles"))

    def _add(self, place: str, words: Words) -> None:
        self.faults.append(PageFault(place, words))

    def of_role(self, role: str) -> list[str]:
        return [file for file, each in self.roles.items() if each == role]

    def _stamped(self, files: Sequence[str]) -> list[tuple[str, int, int]]:
        """Files, and what changes where another of the same name takes the place of one."""
        return [(file, (stat := Path(file).stat()).st_mtime_ns, stat.st_size) for file in files]

    # -- the policy --------------------------------------------------------------------------------------------------

    @property
    def policy_name(self) -> str:
        """The policy chosen, else the one that lies there."""
        return self.choices.text("policy") or next(iter(self.policies), "")

    @property
    def policies(self) -> list[str]:
        """The policies that lie there: folders of several versions, and files."""
        files = self.of_role(roles.POLICY)
        above = Counter(Path(file).parents[1].as_posix() for file in files if len(Path(file).parents) > 1)
        return [*(folder for folder, count in above.items() if count > 1), *files]

    @property
    def versions(self) -> Mapping[str, Policy]:
        """The versions of the policy by name, nothing given yet; one alone has no name."""
        if self.declared is None:
            return {}
        return self.declared.policies if isinstance(self.declared, Versions) else {"": self.declared}

    def _declared(self) -> Policy | Versions | None:
        name = self.policy_name
        if not name:
            return None
        of = self._stamped([*self.of_role(roles.POLICY), *self.of_role(roles.BESIDE)])
        return policies.find(name) or self._memory.recall("policy", [name, *of], lambda: load_versions(name))

    def _completed(self) -> Policy | Versions | None:
        """The policy with what was given and the readings adopted."""
        if self.declared is None:
            return None
        policy = self._given(self.declared)
        for path in self.of_role(roles.ADOPTION):
            policy = _adopted(policy, path)
        return policy.adopt(self.tried)

    @property
    def tried(self) -> Mapping[str, str]:
        """The readings chosen for the time being, of questions that the policy asks."""
        asked = [policy.built.questions for policy in self.versions.values()]
        chosen = self.choices.of("readings")
        return {name: str(answer) for name, answer in chosen.items() if answer and any(name in each for each in asked)}

    def _given(self, policy: Policy | Versions) -> Policy | Versions:
        for word in self.choices.text("years").split():
            if not word.isdecimal():
                self._add("years", Words(f"“{word}”不是年份", f"{word!r} is not a year"))
        given = {name: numbers for name in self.limits if (numbers := self._numbers(name))}
        lists = {name: entries for name in self.lists if (entries := self._entries(name)) is not None}
        try:
            return policy.with_given(**given, **lists)
        except PolicyError as error:
            for each in error.faults:
                name = str(each.path[1]) if len(each.path) > 1 else ""
                self._add(f"limits/{name}" if name in self.limits else "policy", each.why)
            return policy

    def _of_year(self) -> tuple[Policy | Versions | None, bool]:
        if self.completed is None:
            return None, False
        return of_year(self.completed, self.choices.text("year") or None)

    # -- what is given with it ---------------------------------------------------------------------------------------

    @property
    def limits(self) -> Mapping[str, Policy]:
        """The limits that somebody gives, each with the latest version that asks for it."""
        return {
            name: policy
            for policy in self.versions.values()
            for name, limit in policy.built.limits.items()
            if limit.is_given
        }

    @property
    def lists(self) -> Mapping[str, Policy]:
        """The same of lists."""
        return {
            name: policy
            for policy in self.versions.values()
            for name, declared in policy.lists.items()
            if declared.given
        }

    @property
    def waivers(self) -> list[str]:
        """The record of exceptions, if there is one."""
        return self.of_role(roles.WAIVERS)[:1]

    @property
    def last(self) -> list[str]:
        """The workbook of last month, if there is one."""
        return self.of_role(roles.LAST)[:1]

    @property
    def years(self) -> list[str]:
        """The years that have limits of their own, and "" for all others."""
        return ["", *(year for year in self.choices.text("years").split() if year.isdecimal())]

    def _numbers(self, name: str) -> dict[str | None, Any]:
        """The numbers of a limit: by year, and by the words of the columns by which it differs."""
        table = self.choices.of("limits", name)
        there = [year for year in self.years if year in table]
        found = {year or None: self._read(("limits", name, year), table[year]) for year in there}
        return {year: numbers for year, numbers in found.items() if numbers}

    def _read(self, path: tuple[str, ...], written: Any) -> Any:
        if isinstance(written, Mapping):
            found = {word or None: self._read((*path, word), inner) for word, inner in written.items()}
            return {word: number for word, number in found.items() if number}
        policy = self.limits[path[1]]
        if not written.strip():
            return None
        return self.trying("/".join(path), lambda: policy.money.minor(written, decimal=policy.decimal))

    def _entries(self, name: str) -> dict[str, object] | None:
        """The entries of a list, from the files that are for it."""
        policy = self.lists[name]
        declared = policy.lists[name]
        code, carried = policy.built.columns[declared.of].code, next(iter(declared.carries), "floor")
        found: dict[str, object] | None = None
        for file in self.of_role(roles.LIST + name):
            entries = self.trying("files", lambda: read_catalogue(file, code, policy.money, carried))  # noqa: B023
            found = {**(found or {}), **(entries or {})}
        return found

    def _tell_from_logs(self) -> None:
        """Of several tables, one may be the workbook of last month; and one that is no log is the list that the policy
        asks for."""
        chosen = self.choices.of("roles")
        for file in self.logs if len(self.logs) > 1 else ():
            if file not in chosen and self._is_last(file):
                self.roles[file] = roles.LAST
            elif file not in chosen and self.lists and not self._is_log(file):
                self.roles[file] = roles.LIST + next(iter(self.lists))

    def _is_last(self, file: str) -> bool:
        def found() -> bool:
            try:
                return bool(carried(read(file)))
            except ProcureError:
                return False

        return file.endswith(".xlsx") and self._memory.recall(f"last {file}", self._stamped([file]), found)

    def _is_log(self, file: str) -> bool:
        def found() -> bool:
            try:
                return any(table.problem is None for table in recognise(read(file), self.columns))
            except ProcureError:
                return False

        return self._memory.recall(file, (self._stamped([file]), tuple(self.columns)), found)

    # -- the log -----------------------------------------------------------------------------------------------------

    @property
    def logs(self) -> list[str]:
        return self.of_role(roles.LOG)

    @property
    def reader(self) -> Policy | None:
        """Whose columns the log is read by: the versions of a policy read the same, so the latest."""
        return list(self.versions.values())[-1] if self.versions else None

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns that logs are read for."""
        return READY if self.reader is None else all_columns(self.reader.built.columns)

    @property
    def _mapping(self) -> list[str]:
        """The saved mapping, if there is one."""
        return self.of_role(roles.MAPPING)[:1]

    def _habits(self) -> Habits:
        """How the log is written: as a saved mapping says, and as was chosen."""
        saved = habits_of(next(iter(self._mapping), None))
        known = {"", *self.columns}
        chosen = {header: column for header, column in self.choices.of("headers").items() if column in known}
        columns = {column: header for header, column in chosen.items() if column}
        kept = {column: header for column, header in saved.columns.items() if header not in chosen}
        ignored = [header for header, column in chosen.items() if not column]
        order = {"day": True, "month": False}.get(self.choices.text("order"), saved.day_first)
        return attrs.evolve(
            saved,
            columns={**kept, **columns},
            meanings=self._meanings(saved),
            ignored=(*(header for header in saved.ignored if header not in chosen), *ignored),
            day_first=order,
            decimal="," if self.choices.ticked("comma") else saved.decimal,
            encoding=self.choices.text("encoding") or saved.encoding,
            one_purchase=self.choices.text("one-purchase") or saved.one_purchase,
            source=saved.source or MAPPING,
        )

    @property
    def words(self) -> list[str]:
        """The columns of which words were given a meaning."""
        return [column for column in self.choices.of("words") if column in self.columns]

    def _meanings(self, saved: Habits) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """What words mean: what was chosen goes before what was saved."""
        found = {column: dict(meanings) for column, meanings in saved.meanings.items()}
        for column in self.words:
            settled = {word: str(meaning) for word, meaning in self.choices.of("words", column).items() if meaning}
            meanings = {
                meaning: tuple(word for word in words if word not in settled)
                for meaning, words in found.get(column, {}).items()
            }
            for word, meaning in settled.items():
                meanings[meaning] = (*meanings.get(meaning, ()), word)
            found[column] = {meaning: words for meaning, words in meanings.items() if words}
        return found

    def _log(self) -> Log | None:
        if not self.logs or self.habits is None:
            return None
        sheet = self.choices.text("sheet") or None
        how = [self._stamped(self.logs), repr(self.habits), sheet]
        return self._memory.recall("log", how, lambda: read(*self.logs, sheet=sheet, mapping=self.habits))

    @property
    def tables(self) -> tuple[Recognised, ...]:
        """What was made of the headers of every table."""
        if self.log is None:
            return ()
        columns = READY if self.reader is None else self.reader.built.columns
        money = CNY if self.reader is None else self.reader.money
        basis = "unstated" if self.reader is None else self.reader.meant
        return recognise(self.log, columns, self.choices.text("sheet") or None, money, basis)

    def _rows(self) -> Rows | None:
        """The rows as the policy reads them."""
        if self.log is None or self.reader is None:
            return None
        log, policy = self.log, self.reader
        make = lambda: read_rows(log, policy.built.columns, policy.money, policy.decimal, policy.meant)  # noqa: E731
        return self._memory.recall("rows", (id(log), id(policy)), make)

    def carried(self, log: Log) -> tuple[Log, tuple[Correction, ...], Entered]:
        """The log as it was corrected, what became of each correction, and what was entered beside findings: by the
        workbook of last month."""
        if not self.last or self.rows is None:
            return log, (), NOTHING_ENTERED
        found = carried(read(*self.last))
        return *corrected(log, self.rows, found.corrections), found.entered

    # -- what is kept ------------------------------------------------------------------------------------------------

    def save_mapping(self, path: Path) -> None:
        """Write how the log is written, so that next month's is read like it."""
        assert self.log is not None  # it is offered with a report
        assert self.reader is not None
        mapping.save(path, self.tables, self.log.habits, unsettled([self.log], self.reader))

    def options(self) -> list[Option]:
        """What was chosen, as options of the command line: one without a value has a blank one."""
        judged = [] if self.completed is None else each_of(self.completed)
        settled = self.choices.of("headers") or self.choices.of("words")
        order = {"day": "dayfirst", "month": "monthfirst"}.get(self.choices.text("order"))
        ticked = {"comma": "decimal-comma", "aside": "set-aside-unplaced"}
        flags = [order, *(name for choice, name in ticked.items() if self.choices.ticked(choice))]
        found: dict[str, Iterable[str]] = {
            "policy": [self.policy_name],
            "limit": dict.fromkeys(limit for policy in judged for limit in limit_options(policy)),
            "adopt-file": self.of_role(roles.ADOPTION),
            "waivers": self.waivers,
            "carry": self.last,
            "mapping": [MAPPING] if settled else self._mapping,
            "list": [f"{name}={file}" for name in self.lists for file in self.of_role(roles.LIST + name)],
            "adopt": [f"{question}={answer}" for question, answer in self.tried.items()],
            **{name: filter(None, [self.choices.text(name)]) for name in ("year", "sheet", "encoding", "one-purchase")},
            **{flag: [""] for flag in flags if flag},
        }
        each = (Option(name, tuple(values)) for name, values in found.items())
        return [option for option in each if option.values]

    def command(self) -> str:
        """The command line that does the same, in the folder where the files are."""
        return settings.command_line(self.logs, self.options())


def each_of(policy: Policy | Versions) -> Sequence[Policy]:
    return [policy] if isinstance(policy, Policy) else list(policy)


def _adopted(policy: Policy | Versions, path: str) -> Policy | Versions:
    if isinstance(policy, Policy):
        return policy.adopt_from(path)
    return Versions({name: one.adopt_from(path) for name, one in policy.written.items()})
