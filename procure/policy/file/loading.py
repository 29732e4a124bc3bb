"""Reading a policy file: `policy.toml`, its text and what it includes, all in one folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any, NoReturn

import attrs

from procure.interpretation.readings import Ambiguity
from procure.interpretation.sources import Clause, Passage
from procure.policy.file.questions import Question
from procure.policy.file.texts import NO_TEXT, Text
from procure.policy.file.whole import POLICY
from procure.policy.policy import Policy, clause_of
from procure.policy.versions import Versions
from procure.values import files
from procure.values.faults import Fault, Faults, PolicyError, quoted
from procure.values.tables import TableFaults
from procure.values.words import ProcureError, Words

#: What a policy's folder has.
NAME = "policy.toml"
#: What no name of a file has.
_MARKS = frozenset("/\\\0")
#: Tables of named things that others name.
_NAMED = ("columns", "list", "limit", "question", "total", "ladder", "duty")
#: The keys of what is looked for in the text.
_QUOTES = frozenset(("clause", "raised-by", "not-checked", "division"))
#: A file nests its tables no deeper.
_DEEPEST = 40


def load_versions(path: str | os.PathLike[str]) -> Policy | Versions:
    """The policy of a file or folder; or its versions, where the folder has a folder with a `policy.toml` for each."""
    folder = Path(path)
    files = sorted(folder.glob(f"*/{NAME}")) if folder.is_dir() and not (folder / NAME).exists() else []
    if not files:
        return load_policy(path)
    versions = {file.parent.name: load_policy(file) for file in files}
    return Versions(versions) if len(versions) > 1 else next(iter(versions.values()))


def load_policy(path: str | os.PathLike[str], **given: Any) -> Policy:
    """The policy of a file, or of a folder's `policy.toml`, with limits and lists given by name (`-` as `_`).

    Raises `PolicyError`, naming every fault with its file and key, for a file that is not sound; `ProcureError` for one
    that cannot be read.
    """
    file = Path(path)
    policy = _Reading(file / NAME if file.is_dir() else file).policy()
    return policy.with_given(**given) if given else policy


class _Reading:
    """One file and what it includes, while it is read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.found = TableFaults()
        #: In which file a table or value of its own name stands, where it is an included one.
        self.places: dict[tuple[object, ...], str] = {}
        #: Of each quote that no rule encodes, its place within the text, where there are several passages.
        self.unchecked: list[tuple[object, ...]] = []

    def policy(self) -> Policy:
        table = self._included(_toml(self.file))
        self.found.faults.found += _unfit(table)
        if self.found.faults.found:
            self._raise(self.found.faults.found)
        # Something stands for all that a policy must have, so that the rest is looked at.
        read: dict[str, Any] = POLICY.read(table, self.found, ())
        passage = self._passage(read["text"])
        questions = tuple(self._questions(read.get("questions", {}), passage))
        policy, faults = self._built(read, passage, questions)
        if policy is not None and not self.found.faults.found:
            return policy
        self._raise([*self.found.faults.found, *faults])

    # -- files ---------------------------------------------------------------------------------------------------------

    def _included(self, table: dict[str, Any]) -> dict[str, Any]:
        """The table with what its `include` names."""
        names = table.get("include", ())
        for n, name in enumerate(names if isinstance(names, list) else ()):
            if not isinstance(name, str):
                continue
            with self.found.faults.at("include", n):
                if name in names[:n]:
                    raise ProcureError(Words(f"{name} 已列出", f"{name} is listed already"))
                more = _toml(self._beside(name))
                if "include" in more:
                    main = self.file.name
                    zh = f"{name} 自己也有 include；只能由 {main} 列出"
                    raise ProcureError(Words(zh, f"{name} has an `include` of its own: only {main} lists files"))
                self._merge(table, more, name)
        return table

    def _beside(self, name: str) -> Path:
        """A file of the same folder."""
        if name in ("", "..") or PurePath(name).name != name or not _MARKS.isdisjoint(name):
            it = quoted(name)
            raise ProcureError(
                Words(f"{it.zh}须为同一文件夹内的文件名", f"{it.en} must be the name of a file in the same folder")
            )
        if name == self.file.name:
            raise ProcureError(Words(f"{name} 不能列出自己", f"{name} cannot include itself"))
        return self.file.with_name(name)

    def _merge(self, table: dict[str, Any], more: Mapping[str, Any], name: str) -> None:
        for key, value in more.items():
            there = table.get(key)
            if there is None:
                table[key] = value
                self.places[(key,)] = name
            elif isinstance(there, list) and isinstance(value, list):
                for n in range(len(there), len(there) + len(value)):
                    self.places[key, n] = name
                table[key] = [*there, *value]
            elif isinstance(there, dict) and isinstance(value, dict):
                for inner, one in value.items():
                    if inner in there:
                        self._twice((key, inner), name)
                    there[inner] = one
                    self.places[key, inner] = name
            else:
                self._twice((key,), name)

    def _twice(self, path: tuple[object, ...], name: str) -> None:
        first = self.places.get(path) or self.places.get(path[:1]) or self.file.name
        self.found.faults.add(path, f"{first} 与 {name} 都有", f"it stands in {first} and in {name}")

    # -- the text and what quotes it -----------------------------------------------------------------------------------

    def _passage(self, text: Any) -> Passage:
        """The text; without words where it cannot be read, which is a fault."""
        if isinstance(text, Text):
            return text.of(self._words_of(text, ("text",)))
        return Passage.of({name: part.of(self._words_of(part, ("text", name))) for name, part in text.items()})

    def _words_of(self, text: Text, path: tuple[object, ...]) -> str:
        found = text.passage or ""
        if text.file is not None:
            with self.found.faults.at(*path, "file"):
                found = files.text(files.content(beside := self._beside(text.file)), beside)
        if not found.strip():
            self.found.broken.append(path)
            if text is not NO_TEXT and path not in [fault.path[: len(path)] for fault in self.found.faults.found]:
                self.found.faults.add(path, "没有文字", "it has no words")
        return found

    def _questions(self, questions: Mapping[str, Question], passage: Passage) -> Iterator[Ambiguity]:
        for id, question in questions.items():
            spans: list[Clause] = []
            for n, words in enumerate(question.raised_by):
                with self._quoting("question", id, "raised-by", n):
                    spans.append(clause_of(passage, words))
            with self.found.faults.at("question", id):
                yield question.ambiguity(tuple(spans))

    @contextmanager
    def _quoting(self, *path: object) -> Iterator[None]:
        """A quote of a text that could not be read is no fault of its own."""
        faults = Faults()
        with faults.at(*path):
            yield
        self.found.faults.found += [fault for fault in faults.found if not self._textless]

    @property
    def _textless(self) -> bool:
        return any(path[:1] == ("text",) for path in self.found.broken)

    # -- the whole -----------------------------------------------------------------------------------------------------

    def _built(
        self, read: Mapping[str, Any], passage: Passage, questions: tuple[Ambiguity, ...]
    ) -> tuple[Policy | None, list[Fault]]:
        """The policy, or what is wrong with it where each part by itself is right."""
        of_the_file = ("format", "include", "text", "questions")
        taken = {name: value for name, value in read.items() if name not in of_the_file}
        try:
            return Policy(text=passage, questions=questions, not_checked=self._not_checked(read["text"]), **taken), []
        except PolicyError as error:
            return None, [fault for fault in error.faults if not self._follows(fault)]

    def _not_checked(self, text: Any) -> tuple[Any, ...]:
        """What no rule encodes, of every passage; a quote is looked for in its own."""
        if isinstance(text, Text):
            return text.not_checked
        found: list[Any] = []
        for name, part in text.items():
            for n, each in enumerate(part.not_checked):
                found.append({"in": name, **({"quote": each} if isinstance(each, str) else each)})
                self.unchecked.append((name, "not-checked", n))
        return tuple(found)

    def _follows(self, fault: Fault) -> bool:
        """Whether a fault may only follow from a value that could not be used, which is a fault already."""
        path, why = fault.path, fault.why.en
        broken = [each for each in self.found.broken if each not in self.found.replaced]
        if any(path[: len(each)] == each[: len(path)] for each in broken):
            return True
        if self._textless and not _QUOTES.isdisjoint(path):
            return True
        if any(each[:1] == ("ladder",) for each in self.found.broken) and (
            path[:1] == ("duty",) and len(path) == 2 or path[-1] == "edge" or why.startswith("there is no band")
        ):
            return True  # A band that could not be used may be that of this duty, or that with this end or name.
        named = [name for kind, name, *_ in (each for each in broken if len(each) > 1) if kind in _NAMED]
        return any(name in path[2:] or repr(name) in why or f"'{name}." in why for name in named)

    def _raise(self, faults: list[Fault]) -> NoReturn:
        placed = [attrs.evolve(each, path=self._path_of(each.path), file=self._file_of(each.path)) for each in faults]
        raise PolicyError(str(self.file), dict.fromkeys(placed))

    def _path_of(self, path: tuple[object, ...]) -> tuple[object, ...]:
        """The place of a fault; what is not checked stands with its passage, where there are several."""
        n = path[2] if len(path) > 2 and path[:2] == ("text", "not-checked") else None
        return ("text", *self.unchecked[n]) if isinstance(n, int) and self.unchecked else path

    def _file_of(self, path: tuple[object, ...]) -> str | None:
        name = self.places.get(path[:1]) or self.places.get(path[:2])
        return None if name is None else str(self.file.with_name(name))


def _unfit(value: Any, path: tuple[object, ...] = ()) -> Iterator[Fault]:
    """Values that are no TOML, though Python reads them: whole numbers of more than 64 bits; and tables within tables
    beyond all reason."""
    if type(value) is int and not -(2**63) <= value < 2**63:
        yield Fault(path, Words("整数太大（超出 64 位）", "the whole number is too large: it has more than 64 bits"))
    if isinstance(value, (dict, list)):
        if len(path) >= _DEEPEST:
            yield Fault(path, Words(f"嵌套超过 {_DEEPEST} 层", f"it is nested more than {_DEEPEST} deep"))
            return
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _unfit(each, (*path, key))


def _toml(file: Path) -> dict[str, Any]:
    return files.parsed(files.content(file), file)
