"""How a check was asked for: enough to repeat it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from procure.values.words import Words


@attrs.frozen
class Option:
    """An option by its name, its values as they would be typed, and where it stood: a file, or None for what was
    typed."""

    name: str
    values: tuple[str, ...]
    file: str | None = None

    @property
    def words(self) -> Words:
        said = " ".join(f"--{self.name} {value}".strip() for value in self.values)
        return Words(said, said) if self.file is None else Words(f"{said}（{self.file}）", f"{said} ({self.file})")

    @property
    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"name": self.name, "values": list(self.values), "file": self.file}


@attrs.frozen
class Receipt:
    """The version of the program, and the options by which a log was read and judged."""

    version: str
    options: Sequence[Option] = ()

    @property
    def words(self) -> Words:
        zh = "；".join(option.words.zh for option in self.options) or "无"
        en = "; ".join(option.words.en for option in self.options) or "none"
        return Words(f"procure {self.version}；选项：{zh}", f"procure {self.version}; options: {en}")
