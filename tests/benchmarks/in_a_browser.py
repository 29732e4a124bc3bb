"""How long the page that judges takes in Chromium, from opening it to a workbook, on two cores.

    python -m procure.app --core FOLDER --output PAGE.html
    python tests/benchmarks/in_a_browser.py PAGE.html [ROWS ...]

Prints the size of the file; the seconds to the first paint and until it is ready, each the median of three; and for a
log of each number of rows (2,000 and 20,000 unless said) the seconds from Check to the result on the page, and from
each button to its file. Needs websocket-client and Chromium.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from arguments import given
from check_reading import written

sys.path.append(str(Path(__file__).parent.parent))  # the tests, which drive the page too

from browsers import BROWSERS, Browser, Chromium
from driving import App

LOADS = 3
#: Purchases of a unit: some twenty five of hundred are to be confirmed.
PER_UNIT = 50


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def loaded(browser: Browser, page: Path) -> tuple[float, float]:
    """Seconds to the first paint, and until the page is ready."""
    browser.open("about:blank")
    ready = timed(lambda: App(browser, page))
    paint = browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return paint / 1000, ready


def main(page: Path, sizes: list[int]) -> None:
    print(f"{page}: {page.stat().st_size:,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        program, had = BROWSERS[Chromium]
        assert program is not None, had
        browser = Chromium(program, Path(folder))
        paints, readies = zip(*(loaded(browser, page) for _ in range(LOADS)), strict=True)
        print(f"first paint {statistics.median(paints):.2f} s, ready {statistics.median(readies):.2f} s")
        for rows in sizes:
            measured(App(browser, page), written(Path(folder), rows, PER_UNIT)[0], rows)
        browser.quit()


def measured(app: App, log: Path, rows: int) -> None:
    looked = timed(lambda: app.drop(log))
    app.furong()
    judged = timed(app.judge)
    print(f"{rows:,} rows: read in {looked:.1f} s, judged and shown in {judged:.1f} s")
    for label in ("Workbook", "Page", "Totals (CSV)", "Findings (CSV)", "Data (JSON)"):
        print(f"  {label}: {timed(lambda: app.save(label)):.1f} s")  # noqa: B023


if __name__ == "__main__":
    page, *rows = given(__doc__)
    main(Path(page), [int(each) for each in rows] or [2_000, 20_000])
