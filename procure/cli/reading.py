"""How the logs of a command are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from procure.cli.choosing import add_arguments
from procure.log.readers import read
from procure.log.records import Log
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.reporting import options


def add_judging(command: argparse.ArgumentParser, policy: Policy | Versions) -> None:
    """The options of a command that judges logs: by which policy, of which year, and how they are read."""
    add_arguments(command, policy)
    add_year(command)
    add_set_aside(command)
    add_reading(command)


def add_year(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--year",
        metavar="YEAR|all",
        help="judge the purchases of this budget year alone, or of every year, whether the policy is in force or not",
    )


def add_set_aside(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set-aside-unplaced",
        action="store_true",
        help="judge as if rows that lack what would place them, or could not be read, were not there",
    )


def add_reading(command: argparse.ArgumentParser) -> None:
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
    command.add_argument(
        "--no-header", action="store_true", help="the first row is a purchase: columns are named by letter, amount=@C"
    )
    command.add_argument("--encoding", help="of a text whose encoding its headers do not show, such as big5")
    command.add_argument("--sheet", help="the sheet to read (default: all that look like logs)")
    order = command.add_mutually_exclusive_group()
    order.add_argument(
        "--dayfirst", dest="day_first", action="store_true", default=None, help="03/04/2020 is the 3rd of April"
    )
    order.add_argument(
        "--monthfirst", dest="day_first", action="store_false", default=None, help="03/04/2020 is the 4th of March"
    )
    command.add_argument(
        "--century", type=int, metavar="YEAR", help="from which year on a year of two digits counts, such as 2000"
    )
    command.add_argument(
        "--timezone", help="where a moment with a time zone has its day (default for yuan: Asia/Shanghai)"
    )
    command.add_argument(
        "--exact", action="store_true", help="read no amount with more decimals than the currency, instead of rounding"
    )
    command.add_argument("--decimal-comma", action="store_true", help="amounts are written as 15.808,00")


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
        mapping=args.mapping,
        progress=progress,
        duckdb=duckdb,
    )
