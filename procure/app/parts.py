"""The parts that the page carries, pinned in `parts.toml`: fetched where they are not there, and never used unless
their checksum is right."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import attrs

from procure.values.words import ProcureError, Words

_PINS = Path(__file__).with_name("parts.toml")


@attrs.frozen
class Pinned:
    """A file that a registry hands out: a package of npm, or a wheel."""

    name: str
    version: str
    file: str
    sha256: str

    @property
    def is_wheel(self) -> bool:
        return self.file.endswith(".whl")

    @property
    def command(self) -> list[str]:
        """What fetches it into the current folder."""
        if not self.is_wheel:
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        python, abi, platform = self.file.removesuffix(".whl").split("-")[-3:]
        chosen = ["--python-version", python[2:], "--abi", abi, "--platform", platform] if abi != "none" else []
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        return [*fetch, *chosen, f"{self.name}=={self.version}"]


def pinned(file: Path = _PINS) -> tuple[Pinned, ...]:
    """The parts, Pyodide's core first."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return (Pinned(**table["core"]), *(Pinned(**wheel) for wheel in table["wheel"]))


def gathered(parts: Sequence[Pinned], folder: Path) -> dict[Pinned, bytes]:
    """The content of every part, from its file in the folder, where it is put if it is not there. Raises `ProcureError`
    for one that cannot be fetched, and for one that is not the one that is pinned."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for part in parts:
        path = folder / part.file
        if not path.is_file():
            _fetch(part, folder)
        found[part] = path.read_bytes()
        sha256 = hashlib.sha256(found[part]).hexdigest()
        if sha256 != part.sha256:
            raise ProcureError(
                Words(
                    f"{path}：sha256 是 {sha256}，应为 {part.sha256}",
                    f"{path}: its sha256 is {sha256}, and must be {part.sha256}",
                )
            )
    return found


def _fetch(part: Pinned, folder: Path) -> None:
    try:
        ran = subprocess.run(part.command, cwd=folder, capture_output=True, text=True, check=False)
        why = (ran.stderr.strip().splitlines() or [f"{part.command[0]}: exit {ran.returncode}"])[-1]
    except OSError as error:
        why = f"{part.command[0]}: {error.strerror}"
    if not (folder / part.file).is_file():
        raise ProcureError(
            Words(
                f"{folder / part.file}：没有此文件，也取不到（{why}）",
                f"{folder / part.file}: it is not there and cannot be fetched ({why})",
            )
        )
