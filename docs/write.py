"""Writes what the pages here take from the program: the tables of keys and columns, and what commands print.

    python docs/write.py

Comments in a page say what stands below them. `<!-- keys: limit -->` and `<!-- ready: columns -->` are tables, made of
the declarations of the format. `<!-- file: … -->` is a piece of the policy.toml that a page builds up, and
`<!-- save: … -->` another file; `<!-- prints: … -->` is what a command prints where these files and the examples
are. A test holds that
the pages are as this writes them.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # these pages are of this checkout, whatever is installed

from procure.cli import main
from procure.log.columns import NO, YES
from procure.log.ready import READY
from procure.policy.file.kinds import Condition
from procure.policy.file.texts import PASSAGE, Texts
from procure.policy.file.whole import POLICY
from procure.values.tables import ANY, Asked, Either, ListOf, OneOfWords, Plain, Table, TableOf, TwoTexts, ValueKind

HERE = Path(__file__).parent
PAGES = tuple(sorted(HERE.glob("*.md")))
_TABLES = re.compile(r"(<!-- (keys|ready): ?([\w.-]*) -->\n).*?(<!-- end -->)", re.DOTALL)
_PIECES = re.compile(
    r"<!-- file: (?P<where>end|below|instead of|whole|once)(?: `(?P<line>.*?)`)? -->\n```toml\n(?P<toml>.*?)```"
    r"|<!-- save: (?P<name>\S+) -->\n```\w*\n(?P<text>.*?)```"
    r"|<!-- prints(?P<lines> \d+)?: (?P<command>.*?) -->\n(?P<printed>.*?)<!-- end -->",
    re.DOTALL,
)


def written(page: str) -> str:
    """The page as the program is."""
    return _Building().pieces(_TABLES.sub(_table, page))


# -- a policy.toml that grows, and what is printed of it ---------------------------------------------------------------


class _Building:
    """The files that a page has built so far."""

    def __init__(self) -> None:
        self.files = {"policy.toml": ""}
        #: The policy before a change that is shown once and taken back.
        self.before: str | None = None

    def pieces(self, page: str) -> str:
        return _PIECES.sub(self._piece, page)

    def _piece(self, match: re.Match[str]) -> str:
        if match["command"] is not None:
            lines = int(match["lines"]) if match["lines"] else None
            head = f"<!-- prints{match['lines'] or ''}: {match['command']} -->"
            return f"{head}\n```text\n{self._printed(match['command'], lines)}```\n<!-- end -->"
        if match["name"] is not None:
            self.files[match["name"]] = match["text"]
        elif match["where"] == "whole":
            return f"<!-- file: whole -->\n```toml\n{self.files['policy.toml']}```"
        else:
            self._changed(match["where"], match["line"], match["toml"])
        return match[0]

    def _changed(self, where: str, line: str, toml: str) -> None:
        now = self.files["policy.toml"]
        if where == "end":
            self.files["policy.toml"] = f"{now}\n{toml}" if now else toml
            return
        assert now.count(f"{line}\n") == 1, f"{line!r} does not stand in the file once"
        if where == "once":
            self.before = now
        self.files["policy.toml"] = now.replace(f"{line}\n", f"{line}\n{toml}" if where == "below" else toml)

    def _printed(self, command: str, lines: int | None) -> str:
        was = Path.cwd()
        out = io.StringIO()
        with tempfile.TemporaryDirectory() as folder:
            for name, text in self.files.items():
                (Path(folder) / name).write_text(text, encoding="utf-8", newline="\n")
            shutil.copytree(HERE.parent / "examples", Path(folder) / "examples")
            os.chdir(folder)
            try:
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
                    main(shlex.split(command)[1:])
            finally:
                os.chdir(was)
        if self.before is not None:
            self.files["policy.toml"], self.before = self.before, None
        # The day of a check is the one thing that differs each time.
        text = re.sub(r"(checked on |检查日期 ?)\d{4}-\d\d-\d\d", r"\g<1>2026-11-28", out.getvalue())
        shown = text.splitlines(keepends=True)
        return text if lines is None or len(shown) <= lines else f"{''.join(shown[:lines])}…\n"


# -- tables of the format ----------------------------------------------------------------------------------------------


def _table(match: re.Match[str]) -> str:
    rows = _keys(TABLES[match[3]]) if match[2] == "keys" else _READY[match[3]]()
    return f"{match[1]}{''.join(f'{row}{chr(10)}' for row in rows)}{match[4]}"


def _tables(path: str, table: Table) -> Iterator[tuple[str, Table]]:
    yield path, table
    for key in table.keys:
        for inner in _within(key.kind):
            yield from _tables(f"{path}.{key.name}".lstrip("."), inner)


def _within(kind: ValueKind) -> Iterator[Table]:
    """The tables that a value of this kind may be, or hold."""
    if isinstance(kind, Table):
        yield kind
    elif isinstance(kind, Texts):
        yield PASSAGE
    elif isinstance(kind, (ListOf, TableOf, Asked)):
        yield from _within(kind.each)
    elif isinstance(kind, Either):
        for each in kind.kinds:
            yield from _within(each)


#: Every table of the file by its path: "policy" for the whole, "columns", "columns.from", …
TABLES = {path or "policy": table for path, table in _tables("", POLICY)}


def _keys(table: Table) -> Iterator[str]:
    yield "| key | holds | default | meaning | 含义 |"
    yield "|---|---|---|---|---|"
    names = {key.name for key in table.keys}
    for key in table.keys:
        default = "**required**" if key.required else _default(key.default, names) if key.default else "–"
        asked = " †" if _asked(key.kind) else ""
        yield _row(f"`{key.name}`", f"{_holds(key.kind)}{asked}", default, _cell(key.means.en), _cell(key.means.zh))


def _default(default: str, names: set[str]) -> str:
    """A value as code, unless the default is told in words."""
    if default in names:
        return f"as `{default}`"
    return f"`{default}`" if default[0] in '"[{' or default in ("true", "false") else default


def _asked(kind: ValueKind) -> bool:
    """Whether a question may choose the value."""
    if isinstance(kind, (Asked, Condition)):
        return True
    if isinstance(kind, Either):
        return any(map(_asked, kind.kinds))
    return isinstance(kind, (ListOf, TableOf)) and _asked(kind.each)


def _holds(kind: ValueKind) -> str:
    if isinstance(kind, Asked):
        return _holds(kind.each)
    if isinstance(kind, OneOfWords):
        return ", ".join(f'`"{word}"`' for word in kind.words)
    if isinstance(kind, Condition):
        return "condition"
    if isinstance(kind, TwoTexts):
        return "text, or `{ zh = …, en = … }`"
    if isinstance(kind, ListOf):
        each = kind.each.each if isinstance(kind.each, Asked) else kind.each
        return "list of tables" if isinstance(each, (Table, TableOf)) else f"list of {_holds(kind.each)}"
    if isinstance(kind, TableOf):
        return f"table of {_holds(kind.each)}" if not isinstance(kind.each, (Table, TableOf)) else "table of tables"
    if isinstance(kind, Either):
        return " or ".join(dict.fromkeys(map(_holds, kind.kinds)))
    if isinstance(kind, Plain):
        return "any value" if kind is ANY else _cell(kind.called.en.removeprefix("a ").split(" such as")[0])
    return "table"


def _ready() -> Iterator[str]:
    yield "| name | 中文 | type | headers that are known, besides the name |"
    yield "|---|---|---|---|"
    for name, column in READY.items():
        tiers = ((header for header in tier if header != name) for tier in column.headers)
        headers = " > ".join(_cell(", ".join(tier)) for tier in tiers)
        yield _row(f"`{name}`", column.label.zh, column.type, headers)


def _short() -> Iterator[str]:
    yield "| name | 中文 | type | words |"
    yield "|---|---|---|---|"
    for name, column in READY.items():
        words = (
            f"`{word}` {column.shown(word).zh}" if name != "in_catalogue" else f"`{word}`" for word in column.words
        )
        yield _row(f"`{name}`", column.label.zh, f"`{column.type}`", ", ".join(words))


def _words() -> Iterator[str]:
    yield "| column | word | other ways to write it in a log |"
    yield "|---|---|---|"
    for name, column in READY.items():
        for word, others in column.words.items():
            yield _row(f"`{name}`", f"`{word}`", _cell(", ".join(dict.fromkeys(o for o in others if o != word))))
        for several, meant in column.several.items():
            yield _row(f"`{name}`", " or ".join(f"`{word}`" for word in meant), _cell(several))
    for word, others in (("yes", YES), ("no", NO)):
        yield _row("any of yes and no", f"`{word}`", _cell(", ".join(o for o in others if o != word)))


#: The tables of ready columns by what the page asks for.
_READY = {"columns": _ready, "words": _words, "short": _short}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
