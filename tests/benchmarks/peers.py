"""What a good user of each library would write by hand for this policy: parquet in, table of violations out.

They judge under one reading of each question, the working one; the table has `id` and `fen`, the accumulated total.
Complete data only: a blank approval or ground says that there is none, and no other datum is looked at where it is
blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FLOOR = 500_000
LIMITS = {"货物": 30_000_000, "服务": 30_000_000, "工程": 60_000_000}
OPEN = "公开招标"
SINGLE = "单一来源"
COMPARED = ["三方询价", "询价采购"]
CHANNELS = ["电子卖场", "定点采购", "框架协议", OPEN]
MIDDLE = ["电子卖场", "框架协议", "竞争性谈判", "竞争性磋商", "邀请招标", OPEN]
HIGHEST = [OPEN, "邀请招标", "竞争性谈判", "竞争性磋商", "框架协议"]
READ = ["id", "date", "unit", "category", "kind", "amount", "in_catalogue", "method", "approved_on", "quotes", "ground"]
TEXT = ["unit", "category", "kind", "in_catalogue", "method", "ground"]


def pandas_one(path: str, text: Sequence[str] = ()) -> Any:
    """`text` are the columns to hold as categories."""
    import pyarrow.parquet as pq

    # By way of Arrow, since pandas itself would make objects of the dates.
    df = pq.read_table(path, columns=READ, read_dictionary=list(text)).to_pandas(date_as_object=False)
    # The file is in the order of the log: a stable sort keeps it within a day.
    df = df.sort_values("date", kind="stable", ignore_index=True)
    fen = (df["amount"] * 100).round().astype("int64")
    method = df["method"]
    total = fen.where(method != OPEN, 0).groupby([df["unit"], df["category"]], sort=False, observed=True).cumsum()
    limit = df["kind"].map(LIMITS).astype("int64")
    most = fen.where(fen > total, total)
    low, high = most < FLOOR, most >= limit
    three = df["quotes"] >= 3
    grounded = (method == SINGLE) & df["ground"].notna()
    approved = df["approved_on"] <= df["date"]
    middle_met = method.isin(MIDDLE) | grounded | method.isin(COMPARED) & three
    highest_met = method.isin(HIGHEST) | grounded | (method == "询价采购") & (df["kind"] == "货物") & three
    inside = df["in_catalogue"] == "是"
    outside_breached = low & ~approved | ~low & ~high & ~middle_met | high & ~highest_met
    breached = inside & ~method.isin(CHANNELS) | ~inside & outside_breached
    return df.loc[breached & (fen > 0), ["id"]].assign(fen=total)


def pandas_categories(path: str) -> Any:
    """The same by one who knows that pandas is slow with text."""
    return pandas_one(path, TEXT)


def polars_one(path: str) -> Any:
    import polars as pl

    fen, total = pl.col("fen"), pl.col("total")
    method, ground = pl.col("method"), pl.col("ground")
    counted = pl.when(method != OPEN).then(fen).otherwise(0)
    most = pl.max_horizontal(fen, total)
    limit = pl.col("kind").replace_strict(LIMITS, return_dtype=pl.Int64)
    low, high = most < FLOOR, most >= limit
    three = (pl.col("quotes") >= 3).fill_null(False)
    grounded = (method == SINGLE) & ground.is_not_null()
    approved = (pl.col("approved_on") <= pl.col("date")).fill_null(False)
    middle_met = method.is_in(MIDDLE) | grounded | method.is_in(COMPARED) & three
    highest_met = method.is_in(HIGHEST) | grounded | (method == "询价采购") & (pl.col("kind") == "货物") & three
    inside = pl.col("in_catalogue") == "是"
    outside_breached = low & ~approved | ~low & ~high & ~middle_met | high & ~highest_met
    breached = inside & ~method.is_in(CHANNELS) | ~inside & outside_breached
    return (
        pl.scan_parquet(path)
        .select(READ)
        .with_columns(fen=(pl.col("amount") * 100).round().cast(pl.Int64))
        .with_columns(total=counted.cum_sum().over("unit", "category", order_by=["date", "id"]))
        .filter(breached & (fen > 0))
        .select("id", fen=total)
        .collect()
    )


def duckdb_one(path: str) -> Any:
    import duckdb

    return duckdb.connect().sql(_SQL, params=[path]).to_arrow_table()


_SQL = f"""
with amounts as (
    select *, cast(round(amount * 100) as bigint) as own, in_catalogue = '是' as inside,
        case kind when '工程' then {LIMITS["工程"]} else {LIMITS["货物"]} end as lim
    from read_parquet(?)
), totals as (
    select *, cast(sum(case when method <> '{OPEN}' then own else 0 end) over (
        partition by unit, category order by date, id rows unbounded preceding) as bigint) as total
    from amounts
), met as (
    select *, greatest(own, total) as most, method = '{SINGLE}' and ground is not null as grounded,
        coalesce(quotes >= 3, false) as three, coalesce(approved_on <= date, false) as approved
    from totals
)
select id, total as fen from met
where own > 0 and case
    when inside then method not in {tuple(CHANNELS)}
    when most < {FLOOR} then not approved
    when most < lim then not (method in {tuple(MIDDLE)} or grounded or method in {tuple(COMPARED)} and three)
    else not (method in {tuple(HIGHEST)} or grounded or method = '询价采购' and kind = '货物' and three)
    end
"""
