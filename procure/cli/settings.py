"""`procure.toml`: options that need not be typed each month. A key is an option without its dashes."""

from __future__ import annotations

import argparse
import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import attrs

from procure.reporting.options import of_file
from procure.reporting.receipt import Option
from procure.values import languages
from procure.values.words import Lang, ProcureError, Words

NAME = "procure.toml"
#: What changes how a report looks, and nothing that it finds.
_SHOWING = {"lang", "config", "output", "format", "show", "all", "totals", "impact", "engine", "help"}


@attrs.frozen
class Settings:
    """What a file says: for each option its values, as they would be typed. `file` is None where there is no file."""

    file: Path | None
    options: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    @property
    def policy(self) -> str | None:
        """The policy that it names; a file stands beside the settings."""
        named = self.options.get("policy")
        return None if named is None else self._beside(named[0])

    @property
    def lang(self) -> Lang | None:
        asked = self.options.get("lang", ())
        return next((lang for lang in languages.known() if lang in asked), None)

    def asked(self, command: argparse.ArgumentParser, typed: Sequence[str]) -> Iterator[Option]:
        """The options by which a log is read and judged: those that were typed, then those of the file."""
        found: dict[str, list[str]] = {}
        actions = command._option_string_actions
        for at, word in enumerate(typed):
            name, equals, value = word.partition("=")
            action = actions.get(name)
            if action is not None and action.dest not in _SHOWING:
                takes = action.nargs != 0 and not equals
                found.setdefault(name[2:], []).append(typed[at + 1] if takes else value)
        yield from (Option(name, tuple(values)) for name, values in found.items())
        saved: dict[str, list[str]] = {}
        for word in self.words(command, typed):
            name, _, value = word.partition("=")
            if actions[name].dest not in _SHOWING:
                saved.setdefault(name[2:], []).append(value)
        yield from (Option(name, tuple(values), str(self.file)) for name, values in saved.items())

    def words(self, command: argparse.ArgumentParser, typed: Sequence[str]) -> Iterator[str]:
        """The options of a command that were not typed, as they would be."""
        actions = {option: action for action in command._actions for option in action.option_strings}
        given = {action for word in typed if (action := actions.get(word.partition("=")[0])) is not None}
        for name, values in self.options.items():
            action = actions.get(f"--{name}")
            if action is None or action in given or not _excluded(command, action, given):
                continue
            for value in values:
                if action.nargs == 0:
                    yield from [f"--{name}"] if value == "true" else []
                else:
                    yield f"--{name}={self._beside(value) if 'FILE' in str(action.metavar) else value}"

    def _beside(self, value: str) -> str:
        """A file that stands in the folder of the settings; `NAME=FILE` too."""
        assert self.file is not None
        name, equals, path = value.rpartition("=")
        there = self.file.parent / path
        return f"{name}{equals}{there}" if there.exists() or not name and there.suffix else value

    def must_know(self, options: set[str]) -> None:
        """Raises `ProcureError` for a key that is no option of any command."""
        for name in self.options:
            if name not in options:
                near = difflib.get_close_matches(name, sorted(options), 1, 0.6)
                zh, en = (f"；是否为 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
                raise ProcureError(
                    Words(f"{self.file}：没有选项 {name}{zh}", f"{self.file}: there is no option {name}{en}")
                )


def _excluded(command: argparse.ArgumentParser, action: argparse.Action, given: set[argparse.Action]) -> bool:
    """Whether nothing was typed that excludes an option."""
    groups = [group for group in command._mutually_exclusive_groups if action in group._group_actions]
    return not any(set(group._group_actions) & given for group in groups)


def settings(words: Sequence[str]) -> Settings:
    """What `--config` names, or the procure.toml of this folder. Raises `ProcureError` for a file that is not there, is
    not TOML, or has a value that no option takes."""
    asked = next((word for before, word in pairwise(words) if before == "--config"), None)
    asked = next((word.partition("=")[2] for word in words if word.startswith("--config=")), asked)
    file = Path(asked or NAME)
    if not file.exists():
        # `procure init --config FILE` begins the file.
        if asked is not None and words[:1] != ["init"]:
            raise ProcureError(Words(f"{asked}：没有这个文件", f"{asked}: there is no such file"))
        return Settings(None)
    return Settings(file, of_file(file))


def system_language(environ: Mapping[str, str] = os.environ) -> Lang | None:
    """The language of the system, as far as it says."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        said = environ.get(name, "")
        if said:
            asked = said.lower()[:2]
            return asked if asked in languages.known() else None if said.split(".")[0] in ("C", "POSIX") else "en"
    return None
