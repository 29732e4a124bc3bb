"""The page in a real browser: headless Chromium, where there is one."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from building import bought, furong

import procure
from procure import Origin
from procure.values.words import Lang
from procure.writers.evidence import paper
from procure.writers.paper import encoded

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
exceptions = pytest.importorskip("selenium.common.exceptions", reason="selenium is not installed")
WANTED = "needs Chromium and chromedriver: apt-get install chromium chromium-driver"
pytestmark = pytest.mark.skipif(BROWSER is None or DRIVER is None, reason=WANTED)

EXAMPLE = Path(__file__).parents[1] / "examples" / "furong_2020.csv"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
DESKTOP, PHONE = 1280, 390
#: axe.min.js of npm's axe-core.
AXE = Path(os.environ.get("PROCURE_AXE", "there is none"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = selenium.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService(executable_path=DRIVER))
    driver.get("about:blank")  # or the browser's own first page, still loading, would be taken for ours
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example in both languages, and a log of which every cell is hostile and which fills several pages."""
    there = tmp_path_factory.mktemp("pages")
    report = procure.check(
        procure.read(EXAMPLE), furong(limits={"goods": 300_000, "services": 300_000, "works": 600_000})
    )
    for lang in ("zh", "en"):
        report.write(there / f"{lang}.html", lang)
    evil = "</script><script>document.title='evil'</script><img src=x onerror=\"document.title='evil'\">"
    rows = [
        bought(5_000 + n, id=f"{n}{evil}", unit=evil, category=f"{evil}{n % 2}", description="长" * 60 + "W" * 200,
               origin=Origin("很长的文件名" * 20 + ".csv", evil, n))
        for n in range(250)
    ]  # fmt: skip
    procure.check(rows, furong()).write(there / "hostile.html", "en")
    # Nothing is disputed, and of a year of thousands of rows.
    quiet = bought(100, category="印刷服务", approved_on="2020-03-01")
    procure.check([quiet], furong(limits={"goods": 300_000, "services": 300_000})).write(there / "quiet.html", "en")
    many = [bought(6_000 + n, id=f"{n}", unit=f"单位{n % 90}", category=f"品目{n % 70}") for n in range(6_112)]
    procure.check(many, furong(limits={"goods": 300_000, "services": 300_000})).write(there / "many.html", "zh")
    # A log that does not say how was bought, and one of another year.
    paid = [procure.Purchase(date="2020-03-05", amount=9_000 + n, category=f"{n}", unit="局") for n in range(90)]
    procure.check(paid, furong()).write(there / "paid.html", "zh")
    old = [bought(9_000 + n, date="2018-03-05") for n in range(9)]
    procure.check(old, furong()).write(there / "old.html", "zh")
    evidence = paper([report.explain(finding.purchase) for finding in report.violations[:2]], report.checked_on)
    (there / "evidence.html").write_bytes(encoded(evidence, ".html", None, "zh"))
    return {path.stem: path for path in there.iterdir()}


class Shown:
    """One page in the browser at one width."""

    def __init__(self, browser: Any, path: Path, width: int) -> None:
        self.run = browser.execute_script
        self._browser = browser
        metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width == PHONE}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self._events()
        browser.get(path.as_uri())

    def _events(self) -> list[dict[str, Any]]:
        return [json.loads(entry["message"])["message"] for entry in self._browser.get_log("performance")]

    def requests(self) -> list[str]:
        return [e["params"]["request"]["url"] for e in self._events() if e["method"] == "Network.requestWillBeSent"]

    def errors(self) -> list[str]:
        return [entry["message"] for entry in self._browser.get_log("browser")]

    def wide(self) -> bool:
        """Whether the page, not a table in it, scrolls sideways."""
        return bool(self.run("return document.scrollingElement.scrollWidth > innerWidth"))

    def count(self, selector: str) -> int:
        return int(self.run("return document.querySelectorAll(arguments[0]).length", selector))

    def column(self, number: int) -> list[str]:
        """The first line of each cell of a column of the findings."""
        script = """return [...document.querySelectorAll('table.findings tbody')].map(
            body => body.rows[0].cells[arguments[0]].innerText.trim().split('\\n')[0])"""
        return list(self.run(script, number))

    def sort(self, number: int) -> str | None:
        """Press the head of a column with the keyboard; returns what it then says of itself."""
        button = self._browser.find_elements("css selector", "table.findings thead button")[number]
        button.send_keys("\ue007")
        return str(self.run("return document.querySelectorAll('table.findings th')[arguments[0]].ariaSort", number))

    def choose(self, name: str, value: str) -> None:
        self.run(
            """const field = document.querySelector('form.controls').elements[arguments[0]];
            field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}))""",
            name,
            value,
        )

    def output(self) -> str:
        return str(self.run("return document.querySelector('form.controls output').value"))


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_breaks_and_nothing_is_asked_of_the_network(
    browser: Any, written: dict[str, Path], width: int, lang: Lang
) -> None:
    page = Shown(browser, written[lang], width)
    page.run("document.querySelectorAll('details').forEach(details => details.open = true)")
    browser.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0]))")
    assert not page.wide()
    narrow = """return [...document.querySelectorAll('td, th')].filter(
        cell => cell.innerText.trim().length > 6 && cell.getBoundingClientRect().width < 48).length"""
    assert page.run(narrow) == 0
    assert page.count(".findings .because") == page.count(".findings details") == 46
    assert page.errors() == []
    assert page.requests() == [written[lang].as_uri()]


@pytest.mark.parametrize("name", ["zh", "en", "quiet", "many"])
def test_the_cards_stand_on_the_first_screen(browser: Any, written: dict[str, Path], width: int, name: str) -> None:
    shown = Shown(browser, written[name], width)
    assert shown.run("return document.querySelector('.groups').getBoundingClientRect().bottom") <= 844


@pytest.mark.parametrize("name", ["zh", "quiet"])
def test_headings_go_down_one_step_at_a_time(browser: Any, written: dict[str, Path], width: int, name: str) -> None:
    """As a screen reader lists them: those that are not displayed are none."""
    shown = Shown(browser, written[name], width)
    levels = shown.run(
        "return [...document.querySelectorAll('h1,h2,h3,h4,h5')]"
        ".filter(heading => heading.checkVisibility()).map(heading => +heading.tagName[1])"
    )
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize(("name", "most"), [("zh", 6), ("many", 40)])
def test_prints_as_a_working_paper(browser: Any, written: dict[str, Path], width: int, name: str, most: int) -> None:
    Shown(browser, written[name], width)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"]))
    assert 0 < len(pages) <= most


def test_hostile_cells_do_nothing(browser: Any, written: dict[str, Path], width: int) -> None:
    page = Shown(browser, written["hostile"], width)
    assert not page.wide()
    assert browser.title.startswith("Purchasing policy")
    assert page.count("img") == 0 and page.count("script") == 1
    assert page.errors() == []
    assert page.requests() == [written["hostile"].as_uri()]


def test_sorting(browser: Any, written: dict[str, Path], width: int) -> None:
    page = Shown(browser, written["en"], width)
    unsorted = page.column(4)

    def fen(text: str) -> int:
        return int(text.strip("¥").replace(",", "").replace(".", ""))

    assert page.sort(4) == "ascending"
    amounts = page.column(4)
    assert sorted(amounts) == sorted(unsorted) != amounts
    known = [fen(text) for text in amounts if text]
    assert known == sorted(known)
    assert amounts[len(known) :] == ["", ""]  # what is not known stands last
    assert page.sort(4) == "descending"
    assert [fen(text) for text in page.column(4)[:-2]] == known[::-1] and page.column(4)[-2:] == ["", ""]
    assert page.sort(1) == "ascending"
    dates = [date for date in page.column(1) if date]
    assert page.column(1)[: len(dates)] == sorted(dates)
    assert page.count("th[aria-sort]") == 1
    assert page.sort(7) == "ascending"
    assert list(dict.fromkeys(page.column(7))) == ["to confirm", "at risk", "cannot be judged"]
    assert page.errors() == []


def test_filtering(browser: Any, written: dict[str, Path], width: int) -> None:
    page = Shown(browser, written["en"], width)
    assert page.output() == "1–46 of 46"
    page.choose("standing", "")
    assert page.output() == "1–67 of 67"
    page.choose("standing", "violation")
    assert page.output() == "1–14 of 14" and set(page.column(7)) == {"to confirm"}
    page.choose("certainty", "settled")
    assert page.column(0) == ["row 18", "row 20", "row 38", "row 59"]
    page.choose("rule", "2")
    assert page.column(0) == ["row 59"]
    page.choose("text", "no such purchase")
    assert page.column(0) == [] and page.output() == "no finding matches"
    for name in ("certainty", "rule"):
        page.choose(name, "")
    page.choose("text", " fr2020-016 ")
    assert page.column(0) == ["row 18"]
    assert page.errors() == []


def test_opening_a_finding_brings_its_reason(browser: Any, written: dict[str, Path], width: int) -> None:
    page = Shown(browser, written["en"], width)
    browser.find_elements("css selector", ".findings summary")[0].click()
    browser.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0]))")
    text = page.run("return document.querySelector('.findings details[open]').innerText")
    assert "属于年度政府集中采购目录" in text and "The same under every reading asked." in text
    assert page.count("#reason-1") == 1
    assert not page.wide()


def test_paging_and_print(browser: Any, written: dict[str, Path], width: int) -> None:
    page = Shown(browser, written["hostile"], width)
    back, on = browser.find_elements("css selector", "nav.pages button")
    assert (page.output(), back.is_enabled(), on.is_enabled()) == ("1–100 of 250", False, True)
    page.run("arguments[0].click(); arguments[0].click()", on)
    assert (page.output(), back.is_enabled(), on.is_enabled()) == ("201–250 of 250", True, False)
    assert page.count("table.findings tbody") == 50
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.count("table.findings tbody") == 250 and page.count("#questions details:not([open])") == 0
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.count("table.findings tbody") == 50 and page.count("#questions details[open]") == 0
    page.choose("text", "row that is nowhere")
    assert not browser.find_element("css selector", "nav.pages").is_displayed()


def test_without_a_script_all_is_there(browser: Any, written: dict[str, Path], width: int) -> None:
    ask = browser.execute_cdp_cmd
    ask("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        Shown(browser, written["en"], width)
        root = ask("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        rows = ask("DOM.querySelectorAll", {"nodeId": root, "selector": "table.findings tbody"})["nodeIds"]
        heights = [ask("DOM.getBoxModel", {"nodeId": row})["model"]["height"] for row in rows]
        assert len(heights) == 67 and min(heights) > 20
        (form,) = ask("DOM.querySelectorAll", {"nodeId": root, "selector": "form.controls"})["nodeIds"]
        with pytest.raises(exceptions.WebDriverException, match="box model"):
            ask("DOM.getBoxModel", {"nodeId": form})
    finally:
        ask("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.skipif(not AXE.is_file(), reason="PROCURE_AXE names no axe.min.js")
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("name", ["zh", "en", "quiet", "paid", "old", "evidence"])
def test_axe_finds_nothing(browser: Any, written: dict[str, Path], name: str, width: int) -> None:
    shown = Shown(browser, written[name], width)
    assert not shown.wide()
    shown.run(AXE.read_text(encoding="utf-8"))
    found = browser.execute_async_script("axe.run().then((found) => arguments[0](found.violations))")
    assert [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]] == []
