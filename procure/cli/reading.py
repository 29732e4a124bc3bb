"""How the logs of a command are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from procure.api import check
from procure.cli.choosing import add_arguments
from procure.cli.parsing import option
from procure.log.readers import read
from procure.log.records import Log
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.reporting import options
from procure.reporting.report import Report
from procure.values.words import Words


def add_logs(command: argparse.ArgumentParser, help: Words) -> None:
    option(command, "logs", nargs="+", metavar="LOG", help=help)


def add_judging(command: argparse.ArgumentParser, policy: Policy | Versions) -> None:
    """The options of a command that judges logs: by which policy, of which year, and how they are read."""
    add_arguments(command, policy)
    add_year(command)
    add_set_aside(command)
    add_reading(command)


def add_year(command: argparse.ArgumentParser) -> None:
    option(
        command,
        "--year",
        metavar="YEAR|all",
        help=Words(
            "只检查该预算年度的采购；写 all 则检查各年，不论制度当时是否施行",
            "judge the purchases of this budget year alone, or of every year, whether the policy is in force or not",
        ),
    )


def add_set_aside(command: argparse.ArgumentParser) -> None:
    option(
        command,
        "--set-aside-unplaced",
        action="store_true",
        help=Words(
            "缺少归类数据或未能读取的行，视同不存在",
            "judge as if rows that lack what would place them, or could not be read, were not there",
        ),
    )


def add_reading(command: argparse.ArgumentParser) -> None:
    option(
        command,
        "--column",
        action="append",
        default=[],
        metavar="FIELD=HEADER",
        help=Words(
            "字段在哪一列；没有这一列的，= 后留空（可多次给出）",
            "which header holds a field; nothing behind the = where none does (repeatable)",
        ),
    )
    option(
        command,
        "--mapping",
        metavar="FILE",
        help=Words(
            "已保存的列和用词对应（mapping.toml），或多份所在的文件夹：各文件用表头相符的一份；命令行的选项优先",
            "a saved mapping.toml of columns and words, or a folder of several, of which each file takes the one whose "
            "headers it has; the options here go before it",
        ),
    )
    option(
        command,
        "--no-header",
        action="store_true",
        help=Words(
            "首行即为采购：列以字母称呼，如 amount=@C",
            "the first row is a purchase: columns are named by letter, amount=@C",
        ),
    )
    option(
        command,
        "--encoding",
        help=Words(
            "由表头看不出编码的文本文件的编码，如 big5",
            "of a text whose encoding its headers do not show, such as big5",
        ),
    )
    option(
        command,
        "--sheet",
        help=Words("读取哪张工作表（默认读取所有像台账的）", "the sheet to read (default: all that look like logs)"),
    )
    order = command.add_mutually_exclusive_group()
    option(
        order,
        "--dayfirst",
        dest="day_first",
        action="store_true",
        default=None,
        help=Words("03/04/2020 为 4 月 3 日", "03/04/2020 is the 3rd of April"),
    )
    option(
        order,
        "--monthfirst",
        dest="day_first",
        action="store_false",
        default=None,
        help=Words("03/04/2020 为 3 月 4 日", "03/04/2020 is the 4th of March"),
    )
    option(
        command,
        "--century",
        type=int,
        metavar="YEAR",
        help=Words("两位数年份从哪一年起算，如 2000", "from which year on a year of two digits counts, such as 2000"),
    )
    option(
        command,
        "--timezone",
        help=Words(
            "带时区的时刻按何处的日期计（人民币默认 Asia/Shanghai）",
            "where a moment with a time zone has its day (default for yuan: Asia/Shanghai)",
        ),
    )
    option(
        command,
        "--exact",
        action="store_true",
        help=Words(
            "金额的小数位多于币种所有的，不读取，而不是四舍五入",
            "read no amount with more decimals than the currency, instead of rounding",
        ),
    )
    option(
        command,
        "--decimal-comma",
        action="store_true",
        help=Words("金额写作 15.808,00", "amounts are written as 15.808,00"),
    )
    option(
        command,
        "--one-purchase",
        metavar="COLUMN[=once]",
        help=Words(
            "该列相同的各行为一笔采购，金额相加；=once 表示各行是同一金额，只计一次",
            "rows with the same in this column are one purchase, and their amounts add up; =once: each has the same "
            "amount, which counts once",
        ),
    )


def read_logs(
    args: argparse.Namespace, *logs: str, progress: Callable[[int], None] | None = None, duckdb: bool = False
) -> Log:
    return read(
        *logs,
        columns=options.pairs(args.column, "--column", blank=True),
        sheet=args.sheet,
        day_first=args.day_first,
        decimal_comma=args.decimal_comma,
        encoding=args.encoding,
        century=args.century,
        timezone=args.timezone,
        exact=args.exact,
        no_header=args.no_header,
        one_purchase=args.one_purchase,
        mapping=args.mapping,
        progress=progress,
        duckdb=duckdb,
    )


def judged(args: argparse.Namespace, logs: Sequence[str], policy: Policy, any_year: bool) -> Report:
    """These logs as one, judged as the options of `add_judging` say."""
    return check(read_logs(args, *logs), policy, any_year=any_year, set_aside=args.set_aside_unplaced)
