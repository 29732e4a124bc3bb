"""What a clerk chose on the page, as its script sends it: by path, each as it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

#: Where a choice stands: `("limits", "yearly", "", "goods")`.
Path = Sequence[str]


@attrs.frozen
class Choices:
    """The choices, none of them checked. What was not chosen is an empty text."""

    table: Mapping[str, Any]

    def of(self, *path: str) -> Mapping[str, Any]:
        """The choices below a path."""
        found = self._at(path)
        return found if isinstance(found, Mapping) else {}

    def text(self, *path: str) -> str:
        found = self._at(path)
        return found.strip() if isinstance(found, str) else ""

    def ticked(self, *path: str) -> bool:
        return self._at(path) is True

    def over(self, others: Mapping[str, Any]) -> Choices:
        """These, and others where nothing was chosen."""
        return Choices(_over(self.table, others))

    def _at(self, path: Path) -> Any:
        found: Any = self.table
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found


def _over(first: Any, second: Any) -> Any:
    if not isinstance(first, Mapping) or not isinstance(second, Mapping):
        return second if first is None else first
    return {key: _over(first.get(key), second.get(key)) for key in (*second, *first)}
