"""What the page speaks to: the files that lie there, what was chosen for them, and what the library makes of both.

Every call takes the choices and gives plain data. Texts are pairs, Chinese and English; the page shows either.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from procure import __version__, writers
from procure.api import check
from procure.app import forms, roles
from procure.app.case import MAPPING, Case, Memory
from procure.app.choices import Choices
from procure.app.controls import Plain, fault, option
from procure.app.settings import toml
from procure.interpretation import adoption
from procure.reporting.receipt import Option, Receipt
from procure.reporting.report import Report, Reports, of_version
from procure.values.words import Lang, ProcureError, Words

_TOTALS, _ADOPTED, _SETTINGS = "totals", "adopted.toml", "procure.toml"
#: What a report is handed out as: by the ending of the file, and the totals against the bands.
_FILES: Mapping[str, Words] = {
    ".xlsx": Words("工作簿", "Workbook"),
    ".html": Words("网页", "Page"),
    _TOTALS: Words("累计表（CSV）", "Totals (CSV)"),
    ".csv": Words("逐笔结论（CSV）", "Findings (CSV)"),
    ".json": Words("数据（JSON）", "Data (JSON)"),
}
_NOTHING = Words("请放入台账，并选定制度", "drop a log, and choose a policy")


class Desk:
    """The files of the folder that Python runs in. `tell` is called with how many rows are done, and of how many."""

    def __init__(self, tell: Callable[[int, int], object]) -> None:
        self._tell = tell
        self._memory = Memory()
        self._written = Path(tempfile.mkdtemp())
        self._found: Report | Reports | None = None
        self._calls: Mapping[str, Callable[[Choices], dict[str, Plain]]] = {
            "look": self.look, "judge": self.judge, "write": self.write, "adopt": self.adopt, "save": self.save,
        }  # fmt: skip

    def ask(self, call: str, choices: str) -> str:
        """One of the calls below, in JSON both ways."""
        found = self._calls[call](Choices(json.loads(choices)))
        return json.dumps(found, ensure_ascii=False)

    def look(self, choices: Choices) -> dict[str, Plain]:
        """What there is to choose, and what is wrong with what was chosen."""
        case = Case(choices, self._memory)
        return {
            "groups": list(forms.groups(case)),
            "tables": list(forms.tables(case)),
            "sought": forms.sought(case),
            "words": list(forms.words(case)),
            "notes": list(forms.notes(case)),
            "ready": not case.faults and case.policy is not None and case.log is not None,
            "faults": _faults(case),
        }

    def judge(self, choices: Choices) -> dict[str, Plain]:
        """The report: its page, what else can be had of it, and the questions that it leaves open."""
        case = Case(choices, self._memory)
        if case.faults or case.policy is None or case.log is None:
            return {"faults": _faults(case) or [fault("files", _NOTHING)]}
        total, done = len(case.log), 0

        def progress(rows: int) -> None:
            nonlocal done
            done += rows
            self._tell(done, total)

        read, policy, any_year, aside = case.log, case.policy, case.any_year, case.choices.ticked("aside")

        def judged() -> Report | Reports:
            log, corrections, entered = case.carried(read)
            found = check(log, policy, any_year=any_year, set_aside=aside, progress=progress)
            for file in case.waivers:
                found = found.waive(file)
            return found.recorded(Receipt(__version__, case.options()), corrections, entered)

        self._found = case.trying("log", judged)
        if self._found is None:
            return {"faults": _faults(case)}
        return {
            "faults": [],
            "pages": self._files(".html", choices),
            "kinds": [option(kind, words) for kind, words in _FILES.items()],
            "questions": list(forms.questions(self._found)),
            "command": case.command(),
        }

    def write(self, choices: Choices) -> dict[str, Plain]:
        """The files of one kind."""
        return {"files": self._files(choices.text("kind"), choices)}

    def _files(self, kind: str, choices: Choices) -> list[dict[str, Plain]]:
        """The last report in files of a kind, one for each version of the policy."""
        found, lang = self._found, _lang(choices)
        assert found is not None
        for old in self._written.iterdir():
            old.unlink()
        if kind == _TOTALS:
            each = found.by_version if isinstance(found, Reports) else {"": found}
            for version, report in each.items():
                writers.write_totals(report, of_version(self._written / "procure-totals.csv", version), lang)
        else:
            found.write(self._written / f"procure-report{kind}", lang)
        return [_file(path) for path in sorted(self._written.iterdir())]

    def adopt(self, choices: Choices) -> dict[str, Plain]:
        """Put a reading on record, in a file that lies with the others from now on."""
        case = Case(choices, self._memory)
        if case.reader is None:
            return {"faults": _faults(case)}
        record = Path(next(iter(case.of_role(roles.ADOPTION)), _ADOPTED))
        try:
            adoption.record(record, case.reader.id, choices.of("adopting"))
        except ProcureError as error:
            return {"faults": [fault("adopting", error.words)]}
        return {"faults": [], "files": [_file(record)]}

    def save(self, choices: Choices) -> dict[str, Plain]:
        """What need not be chosen again next month: how the log is written, and everything else."""
        case = Case(choices, self._memory)
        for old in self._written.iterdir():
            old.unlink()
        case.save_mapping(self._written / MAPPING)
        options = [each for each in case.options() if each.name not in ("mapping", "carry")]
        text = toml([*options, Option("mapping", (MAPPING,))])
        (self._written / _SETTINGS).write_text(text, encoding="utf-8", newline="\n")
        return {"files": [_file(path) for path in sorted(self._written.iterdir())]}


def _lang(choices: Choices) -> Lang:
    return "en" if choices.text("lang") == "en" else "zh"


def _faults(case: Case) -> list[dict[str, Plain]]:
    return [fault(each.place, each.words) for each in case.faults]


def _file(path: Path) -> dict[str, Plain]:
    return {"name": path.name, "path": path.absolute().as_posix()}
