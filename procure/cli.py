"""The command line: `procure check LOG` and its companions.

Exit status 0: all judged and compliant; 1: violations; 3: none, but something unknown or rejected; 2: unusable input
or arguments.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from procure import __version__, options, policies, writers
from procure.api import check
from procure.causes import causes, is_worded
from procure.choosing import (
    DEFAULT,
    add_arguments,
    add_choice,
    add_given,
    add_named,
    chosen,
    completed,
    language,
    of_year,
    policy_named,
    versions,
)
from procure.engines.check import Engine
from procure.engines.choosing import ENGINES, LARGE, engine
from procure.engines.trying import check_policy
from procure.log.columns import Column
from procure.log.reading import Recognised, read_rows, recognise
from procure.log.records import Log
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.progress import bar
from procure.readers import mapping, read
from procure.report import Report, Reports
from procure.words import ProcureError, Words
from procure.writers import ambiguities, checked, columns, explain, impact, json, text
from procure.writers import policy as policy_table

_CHECK_EXAMPLES = """\
examples:
  procure check log.csv --limit 300000
  procure check log.xlsx --limit 2020:300000 --limit 2021:350000 --adopt ID=READING --lang en
  procure check log.csv --limit 300000 --column amount=含税金额 --column date=付款日期 --output findings.csv
  procure check country.parquet --limit 300000 --engine polars --output findings.csv
exit status: 0 all judged and compliant; 1 violations; 3 none, but something unknown or rejected; 2 unusable input
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    _speak_utf8()
    lang = language(sys.argv[1:] if arguments is None else arguments)
    try:
        args = parser(chosen(arguments)).parse_args(arguments)
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except ProcureError as error:
        print(f"procure: {error.words.say(lang)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output has gone (`procure check … | head`): nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2


def _speak_utf8() -> None:
    """Files and pipes get UTF-8, as JSON must be; a terminal keeps its own encoding, and a sign it lacks is
    replaced."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def parser(policy: Policy | Versions) -> argparse.ArgumentParser:
    """The command line, with the options that a policy declares."""
    top = argparse.ArgumentParser(
        prog="procure",
        description="Did our purchases follow our purchasing rules, and how sure is that?",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"procure {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for make in (_check, _explain, _ambiguities):
        add_named(make(commands, policy), policy)
    _columns(commands)
    _policies(commands)
    _policy(commands, policy)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], help: str, epilog: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=help,
        description=help,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(run=run)
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output (default: zh)")
    return command


def _check(commands: Commands, policy: Policy | Versions) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "check",
        _run_check,
        "judge purchase logs by a policy, under every reading of its text",
        _CHECK_EXAMPLES,
    )
    command.add_argument(
        "logs", nargs="+", metavar="LOG", help="CSV, Excel or parquet file, folder of parquet; several are one ledger"
    )
    add_arguments(command, policy)
    _year(command)
    _set_aside(command)
    command.add_argument("--impact", action="store_true", help="what each open question costs, and which to ask first")
    command.add_argument(
        "--engine", choices=ENGINES, default="auto",
        help="what judges: python row by row, polars by columns, duckdb as polars but parquet is read by it, spark in "
        "tasks; the report is the same (default: auto, which is polars for parquet and large logs)",
    )  # fmt: skip
    _reading_arguments(command)
    command.add_argument(
        "--format", choices=writers.FORMATS, default="text", help="format of the output (default: text)"
    )
    command.add_argument("--output", metavar="FILE", help=f"write the report to a file: {', '.join(writers.ENDINGS)}")
    command.add_argument(
        "--show", type=int, default=text.SHOWN, metavar="N", help="findings shown of each group, 0 for all (text)"
    )
    return command


def _year(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--year",
        metavar="YEAR|all",
        help="judge the purchases of this budget year alone, or of every year, whether the policy is in force or not",
    )


def _reading_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=HEADER",
        help="which header holds a field; nothing behind the = where none does (repeatable)",
    )
    command.add_argument(
        "--mapping", metavar="FILE", help="a saved mapping.toml of columns and words; the options here go before it"
    )
    command.add_argument("--encoding", help="of a text that is not in UTF-8, UTF-16 or GB18030, such as big5")
    command.add_argument("--sheet", help="the sheet to read (default: all that look like logs)")
    order = command.add_mutually_exclusive_group()
    order.add_argument(
        "--dayfirst", dest="day_first", action="store_true", default=None, help="03/04/2020 is the 3rd of April"
    )
    order.add_argument(
        "--monthfirst", dest="day_first", action="store_false", default=None, help="03/04/2020 is the 4th of March"
    )
    command.add_argument("--decimal-comma", action="store_true", help="amounts are written as 15.808,00")


def _read(
    args: argparse.Namespace, *logs: str, progress: Callable[[int], None] | None = None, duckdb: bool = False
) -> Log:
    return read(
        *logs,
        columns=options.pairs(args.column, "--column", blank=True),
        sheet=args.sheet,
        day_first=args.day_first,
        decimal_comma=args.decimal_comma,
        encoding=args.encoding,
        mapping=args.mapping,
        progress=progress,
        duckdb=duckdb,
    )


def _engine_for(log: Log) -> Engine:
    """What judges a log where nobody said."""
    files = {sheet.file for sheet in log.sheets if sheet.file}
    parquet = any(file.endswith(".parquet") or os.path.isdir(file) for file in files)
    return engine("auto", LARGE if parquet else len(log))


def _run_check(args: argparse.Namespace) -> int:
    if args.impact and (args.output or args.format == "csv"):
        raise ProcureError(
            Words("--impact 只用于屏幕上的 text 或 json", "--impact goes with text or json on the screen")
        )
    if args.output:
        writers.must_know(args.output)
    policy, any_year = of_year(completed(args), args.year)
    if isinstance(policy, Versions) and args.format == "csv" and not args.output:
        raise ProcureError(
            Words("各版本各有一份 csv：请用 --output", "each version has a csv of its own: use --output")
        )
    forced = None if args.engine == "auto" else engine(args.engine)
    with bar(Words("读取", "reading").say(args.lang)) as progress:
        log = _read(args, *args.logs, progress=progress, duckdb=args.engine == "duckdb")
    judge = forced or _engine_for(log)
    with bar(Words("判定", "judging").say(args.lang), len(log)) as progress:
        found = check(
            log, policy, any_year=any_year, set_aside=args.set_aside_unplaced, progress=progress, engine=judge
        )
    if args.output:
        found.write(args.output, args.lang)
    sys.stdout.write(_written(found, args))
    return found.exit_status


def _written(found: Report | Reports, args: argparse.Namespace) -> str:
    """What goes to the screen."""
    if isinstance(found, Report):
        return _of_one(found, args)
    if args.format == "json":
        return json.dumps_versions(found.by_version, args.lang)
    version = Words("版本", "version").say(args.lang)
    return "\n".join(f"== {version} {name} ==\n{_of_one(one, args)}" for name, one in found.by_version.items())


def _of_one(report: Report, args: argparse.Namespace) -> str:
    if args.format == "json":
        return json.dumps(report, args.lang, args.impact)
    if args.format != "text":
        return writers.FORMATS[args.format](report, args.lang)
    shown = text.dumps(report, args.lang, max(args.show, 0))
    return shown + ("\n" + impact.dumps(report.impact(), report.policy, args.lang) if args.impact else "")


def _set_aside(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set-aside-unplaced",
        action="store_true",
        help="judge as if rows that lack what would place them, or could not be read, were not there",
    )


def _explain(commands: Commands, policy: Policy | Versions) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "explain",
        _run_explain,
        "explain the verdict on one purchase: the totals with their members, and what each rule turns on",
        "examples:\n  procure explain log.csv --row 12 --limit 300000\n"
        "  procure explain log.csv --id 2020-019 --lang en\n",
    )
    command.add_argument("logs", nargs="+", metavar="LOG", help="the logs that were checked, all of them")
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--row", type=int, metavar="N", help="the row, as the spreadsheet shows it")
    which.add_argument("--id", metavar="ID", help="the id of the purchase")
    add_arguments(command, policy)
    _year(command)
    _set_aside(command)
    _reading_arguments(command)
    return command


def _run_explain(args: argparse.Namespace) -> int:
    policy, any_year = of_year(completed(args), args.year)
    found = check(_read(args, *args.logs), policy, any_year=any_year, set_aside=args.set_aside_unplaced)
    meant = [
        finding
        for finding in found
        if (finding.purchase.origin.row == args.row if args.row is not None else finding.purchase.id == args.id)
    ]
    if not meant:
        which = f"--row {args.row}" if args.row is not None else f"--id {args.id}"
        raise ProcureError(Words(f"{which}：没有读到这样一笔采购", f"{which}: no such purchase was read"))
    sys.stdout.write("\n".join(explain.dumps(found.explain(finding.purchase), args.lang) for finding in meant))
    return 0


def _ambiguities(commands: Commands, policy: Policy | Versions) -> argparse.ArgumentParser:
    command = _command(
        commands, "ambiguities", _run_ambiguities,
        "show the open questions of a policy's text, and the readings of each",
        "examples:\n  procure ambiguities\n  procure ambiguities --lang en --format json\n",
    )  # fmt: skip
    add_arguments(command, policy)
    command.add_argument("--format", choices=("text", "json"), default="text")
    return command


def _run_ambiguities(args: argparse.Namespace) -> int:
    dump = ambiguities.dumps_json if args.format == "json" else ambiguities.dumps
    sys.stdout.write("\n".join(dump(one, args.lang) for one in versions(completed(args)).values()))
    return 0


def _columns(commands: Commands) -> None:
    command = _command(
        commands,
        "columns",
        _run_columns,
        "show which header of a log gives which field, and which gives none",
        "examples:\n  procure columns log.xlsx\n"
        "  procure columns log.xlsx --column amount=含税金额 --save mapping.toml\n"
        "  procure check next_month.xlsx --mapping mapping.toml\n",
    )
    add_choice(command)
    command.add_argument(
        "--save",
        metavar="FILE",
        help="write the columns, and the words to be settled, to a mapping.toml, for --mapping",
    )
    command.add_argument("logs", nargs="+", metavar="LOG", help="CSV or Excel file")
    _reading_arguments(command)


def _run_columns(args: argparse.Namespace) -> int:
    # The versions of a policy read the same logs: the latest tells.
    policy = list(versions(policy_named(args.policy)).values())[-1]
    if args.save and args.mapping is None and os.path.exists(args.save):
        args.mapping = args.save  # what somebody settled there stays settled
    logs = [_read(args, path) for path in args.logs]
    found = [recognise(log, policy.built.columns, args.sheet, policy.money) for log in logs]
    tables = [table for each in found for table in each]
    sys.stdout.write(columns.dumps(tables, policy.built.columns, args.lang))
    if args.save:
        readable = [log for log, each in zip(logs, found, strict=True) if _is_log(each)]
        mapping.save(args.save, tables, logs[0].habits, _unsettled(readable, policy))
    # A cover sheet is no fault of a log that has another sheet.
    return 0 if all(map(_is_log, found)) else 2


def _is_log(tables: Sequence[Recognised]) -> bool:
    return any(table.problem is None and not table.hidden for table in tables)


def _unsettled(logs: Sequence[Log], policy: Policy) -> list[mapping.Unsettled]:
    """The words of these logs that a mapping is to give a meaning."""
    found: dict[str, tuple[Column, tuple[Counter[str], Counter[str]]]] = {}
    for log in logs:
        for cause in causes(read_rows(log, policy.built.columns, policy.money, policy.decimal)):
            if is_worded(cause.column):
                counts = found.setdefault(cause.column.name, (cause.column, (Counter(), Counter())))[1]
                counts[cause.several].update(cause.written)
    return [mapping.Unsettled(column, *map(_frequent, counts)) for column, counts in found.values()]


def _frequent(counts: Counter[str]) -> dict[str, int]:
    return dict(counts.most_common())


def _policies(commands: Commands) -> None:
    _command(
        commands,
        "policies",
        _run_policies,
        "list the policies that come with the library",
        "examples:\n  procure policies\n",
    )


def _run_policies(args: argparse.Namespace) -> int:
    for name in policies.names():
        latest = list(versions(policy_named(name)).values())[-1]
        print(f"{name}\t{latest.title.say(args.lang)}")
    return 0


def _policy(commands: Commands, policy: Policy | Versions) -> None:
    group = commands.add_parser("policy", help="check a policy by itself, or show it as a table to sign")
    inner = group.add_subparsers(required=True, metavar="COMMAND")
    check = _command(
        inner,
        "check",
        _run_policy_check,
        "judge a policy's own examples, and find what of its text is not encoded, gaps, contested amounts, duties "
        "that nothing meets, readings that change nothing",
        "examples:\n  procure policy check policy.toml\n  procure policy check furong-2020 --lang en --format json\n"
        "exit status: 0 every example is judged as the file says; 1 some is not; 2 the policy is not sound\n",
    )
    check.add_argument("--format", choices=("text", "json"), default="text", help="format (default: text)")
    show = _command(
        inner,
        "show",
        _run_policy_show,
        "show a policy as a table: bands, duties, totals, limits, evidence, questions (Markdown)",
        "examples:\n  procure policy show policy.toml\n  procure policy show policy.toml --lang en > rule.md\n",
    )
    for command in (check, show):
        command.add_argument("policy", metavar="NAME|FILE", nargs="?", help=f"the policy (default: {DEFAULT})")
        command.set_defaults(policy=DEFAULT)
        add_given(command, policy)
        add_named(command, policy)


def _run_policy_check(args: argparse.Namespace) -> int:
    dump = checked.dumps_json if args.format == "json" else checked.dumps
    each = [check_policy(policy) for policy in versions(completed(args)).values()]
    sys.stdout.write("\n".join(dump(found, args.lang) for found in each))
    return 0 if all(found.holds for found in each) else 1


def _run_policy_show(args: argparse.Namespace) -> int:
    each = versions(completed(args)).values()
    sys.stdout.write("\n".join(policy_table.dumps(policy, args.lang) for policy in each))
    return 0
