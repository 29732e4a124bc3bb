"""`procure init`: the settings of an office, begun from a log: what could not be known is left to be filled in."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from procure.api import unsettled
from procure.cli.choosing import add_choice, policy_named, versions
from procure.cli.command import add_command
from procure.cli.parsing import Commands
from procure.cli.reading import add_logs, add_reading, read_logs
from procure.cli.settings import NAME
from procure.log.cells import MISSING
from procure.log.habits import Habits
from procure.log.readers import mapping
from procure.log.reading import read_rows, recognise
from procure.log.rows import Rows
from procure.policy.policy import Policy
from procure.reporting.phrases import quoted, usual_limit
from procure.values.toml import written_key
from procure.values.words import ProcureError, Words
from procure.writers import save

#: Beside the settings: the columns and words of the log.
MAPPING = "mapping.toml"


def add(commands: Commands) -> None:
    command = add_command(
        commands,
        "init",
        _run,
        Words(
            "查看台账并写出 procure.toml，免去每月重复输入选项",
            "look at a log, and begin a procure.toml, so that options need not be typed each month",
        ),
        "procure init log.xlsx\nprocure init log.xlsx --policy policy.toml\n",
    )
    add_logs(command, Words("CSV、Excel 或 parquet 文件", "CSV, Excel or parquet file"))
    add_choice(command)
    add_reading(command)


def _run(args: argparse.Namespace) -> int:
    target = Path(args.config or NAME)
    beside = str(target.with_name(MAPPING))
    if target.exists():
        raise ProcureError(Words(f"{target} 已有，不覆盖", f"{target} is there already, and is not written over"))
    latest = list(versions(policy_named(args.policy)).values())[-1]
    if args.mapping is None and os.path.exists(beside):
        args.mapping = beside  # what somebody settled there stays settled
    log = read_logs(args, *args.logs)
    rows = read_rows(log, latest.built.columns, latest.money, latest.decimal, latest.meant)
    words = unsettled([log], latest)
    written = [target]
    if args.mapping is None and (words or log.habits != Habits()):
        tables = recognise(log, latest.built.columns, args.sheet, latest.money, latest.meant)
        mapping.save(beside, tables, log.habits, words)
        args.mapping = beside
        written.append(Path(beside))
    text = "\n".join(line.say(args.lang) for line in _lines(args, target, latest, rows)) + "\n"
    save(target, text.encode)
    files = [str(path) for path in written]
    typed = [*args.logs, *(["--config", args.config] if args.config else [])]
    logs = " ".join(f'"{name}"' if " " in name else name for name in typed)
    sys.stdout.write(
        Words(
            f"已写入 {'、'.join(files)}：请补填以 # 开头、尚不知道的各项，然后运行 procure check {logs}\n",
            f"written to {' and '.join(files)}: fill in what stands behind #, then run procure check {logs}\n",
        ).say(args.lang)
    )
    if words:
        named = quoted([each.column.label for each in words])
        sys.stdout.write(
            Words(
                f"{named.zh}有未读懂的写法：请在 {args.mapping} 中写明意思\n",
                f"some words of {named.en} were not understood: say in {args.mapping} what they mean\n",
            ).say(args.lang)
        )
    return 0


def _lines(args: argparse.Namespace, target: Path, policy: Policy, rows: Rows) -> Iterator[Words]:
    """The file line by line: what is known, and behind # what is not."""
    yield Words(
        "# procure 的设置：键是去掉 -- 的选项名，命令行上写的优先",
        "# options of procure, without their --; what is typed goes first",
    )
    yield _same(f"policy = {_text(_from(target, args.policy) if os.path.exists(args.policy) else args.policy)}")
    yield _same(f"lang = {_text(args.lang)}")
    if args.mapping:
        yield _same(f"mapping = {_text(_from(target, args.mapping))}")
    if args.sheet:
        yield _same(f"sheet = {_text(args.sheet)}")
    yield from _limits(policy)
    for name, title in [(name, each.title or Words(name, name)) for name, each in policy.lists.items() if each.given]:
        yield Words(f"# {title.zh}的文件：每行一个编码或名称", f"# file of the {title.en}: a code or name a line")
        yield _same(f"# {written_key(name)} = {_text(f'{name}.csv')}")
    yield from _year(policy, rows)
    yield Words(
        "# 各问题采用的读法（procure ambiguities 可列出）",
        "# the readings that the office has settled on (procure ambiguities lists them)",
    )
    yield _same('# adopt-file = "adopted.toml"')
    yield Words("# 报告写到哪里", "# where the report goes")
    yield Words('# output = "报告.xlsx"', '# output = "report.xlsx"')


def _from(target: Path, path: str) -> str:
    """A path as the settings name it: from the folder that they stand in."""
    return path if os.path.isabs(path) else os.path.relpath(path, target.parent)


def _text(text: str) -> str:
    """The text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def _same(line: str) -> Words:
    return Words(line, line)


def _limits(policy: Policy) -> Iterator[Words]:
    usual = usual_limit(policy)
    given = {name: limit for name, limit in policy.built.limits.items() if limit.is_given}
    for name, limit in given.items():
        option = "limit" if name == usual else name
        words = [".".join(word for word in each if word) for each in limit.combinations]
        choices = ", ".join(_text(f"{word}=") if word else _text("") for word in words)
        yield Words(
            f"# {limit.title.zh}（{policy.money.code}）：制度未写，须由本单位填写，从不猜测",
            f"# the {limit.title.en} in {policy.money.code}: the text leaves it open, and it is never guessed",
        )
        yield _same(f"# {written_key(option)} = [{choices}]")


def _year(policy: Policy, rows: Rows) -> Iterator[Words]:
    """The budget year of most rows, where the policy is in force in others alone."""
    years = Counter(policy.year_of(day) for day in rows.values[policy.built.date] if day is not MISSING)
    if not years:
        return
    year, count = years.most_common(1)[0]
    yield Words(f"# 台账 {len(rows)} 行中 {count} 行是 {year} 年的", f"# {count} of the {len(rows)} rows are of {year}")
    force = policy.in_force
    outside = policy.within(year) is None if force.since and force.until else False
    yield _same(f"year = {year}" if outside else f"# year = {year}")
