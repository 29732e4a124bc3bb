"""Reading a policy file: `policy.toml`, its text and what it includes, all in one folder."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, NoReturn

import attrs

from procure.interpretation.readings import Ambiguity
from procure.interpretation.sources import Clause, Passage
from procure.policy.file.questions import Question
from procure.policy.file.texts import Text
from procure.policy.file.whole import POLICY, File
from procure.policy.policy import Policy, clause_of
from procure.policy.versions import Versions
from procure.values.faults import Fault, PolicyError
from procure.values.tables import WRONG, Found
from procure.words import ProcureError, Words

#: What a policy's folder has.
NAME = "policy.toml"


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
        self.found = Found()
        #: In which file a table or value of its own name stands, where it is an included one.
        self.places: dict[tuple[object, ...], str] = {}

    def policy(self) -> Policy:
        table = self._included(_toml(self.file))
        read: File = POLICY.read(table, self.found, ())
        if read is WRONG:
            self._raise(self.found.faults.found)
        passage = self._passage(read.text)
        questions = tuple(self._questions(read.questions, passage))
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
                more = _toml(self._beside(name))
                if "include" in more:
                    main = self.file.name
                    zh = f"{name} 自己也有 include；只能由 {main} 列出"
                    raise ProcureError(Words(zh, f"{name} has an `include` of its own: only {main} lists files"))
                self._merge(table, more, name)
        return table

    def _beside(self, name: str) -> Path:
        """A file of the same folder."""
        if PurePath(name).name != name or "\\" in name:
            raise ProcureError(
                Words(f"“{name}”须为同一文件夹内的文件名", f"{name!r} must be the name of a file in the same folder")
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
            elif isinstance(there, dict) and isinstance(value, dict) and key != "text":
                for inner, one in value.items():
                    if inner in there:
                        self._twice(f"{key}.{inner}", name)
                    there[inner] = one
                    self.places[key, inner] = name
            else:
                self._twice(key, name)

    def _twice(self, key: str, name: str) -> None:
        self.found.faults.add(
            tuple(key.split(".")),
            f"{self.file.name} 与 {name} 都有",
            f"it stands in {self.file.name} and in {name}",
        )

    # -- the text and what quotes it -----------------------------------------------------------------------------------

    def _passage(self, text: Any) -> Passage:
        if isinstance(text, Text):
            return text.of(self._words_of(text, ("text",)))
        each = {name: part.of(self._words_of(part, ("text", name))) for name, part in text.items()}
        return Passage.of(each)

    def _words_of(self, text: Text, path: tuple[object, ...]) -> str:
        if text.passage is not None:
            return text.passage
        with self.found.faults.at(*path, "file"):
            assert text.file is not None
            return _text(self._beside(text.file))
        # Without its text every clause would be a fault.
        self._raise(self.found.faults.found)

    def _questions(self, questions: Mapping[str, Question], passage: Passage) -> Iterator[Ambiguity]:
        for id, question in questions.items():
            spans: list[Clause] = []
            for n, quoted in enumerate(question.raised_by):
                with self.found.faults.at("question", id, "raised-by", n):
                    spans.append(clause_of(passage, quoted))
            with self.found.faults.at("question", id):
                yield question.ambiguity(tuple(spans))

    # -- the whole -----------------------------------------------------------------------------------------------------

    def _built(
        self, read: File, passage: Passage, questions: tuple[Ambiguity, ...]
    ) -> tuple[Policy | None, list[Fault]]:
        """The policy, or what is wrong with it where each part by itself is right."""
        taken = {
            field.name: getattr(read, field.name)
            for field in attrs.fields(File)
            if field.name not in ("format", "include", "text", "questions")
        }
        try:
            return Policy(text=passage, questions=questions, not_checked=_not_checked(read.text), **taken), []
        except PolicyError as error:
            return None, [fault for fault in error.faults if not self._follows(fault)]

    def _follows(self, fault: Fault) -> bool:
        """Whether a fault may only follow from a value that could not be used, which is a fault already."""
        found = self.found
        each = [path[1] for path in found.broken if len(path) > 1 and path not in found.replaced]
        named = {name for name in each if isinstance(name, str)}
        return (
            any(fault.path[: len(path)] == path for path in found.broken)
            or not named.isdisjoint(map(str, fault.path))
            or any(repr(name) in fault.why.en for name in named)
        )

    def _raise(self, faults: list[Fault]) -> NoReturn:
        placed = [attrs.evolve(fault, file=self._file_of(fault.path)) for fault in faults]
        raise PolicyError(str(self.file), dict.fromkeys(placed))

    def _file_of(self, path: tuple[object, ...]) -> str | None:
        name = self.places.get(path[:1]) or self.places.get(path[:2])
        return None if name is None else str(self.file.with_name(name))


def _not_checked(text: Any) -> tuple[Any, ...]:
    """What no rule encodes, of every passage; a quote is looked for in its own."""
    if isinstance(text, Text):
        return text.not_checked
    quotes = [(name, quoted) for name, part in text.items() for quoted in part.not_checked]
    return tuple({"in": name, **({"quote": each} if isinstance(each, str) else each)} for name, each in quotes)


def _toml(file: Path) -> dict[str, Any]:
    """The tables of a file; numbers are exact decimals."""
    try:
        return tomllib.loads(_text(file), parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise ProcureError(Words(f"{file}：不是 TOML（{error}）", f"{file}: it is not TOML ({error})")) from None


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ProcureError(
            Words(f"{file}：读不了（{error.strerror}）", f"{file}: cannot be read ({error.strerror})")
        ) from None
    except ValueError as error:
        raise ProcureError(
            Words(f"{file}：不是 UTF-8 文本（{error}）", f"{file}: it is no text in UTF-8 ({error})")
        ) from None
