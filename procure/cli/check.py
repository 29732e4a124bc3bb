"""`procure check`: judge purchase logs by a policy."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence

from procure import writers
from procure.api import check
from procure.cli.choosing import add_arguments, completed, versions
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.cli.progress import bar
from procure.cli.reading import add_logs, add_reading, add_set_aside, add_year, read_logs
from procure.engines.check import Engine
from procure.engines.choosing import ENGINES, LARGE, engine
from procure.log.corrections import Correction, corrected
from procure.log.readers import read
from procure.log.reading import read_rows
from procure.log.records import Log
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting.patterns import DAYS
from procure.reporting.report import NOTHING_ENTERED, Report, Reports, of_version
from procure.values.words import ProcureError, Words
from procure.writers import impact, json, paper, patterns, text
from procure.writers.workbook.carry import carried

_EXAMPLES = """\
procure check log.csv --limit 300000
procure check log.xlsx --limit 2020:300000 --limit 2021:350000 --adopt ID=READING
procure check log.csv --limit 300000 --column amount=含税金额 --column date=付款日期 --output findings.csv
procure check country.parquet --limit 300000 --engine polars --output findings.csv
"""


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "check",
        _run,
        Words(
            "按制度检查采购台账，逐一考虑原文的各种读法",
            "judge purchase logs by a policy, under every reading of its text",
        ),
        _EXAMPLES,
        Words(
            "退出码：0 均已判断且合规；1 有疑点；3 没有疑点，但有无法判断、未能读取的，或判断的不到一半；2 输入不可用",
            "exit status: 0 all judged and compliant; 1 violations; 3 none, but something unknown or rejected; "
            "2 unusable input",
        ),
    )
    add_logs(
        command,
        Words(
            "CSV、Excel 或 parquet 文件，或 parquet 文件夹；多个合为一本台账",
            "CSV, Excel or parquet file, folder of parquet; several are one ledger",
        ),
    )
    add_arguments(command, policy)
    add_year(command)
    add_set_aside(command)
    option(
        command,
        "--waivers",
        metavar="FILE",
        help=Words(
            "waivers.toml：已批准的例外，写明谁批准、依据什么",
            "waivers.toml: exceptions on record, who allowed each, why",
        ),
    )
    option(
        command,
        "--patterns",
        action="store_true",
        help=Words("另行列出合计达到限额的采购", "list purchases that together reach a cut, apart from the findings"),
    )
    option(
        command,
        "--days",
        type=int,
        default=DAYS,
        metavar="N",
        help=Words(
            f"在多少天之内（默认 {DAYS}；与 --patterns 同用）",
            f"within so many days (default: {DAYS}; with --patterns)",
        ),
    )
    option(
        command,
        "--impact",
        action="store_true",
        help=Words("各待定问题影响多少金额，先问哪一个", "what each open question costs, and which to ask first"),
    )
    option(
        command,
        "--engine",
        choices=ENGINES,
        default="auto",
        help=Words(
            "计算引擎：python 逐行，polars 按列，duckdb 同 polars 而由它读 parquet，"
            "spark 分布计算；报告相同（默认 auto：parquet 和大台账用 polars）",
            "what judges: python row by row, polars by columns, duckdb as polars but parquet is read by it, spark in "
            "tasks; the report is the same (default: auto, which is polars for parquet and large logs)",
        ),
    )
    add_reading(command)
    option(
        command,
        "--format",
        choices=writers.FORMATS,
        default="text",
        help=Words("输出格式（默认 text）", "format of the output (default: text)"),
    )
    option(
        command,
        "--output",
        metavar="FILE",
        help=Words(
            f"把报告写成文件，或把各种格式写入文件夹：{', '.join(writers.ENDINGS)}",
            f"write the report to a file, or all kinds to a folder: {', '.join(writers.ENDINGS)}",
        ),
    )
    option(
        command,
        "--carry",
        metavar="FILE",
        help=Words(
            "上月的工作簿：其中所填沿用，所补数据计入",
            "last month's workbook: what was entered there goes over, data supplied count",
        ),
    )
    option(
        command,
        "--totals",
        metavar="FILE",
        help=Words("把累计金额与各档的对照写成 CSV 文件", "write the totals against the bands to a CSV file"),
    )
    length = command.add_mutually_exclusive_group()
    option(
        length,
        "--all",
        action="store_true",
        help=Words("打印全部内容，逐笔列出（text）", "print the whole report, every purchase of it (text)"),
    )
    option(
        length,
        "--show",
        type=int,
        metavar="N",
        help=Words("打印全部内容，每组列 N 笔（text）", "print the whole report, N findings of each group (text)"),
    )
    return command


def _run(args: argparse.Namespace) -> int:
    if args.impact and (args.output or args.format in ("csv", "jsonl")):
        raise ProcureError(
            Words("--impact 只用于屏幕上的 text 或 json", "--impact goes with text or json on the screen")
        )
    if args.output:
        writers.must_know(args.output)
    found = checked(args)
    if args.output:
        found.write(args.output, args.lang)
    if args.totals:
        for version, report in _each(found).items():
            writers.write_totals(report, of_version(args.totals, version), args.lang)
    sys.stdout.writelines(_written(found, args))
    return found.exit_status


def checked(args: argparse.Namespace) -> Report | Reports:
    """What the arguments ask for."""
    policy, any_year = of_year(completed(args), args.year)
    if isinstance(policy, Versions) and args.format in ("csv", "jsonl") and not args.output:
        kind = args.format
        raise ProcureError(
            Words(f"各版本各有一份 {kind}：请用 --output", f"each version has a {kind} of its own: use --output")
        )
    forced = None if args.engine == "auto" else engine(args.engine)
    with bar(Words("读取", "reading").say(args.lang)) as progress:
        log = read_logs(args, *args.logs, progress=progress, duckdb=args.engine == "duckdb")
    corrections: tuple[Correction, ...] = ()
    last = carried(read(args.carry)) if args.carry else None
    if last is not None:
        log, corrections = _corrected(log, policy, last.corrections)
    judge = forced or _engine_for(log)
    with bar(Words("检查", "judging").say(args.lang), len(log)) as progress:
        found = check(
            log, policy, any_year=any_year, set_aside=args.set_aside_unplaced, progress=progress, engine=judge
        )
    if args.waivers:
        found = found.waive(args.waivers)
    if args.patterns:
        found = found.patterned(args.days)
    return found.recorded(args.receipt, corrections, last.entered if last else NOTHING_ENTERED)


def _corrected(
    log: Log, policy: Policy | Versions, corrections: Sequence[Correction]
) -> tuple[Log, tuple[Correction, ...]]:
    """The log as it was corrected, read by the columns of the latest version."""
    latest = list(versions(policy).values())[-1]
    return corrected(log, read_rows(log, latest.built.columns, latest.money, latest.decimal, latest.meant), corrections)


def _each(found: Report | Reports) -> Mapping[str, Report]:
    """The reports by version; one that stands alone has no name."""
    return found.by_version if isinstance(found, Reports) else {"": found}


def _engine_for(log: Log) -> Engine:
    """What judges a log where nobody said."""
    files = {sheet.file for sheet in log.sheets if sheet.file}
    parquet = any(file.endswith(".parquet") or os.path.isdir(file) for file in files)
    return engine("auto", LARGE if parquet else len(log))


def _written(found: Report | Reports, args: argparse.Namespace) -> Iterable[str]:
    """What goes to the screen, part by part."""
    if isinstance(found, Report):
        if args.format == "json":
            return json.parts(found, args.lang, args.impact)
        return [_as_text(found, args)] if args.format == "text" else writers.FORMATS[args.format](found, args.lang)
    if args.format != "text":
        return [json.dumps_versions(found.by_version, args.lang)]
    version = Words("版本", "version").say(args.lang)
    each = (f"== {version} {name} ==\n{_as_text(one, args, name)}" for name, one in found.by_version.items())
    return ["\n".join(each)]


def _as_text(report: Report, args: argparse.Namespace, version: str = "") -> str:
    costs = "\n" + impact.dumps(report.impact(), report.policy, args.lang) if args.impact else ""
    if report.patterns is not None:
        page = patterns.paper(report.patterns, report.policy, report.checked_on)
        costs += "\n" + paper.dumps(page, args.lang)
    if args.all or args.show is not None:
        return text.dumps(report, args.lang, max(args.show or 0, 0)) + costs
    if args.output or args.totals:
        paths = [of_version(path, version) for path in (args.output, args.totals) if path]
        return text.written(report, paths, args.lang)
    return text.screen(report, args.lang) + costs + _HINT.say(args.lang)


_HINT = Words(
    "\n全部列出：--all；写成工作簿或网页：--output 报告.xlsx 或 报告.html；逐笔说明：procure explain 台账 --row 行号\n",
    "\nAll of it: --all. A workbook or a page: --output report.xlsx or report.html. "
    "One purchase: procure explain LOG --row N\n",
)
