"""Polars by hand for the eighteen totals that the text may mean, judging nothing: where each stands among the cuts.

The table has `id`, the position of the single amount, and that of each total, named for its window, the level of the
category and what it counts. Position 0: nothing counted; then below 5,000, exactly that, between, exactly the limit,
above. `fen` is the working total.
"""

from __future__ import annotations

from typing import Any

from peers import FLOOR, LIMITS, OPEN

LEVELS = ("item", "second")
COUNTED = ("non-tender", "all", "off-catalogue")
READ = ["id", "date", "unit", "category", "kind", "amount", "in_catalogue", "method"]


def polars_totals(path: str) -> Any:
    import polars as pl

    category, fen = pl.col("category"), pl.col("fen")
    counts = dict(zip(COUNTED, (pl.col("method") != OPEN, pl.lit(True), pl.col("in_catalogue") != "是"), strict=True))
    own = {way: pl.when(counted).then(fen).otherwise(0) for way, counted in counts.items()}

    def position(amount: Any) -> Any:
        edges = (amount >= FLOOR, amount > FLOOR, amount >= pl.col("limit"), amount > pl.col("limit"))
        return pl.sum_horizontal(pl.lit(1, pl.UInt8), *(edge.cast(pl.UInt8) for edge in edges))

    sums, found = [], [position(fen).alias("single")]
    for level in LEVELS:
        for way, counted in counts.items():
            name, row = f"{level} {way}", pl.col("row")
            run, year, first = (pl.col(f"{each} {name}") for each in ("run", "year", "first"))
            sums += [
                own[way].cum_sum().over(level).alias(f"run {name}"),
                own[way].sum().over(level).alias(f"year {name}"),
                # A total of nothing is told from a total of zero by the first purchase that counts.
                pl.when(counted).then(row).min().over(level).alias(f"first {name}"),
            ]
            none = pl.lit(0, pl.UInt8)
            found += [
                pl.when(row >= first).then(position(run)).otherwise(none).alias(f"included {name}"),
                pl.when(row > first).then(position(run - own[way])).otherwise(none).alias(f"excluded {name}"),
                pl.when(first.is_not_null()).then(position(year)).otherwise(none).alias(f"whole-year {name}"),
            ]
    is_code = category.str.contains(r"^[ABC][0-9]+$")
    # Accounts as numbers: grouping by two texts, time and again, costs half as much more.
    unit, item, second = (_number(text) for text in (pl.col("unit"), category, category.str.head(5)))
    return (
        pl.scan_parquet(path)
        .select(READ)
        .with_columns(
            fen=(pl.col("amount") * 100).round().cast(pl.Int64),
            limit=pl.col("kind").replace_strict(LIMITS, return_dtype=pl.Int64),
            item=unit * 2**32 + item,
            second=unit * 2**32 + pl.when(is_code).then(second).otherwise(item),
        )
        .sort("date", maintain_order=True)
        .with_row_index("row")
        .with_columns(sums)
        .select("id", *found, fen=pl.col("run item non-tender"))
        .collect()
    )


def _number(text: Any) -> Any:
    import polars as pl

    return text.cast(pl.Categorical).to_physical().cast(pl.Int64)
