"""The columnar engine against the scalar one, on polars."""

from __future__ import annotations

from typing import Any

import agreement
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import sys; sys.path.insert(0,"/tmp/fr")
import cmp

@given(agreement.tables(), agreement.policies(), st.booleans())
def test_eager(table: dict[str, list[Any]], policy: Any, any_year: bool) -> None:
    frame = pl.DataFrame({f: pl.Series(c, dtype=pl.String) if all(x is None for x in c) else pl.Series(c) for f, c in table.items()})
    assert cmp.columnar(frame, policy(), any_year).rows() == agreement.by_check(frame, policy(), any_year)
