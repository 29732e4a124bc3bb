"""The page in a real browser, opened from its file with no network: from what is dropped to what is handed out, which
is what the command line writes."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from check_reading import written

import procure
from procure.cli import main

browsers: Any = pytest.importorskip("browsers", reason="websocket-client is not installed")
driving: Any = pytest.importorskip("driving", reason="websocket-client is not installed")
Browser, App, DESKTOP, PHONE = browsers.Browser, driving.App, driving.DESKTOP, driving.PHONE
#: The page, built by `python -m procure.app`, and axe.min.js of npm's axe-core.
PAGE, AXE = (Path(os.environ.get(name, "")) for name in ("PROCURE_APP", "PROCURE_AXE"))
pytestmark = pytest.mark.skipif(
    not PAGE.is_file(), reason="PROCURE_APP names no page: build one with python -m procure.app"
)

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "furong_2020.csv"
KINDS = {"Workbook": ".xlsx", "Page": ".html", "Findings (CSV)": ".csv", "Data (JSON)": ".json"}


@pytest.fixture(scope="module", params=browsers.BROWSERS, ids=lambda kind: kind.name.replace(" ", ""))
def kind(request: pytest.FixtureRequest) -> Any:
    """Each browser that is here, and its program."""
    program, had = browsers.BROWSERS[request.param]
    if program is None:
        pytest.skip(f"{request.param.name} is not here: {had}")
    return lambda folder: request.param(program, folder)


@pytest.fixture(scope="module")
def browser(kind: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = kind(tmp_path_factory.mktemp("browser"))
    yield found
    found.quit()


def parts(workbook: Path) -> dict[str, bytes]:
    """The parts of a workbook but the one that tells when it was made."""
    with zipfile.ZipFile(workbook) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


def same_as_the_command_line(
    app: App, folder: Path, files: Sequence[Path], monkeypatch: Any, kinds: Mapping[str, str] = KINDS
) -> dict[str, Any]:
    """That each file handed out is what the command shown writes in a folder of the same files; its JSON."""
    folder.mkdir()
    for file in files:
        shutil.copy(file, folder)
    command = app.command()
    if "--mapping" in command:
        shutil.move(app.save("Columns and words (mapping.toml)")[0], folder)
    monkeypatch.chdir(folder)
    for label, ending in kinds.items():
        saved = shutil.copy(app.save(label)[0], folder / f"page{ending}")
        main([*command, "--lang", "en", "--output", f"command{ending}"])
        read = parts if ending == ".xlsx" else Path.read_bytes
        assert read(saved) == read(folder / f"command{ending}"), ending
    shutil.copy(app.save("Totals (CSV)")[0], folder / "page-totals.csv")
    main([*command, "--lang", "en", "--totals", "totals.csv"])
    assert Path("page-totals.csv").read_bytes() == Path("totals.csv").read_bytes()
    found: dict[str, Any] = json.loads(Path("page.json").read_text(encoding="utf-8"))
    return found


def verdicts(report: Mapping[str, Any]) -> dict[str, int]:
    found = [each["verdict"] for each in report["purchases"]]
    return {verdict: found.count(verdict) for verdict in dict.fromkeys(sorted(found))}


# -- from files to files ----------------------------------------------------------------------------------------------


def test_the_example(browser: Browser, tmp_path: Path, monkeypatch: Any) -> None:
    app = App(browser, PAGE)
    app.example()
    report = same_as_the_command_line(app, tmp_path / "same", [EXAMPLE], monkeypatch)
    assert verdicts(report)["violation"] == 14
    assert browser.within("return document.querySelectorAll('th button').length")  # the report's own script runs there
    assert browser.errors() == []


def office(path: Path) -> Path:
    """A year as an office keeps it: a title, a sheet a month, merged cells, amounts in 10,000 yuan."""
    with xlsxwriter.Workbook(str(path)) as book:
        for month in (1, 2, 3):
            sheet = book.add_worksheet(f"{month}月")
            sheet.merge_range(0, 0, 0, 6, f"2020年{month}月采购台账")
            sheet.write_row(
                1, 0, ["采购日期", "采购单位", "品目", "采购类别", "采购金额（万元）", "采购方式", "报价家数"]
            )
            sheet.merge_range(2, 1, 3, 1, "区工信局")
            sheet.write_row(2, 0, [f"2020.{month}.5"])
            sheet.write_row(2, 2, ["办公用品", "货物", 0.35, "自行采购", 1])
            sheet.write_row(3, 0, [f"2020.{month}.9"])
            sheet.write_row(3, 2, ["印刷服务", "服务", 31.5, "三方询价", 3])
    return path


def test_a_workbook_of_an_office(browser: Browser, tmp_path: Path, monkeypatch: Any) -> None:
    file = office(tmp_path / "办公室 台账.xlsx")
    app = App(browser, PAGE)
    app.drop(file)
    app.furong()
    assert app.faults() == []
    app.judge()
    report = same_as_the_command_line(app, tmp_path / "same", [file], monkeypatch)
    assert verdicts(report) == {"unknown": 1, "violation": 5}
    assert [each["amount"] for each in report["purchases"][:2]] == ["3500.00", "315000.00"]


def test_a_council_and_its_policy_dropped(browser: Browser, tmp_path: Path, monkeypatch: Any) -> None:
    policy = Path(procure.__file__).parent / "policies" / "bromley"
    files = [ROOT / "examples" / "bromley.csv", *(file for file in policy.iterdir() if file.is_file())]
    app = App(browser, PAGE)
    app.drop(*files)
    assert app.value("policy") == "policy.toml"
    assert app.faults() == []
    app.judge()
    assert "--policy policy.toml" in " ".join(app.command())
    assert verdicts(same_as_the_command_line(app, tmp_path / "same", files, monkeypatch))["violation"]


def test_columns_and_words_are_settled_in_the_form(browser: Browser, tmp_path: Path, monkeypatch: Any) -> None:
    log = tmp_path / "log.csv"
    log.write_text("日期,品目,价,采购方式\n2020-03-01,办公用品,6000,口头问价\n", encoding="utf-8")
    app = App(browser, PAGE)
    app.drop(log)
    app.furong()
    assert any("no amount column" in fault for fault in app.faults())
    assert not app.is_enabled("judge")
    app.choose("headers", "价", value="amount")
    assert app.faults() == []
    app.choose("words", "method", "口头问价", value="direct")
    app.judge()
    report = same_as_the_command_line(app, tmp_path / "same", [log], monkeypatch)
    assert verdicts(report) == {"violation": 1}


def test_what_is_being_written_stays_while_the_form_is_made_anew(browser: Browser, tmp_path: Path) -> None:
    app = App(browser, PAGE)
    app.drop(EXAMPLE)
    app.choose("policy", value="furong-2020")
    app.run("document.getElementById('at/limits/decentral//goods').focus()")
    browser.press("300000", "Tab", "400")  # the tab sends the first number to Python
    app.ready()
    assert app.value("limits", "decentral", "", "services") == "400"
    assert app.focused() == "at/limits/decentral//services"
    browser.press("000", "Tab")
    app.ready()
    assert app.value("limits", "decentral", "", "services") == "400000"


def test_a_log_of_another_year(browser: Browser, tmp_path: Path, monkeypatch: Any) -> None:
    log = tmp_path / "log.csv"
    log.write_text("日期,品目,金额,采购方式\n2021-03-01,办公用品,6000,自行采购\n", encoding="utf-8")
    app = App(browser, PAGE)
    app.drop(log)
    app.furong()
    app.judge()
    assert verdicts(same_as_the_command_line(app, tmp_path / "same", [log], monkeypatch)) == {"not_applicable": 1}
    app.choose("year", value="2021")
    assert "Choices have changed since: press Check again." in app.faults()
    app.judge()
    assert verdicts(same_as_the_command_line(app, tmp_path / "again", [log], monkeypatch)) == {"violation": 1}


def test_a_junk_file_is_refused_in_words(browser: Browser, tmp_path: Path) -> None:
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(bytes(range(256)) * 8)
    app = App(browser, PAGE)
    app.drop(junk)
    (fault,) = app.faults()
    assert fault.startswith("junk.xlsx: ") and "Traceback" not in app.text("body")
    assert not app.is_enabled("judge")
    app.click_at("[data-place='files'] button")
    app.ready()
    assert app.faults() == []


def test_twenty_thousand_rows_can_be_stopped_and_judged(browser: Browser, tmp_path: Path, monkeypatch: Any) -> None:
    log, _ = written(tmp_path, 20_000, per_unit=50)
    app = App(browser, PAGE)
    app.drop(log)
    app.furong()
    app.click("judge")
    app.wait("stop", lambda: app.is_seen("stop"))
    app.click("stop")
    assert app.text("#status") == "Stopped."
    app.ready()
    app.judge()
    large = {"Workbook": ".xlsx", "Data (JSON)": ".json"}
    report = same_as_the_command_line(app, tmp_path / "same", [log], monkeypatch, large)
    assert len(report["purchases"]) == 20_000


def test_all_is_removed_to_start_again(browser: Browser, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("日期,品目,金额,采购方式\n2021-03-01,办公用品,6000,自行采购\n", encoding="utf-8")
    app = App(browser, PAGE)
    app.drop(log)
    app.furong()
    app.judge()
    app.click("again")
    app.ready()
    assert app.focused() == "files"
    assert not app.is_seen("result")
    assert not app.is_seen("act")
    assert app.value("policy") == ""
    app.drop(log)
    assert app.texts("#form fieldset .control label")[:1] == ["log.csv"]
    app.example()  # alone: the log goes
    assert app.command()[1] == "furong_2020.csv" and app.command()[2].startswith("--")


# -- questions --------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_and_put_on_record(browser: Browser, tmp_path: Path, monkeypatch: Any) -> None:
    app = App(browser, PAGE)
    app.example()
    app.run("document.getElementById('questions').parentElement.open = true")
    app.choose("readings", "limbs", value="single")
    assert "--adopt limbs=single" in " ".join(app.command())
    app.run("document.querySelector('#questions details').open = true")
    for name, value in (("by", "区财政局"), ("document", "3号")):
        app.write(f"limbs/{name}", value)
    record = "#questions details button"
    app.click_at(record)
    app.ready()
    assert any("date" in fault for fault in app.faults())
    app.write("limbs/date", "2020-03-01")
    app.click_at(record)
    app.wait("record", lambda: "--adopt-file adopted.toml" in " ".join(app.command()))
    app.ready()
    (saved,) = app.saved("adopted.toml")
    kept = shutil.copy(saved, tmp_path)
    same_as_the_command_line(app, tmp_path / "same", [EXAMPLE, kept], monkeypatch)


# -- what it looks like, and what it may do ---------------------------------------------------------------------------


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_it_fits_and_speaks_one_language_and_axe_finds_nothing(browser: Browser, tmp_path: Path, width: int) -> None:
    log = tmp_path / "log.csv"
    log.write_text("日期,品目,价,采购方式\n2020-03-01,办公用品,6000,口头问价\n", encoding="utf-8")
    app = App(browser, PAGE, width)
    app.drop(log)
    app.furong()
    _looked_at(app)
    app.choose("headers", "价", value="amount")
    app.judge()
    app.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    _looked_at(app)
    assert browser.errors() == []


def _looked_at(app: App) -> None:
    """In both languages: it is as wide as the screen, says nothing in the other one, and axe has nothing against it."""
    for lang, said in (("zh", "zh-CN"), ("en", "en")):
        app.click(lang)
        app.ready()
        assert app.run("return document.documentElement.scrollWidth <= innerWidth"), lang
        assert app.run("return document.documentElement.lang") == said
        texts = "[...document.querySelectorAll('[data-zh]')]"
        assert app.run(f"return {texts}.filter((each) => each.textContent !== each.dataset['{lang}']).length") == 0
        if AXE.is_file():  # of npm's axe-core
            assert _violations(app) == [], lang


def _violations(app: App) -> list[str]:
    app.run(AXE.read_text(encoding="utf-8"))
    found = app.run(
        "return axe.run(document, { iframes: false, resultTypes: ['violations'] }).then((found) => found.violations)"
    )
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_the_keyboard_alone_suffices(browser: Browser) -> None:
    app = App(browser, PAGE)  # the language was chosen: the next stop is behind it

    def tabbed(until: str) -> list[str]:
        reached: list[str] = []
        while not reached or (reached[-1] != until and len(reached) < 60):
            browser.press("Tab")
            reached.append(app.focused())
        return reached

    assert tabbed("example") == ["files", "example"]
    browser.press("Enter")
    app.result()
    assert app.focused() == "result"
    assert tabbed("Page") == ["Workbook", "Page"]
    browser.press("Enter")
    assert [path.suffix for path in app.saved("page")] == [".html"]


def test_a_browser_that_cannot_is_told_so(kind: Any, tmp_path: Path) -> None:
    browser = kind(tmp_path)
    browser.before("delete globalThis.WebAssembly")
    browser.open(PAGE.resolve().as_uri())
    assert browser.run("return document.body.dataset.state") == "old"
    assert browser.run("return document.getElementById('old').getClientRects().length")
    browser.quit()


def test_nothing_is_asked_of_the_network(kind: Any, tmp_path: Path) -> None:
    browser = kind(tmp_path)
    app = App(browser, PAGE)
    app.example()
    app.save("Workbook")
    page = PAGE.resolve().as_uri()
    assert [url for url in browser.requests() if url != page and not url.startswith(("blob:", "data:"))] == []


def test_the_record_of_requests_sees_one(kind: Any, tmp_path: Path) -> None:
    asked = [f"http://procure.invalid/{name}" for name in ("page", "worker")]
    page = tmp_path / "page.html"
    worker = f"fetch('{asked[1]}').catch(() => postMessage(0))"
    page.write_text(
        f"""<script>
        const worker = new Worker(URL.createObjectURL(new Blob([{json.dumps(worker)}])));
        worker.onmessage = () => fetch("{asked[0]}").catch(() => {{ document.title = "refused"; }});
        </script>"""
    )
    browser = kind(tmp_path / "browser")
    browser.open(page.as_uri())
    while browser.run("return document.title") != "refused":
        time.sleep(0.05)
    assert set(asked) <= set(browser.requests())


#: Unit tests that hold in the page's Python too, and what they need beside what the page carries.
UNITS = (
    "values/test_money_cells.py",
    "readers/test_cells.py",
    "readers/test_delimited.py",
    "readers/test_excel.py",
    "test_interpreter.py",
    "test_questions.py",
    "test_rules.py",
    "test_workbook.py",
)
#: It asks for hypothesis, which has no part for this Python.
CONFTEST = ROOT / "tests" / "conftest.py"
NEEDED = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")
RUN = """
import contextlib, io, json, os, sys, zipfile
zipfile.ZipFile("project.zip").extractall("project")
sys.path.insert(0, os.path.abspath("project/needed"))
os.chdir("project")
import pytest
with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--capture=sys", *json.loads('UNITS')])
json.dumps([int(code), out.getvalue()])
"""


@pytest.mark.parametrize("kind", [browsers.Chromium], indirect=True, ids=["Chromium"])  # every browser runs one Python
def test_unit_tests_hold_in_the_python_of_the_page(browser: Browser, tmp_path: Path) -> None:
    python = driving.Interpreter(browser, PAGE)
    python.put("project.zip", project(tmp_path / "project.zip").read_bytes())
    units = json.dumps([f"tests/{name}" for name in UNITS])
    code, said = json.loads(python.run(RUN.replace("UNITS", units)))
    assert code == 0, said
    assert "passed" in said, said


def project(path: Path) -> Path:
    """The tests, what they read, and what they need, in one archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in (*(ROOT / "tests").rglob("*"), *(ROOT / "examples").rglob("*"), ROOT / "pyproject.toml"):
            if file.is_file() and "__pycache__" not in file.parts and file != CONFTEST:
                archive.write(file, file.relative_to(ROOT))
        for name in NEEDED:
            for each in importlib.metadata.files(name) or ():
                if each.suffix != ".pyc" and ".." not in each.parts:
                    archive.write(str(each.locate()), f"needed/{each}")
    return path
