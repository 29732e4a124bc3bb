"""What a fact is to a policy: all its tests on one subject, which cut what a purchase may say into a few classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from procure.policy.values import Row

#: The classes that a row may be in: each is the set of the tests that pass, as the bits of a number. A missing datum is
#: every class that some value of it would be in.
Classes = tuple[int, ...]


class Fact(Protocol):
    """One subject of tests. `columns` are those of the log that tell its class, the one to blame first; `classes` are
    all that a row may be in."""

    name: str

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def tests(self) -> Sequence[Any]:
        """Those whose bits its classes are made of."""
        ...

    def test(self, test: Any) -> int:
        """The bit of a test, which is one of the fact's from now on."""
        ...

    def classes(self, row: Row) -> Classes: ...

    def blame(self, row: Row) -> str:
        """Which datum would settle the class, where it is open."""
        ...


def classed(tests: Sequence[Callable[[Any], bool]], values: Iterable[Any]) -> Classes:
    """The distinct classes of some values."""
    return tuple(dict.fromkeys(sum(bool(test(value)) << n for n, test in enumerate(tests)) for value in values))


def numbered(tests: list[Any], test: Any) -> int:
    """The bit of a test, which is one of these from now on."""
    if test not in tests:
        tests.append(test)
    return tests.index(test)
