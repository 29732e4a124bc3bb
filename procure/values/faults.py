"""What is wrong with a file or a policy, all of it at once, each fault with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import attrs

from procure.values.toml import shown
from procure.values.words import ProcureError, Words

#: The keys that lead to a place in a policy.
Path = tuple[object, ...]


#: A key with one of these in it is put in quotation marks.
_MARKS = frozenset(" .\"'\t\n\r")


def placed(path: Path) -> str:
    """A place as it is written; places in lists are counted from one."""
    return ".".join(str(part + 1) if type(part) is int else _key(str(part)) for part in path)


def _key(part: str) -> str:
    return shown(part) if not part or not _MARKS.isdisjoint(part) else part


@attrs.frozen
class Fault:
    """One thing that is wrong, and where."""

    path: Path
    why: Words
    #: The file it stands in, where that is another one.
    file: str | None = None

    @property
    def words(self) -> Words:
        place = placed(self.path)
        return Words(f"{place}：{self.why.zh}", f"{place}: {self.why.en}") if place else self.why


class Faulty(ProcureError):
    """A file that cannot be used. `faults` has all that is wrong with it."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        each = [(fault.file or name, fault.words) for fault in self.faults]
        super().__init__(
            Words(
                "\n".join(f"{file}：{words.zh}" for file, words in each),
                "\n".join(f"{file}: {words.en}" for file, words in each),
            )
        )


class PolicyError(Faulty):
    """A policy that cannot be judged by."""


class Nested(ProcureError):
    """Several faults within one value, each with its place there."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        each = [fault.words for fault in self.faults]
        super().__init__(Words("；".join(words.zh for words in each), "; ".join(words.en for words in each)))


class Faults:
    """Collects the faults of a policy while it is built."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: Path, zh: str, en: str) -> None:
        fault = Fault(path, Words(zh, en))
        if fault not in self.found:
            self.found.append(fault)

    @contextmanager
    def at(self, *path: object) -> Iterator[None]:
        """What is raised within is a fault of this place, and the building goes on."""
        try:
            yield
        except Nested as error:
            for fault in error.faults:
                self.add((*path, *fault.path), *fault.why)
        except ProcureError as error:
            self.add(path, *error.words)

    def raise_nested(self) -> None:
        """What was collected within a value is raised as one, for the place of the value."""
        if self.found:
            raise Nested(self.found)

    def raise_any(self, name: str) -> None:
        if self.found:
            raise PolicyError(name, self.found)


def names(value: object) -> tuple[str, ...]:
    """A name, or a list of them; raises `ProcureError` for anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return tuple(value)
    not_it = shown(value)
    raise ProcureError(
        Words(f"须为名称或名称的列表，不是 {not_it}", f"it must be a name or a list of names, not {not_it}")
    )


def unknown(kind: Words, name: object, known: Iterable[str]) -> ProcureError:
    """There is no such thing; the nearest one is named."""
    it, near = quoted(name), nearest(name, known)
    return ProcureError(Words(f"没有{kind.zh}{it.zh}（{near.zh}）", f"there is no {kind.en} {it.en} ({near.en})"))


def nearest(name: object, known: Iterable[str], none: Words | None = None) -> Words:
    """Which of those that there are may be meant: those that begin so, else the one that is spelt most alike. Where
    none is near, what `none` says, or all of them."""
    there = list(dict.fromkeys(known))
    near: list[str] = []
    if isinstance(name, str) and name.strip("-"):
        near = [each for each in there if each.startswith(name)] or difflib.get_close_matches(name, there, 1, 0.6)
    if near:
        zh, en = "、".join(f"“{each}”" for each in near), ", ".join(map(repr, near))
        return Words(f"是否为{zh}？", f"did you mean {en}?")
    if none is not None:
        return none
    return Words(f"有：{'、'.join(there) or '无'}", f"there are: {', '.join(there) or 'none'}")


def quoted(value: object) -> Words:
    """A value in a message: a text in quotation marks, anything else as a file writes it."""
    return Words(f"“{value}”", repr(value)) if isinstance(value, str) else Words(f"“{shown(value)}”", shown(value))
