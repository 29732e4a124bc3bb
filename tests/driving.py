"""The page that judges, in Chromium without a network, as a clerk uses it: for its tests, and to measure it."""

from __future__ import annotations

import base64
import json
import shlex
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver

#: Chromium and what drives it, where they are.
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
DESKTOP, PHONE = 1280, 390
#: Seconds that a slow machine may take; nothing is timed.
PATIENCE = 600


class Browser:
    """Chromium without a network, which notes every request of any page or worker."""

    def __init__(self, folder: Path) -> None:
        self.downloads, self._log = folder / "downloads", folder / "requests.json"
        options = webdriver.ChromeOptions()
        options.binary_location = BROWSER
        for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={self._log}"):
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"download.default_directory": str(self.downloads)})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))

    def requests(self) -> list[str]:
        """What pages and workers asked the network for, once the browser has ended. Its own requests have no origin."""
        self.driver.quit()
        text = self._log.read_text(encoding="utf-8").rstrip().rstrip(",")
        events = json.loads(text if text.endswith("}") else text + "]}")["events"]
        asked = [event["params"] for event in events if "url" in event.get("params", {})]
        return [each["url"] for each in asked if each.get("initiator", "not an origin") != "not an origin"]


class App:
    """The page in the browser, as a clerk uses it."""

    def __init__(self, browser: Browser, page: Path, width: int = DESKTOP, lang: str = "en") -> None:
        self.driver, self.run, self.downloads = browser.driver, browser.driver.execute_script, browser.downloads
        shutil.rmtree(self.downloads, ignore_errors=True)
        self.driver.get_log("browser")
        metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        if self.state() == "ready" and self.driver.current_url == page.resolve().as_uri():
            self.afresh()
        else:
            self.driver.get(page.resolve().as_uri())
        self.click(lang)
        self.ready()

    def wait(self, what: str, until: Callable[[], Any]) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := until():
                return found
            time.sleep(0.05)
        raise AssertionError(f"{what}: {self.text('main')}")

    def state(self) -> str:
        return str(self.run("return document.body.dataset.state"))

    def ready(self) -> None:
        self.wait("ready", lambda: self.state() in ("ready", "old"))
        assert self.state() == "ready", self.text("#old")

    def afresh(self) -> None:
        """Nothing dropped and nothing chosen: to load Python anew takes longer than most of what is done with it."""
        if self.driver.find_element("id", "again").is_displayed():
            self.click("again")
            self.ready()

    def text(self, css: str) -> str:
        return str(self.driver.find_element("css selector", css).text)

    def texts(self, css: str) -> list[str]:
        return [str(each.text) for each in self.driver.find_elements("css selector", css)]

    def click(self, id: str) -> None:
        self.driver.find_element("id", id).click()

    def example(self) -> None:
        self.click("example")
        self.result()

    def drop(self, *files: Path) -> None:
        self.driver.find_element("id", "files").send_keys("\n".join(map(str, files)))
        self.ready()

    def at(self, *path: str) -> Any:
        return self.driver.find_element("id", f"at/{'/'.join(path)}")

    def choose(self, *path: str, value: str) -> None:
        control = self.at(*path)
        if control.tag_name == "select":
            self.run("arguments[0].closest('details')?.setAttribute('open', '')", control)
            (option,) = (
                one for one in control.find_elements("css selector", "option") if one.get_property("value") == value
            )
            option.click()
        else:
            control.send_keys("\ue009a\ue000", value, "\t")  # over what stands there
        self.ready()

    def furong(self) -> None:
        """The policy of the example, and its limits."""
        self.choose("policy", value="furong-2020")
        for kind, number in (("goods", "300000"), ("services", "30万"), ("works", "600,000")):
            self.choose("limits", "decentral", "", kind, value=number)

    def judge(self) -> None:
        self.click("judge")
        self.result()

    def result(self) -> None:
        self.ready()
        self.wait("result", lambda: not self.run("return document.getElementById('result').hidden"))
        self.ready()

    def command(self) -> list[str]:
        return shlex.split(str(self.driver.find_element("id", "command").get_property("textContent")))[1:]

    def faults(self) -> list[str]:
        return [each for each in self.texts(".fault") if each]

    def save(self, label: str) -> list[Path]:
        """The files that a button hands out, by name."""
        shutil.rmtree(self.downloads, ignore_errors=True)
        (button,) = (each for each in self.driver.find_elements("css selector", "#kinds button") if each.text == label)
        button.click()
        self.ready()

        def there() -> list[Path]:
            found = sorted(path for path in self.downloads.glob("*") if not path.name.endswith(".crdownload"))
            return found if found and all(path.stat().st_size for path in found) else []

        files: list[Path] = self.wait(label, there)
        return files

    def errors(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]


class Interpreter:
    """The Python of the page by itself, as the page starts it, in a worker that also runs what it is sent."""

    def __init__(self, browser: Browser, page: Path) -> None:
        self.driver = browser.driver
        self.driver.set_script_timeout(PATIENCE)
        self.driver.get(page.resolve().as_uri())
        self._send("""
            const code = document.getElementById("worker.js").textContent +
              `const usual = onmessage;
               const run = (python) => {
                 try { postMessage({ id: 1, found: pyodide.runPython(python) }); }
                 catch (error) { postMessage({ id: 1, error: String(error) }); }
               };
               onmessage = (event) => {
                 if ("python" in event.data) last = last.then(() => run(event.data.python));
                 else usual(event);
               };`;
            window.own = new Worker(URL.createObjectURL(new Blob([code])));
            const parts = document.querySelectorAll("script[type='application/octet-stream']");
            send({ id: 1, parts: Object.fromEntries([...parts].map((each) => [each.id, each.textContent])) });
        """)

    def put(self, name: str, content: bytes) -> None:
        """A file in the folder that Python runs in."""
        text = base64.b64encode(content).decode()
        bytes = "Uint8Array.from(atob(arguments[1]), (letter) => letter.charCodeAt(0))"
        self.driver.execute_script(f"own.postMessage({{ name: arguments[0], bytes: {bytes} }})", name, text)

    def run(self, python: str) -> Any:
        """What the last line of some Python is."""
        return self._send("send({ id: 1, python: arguments[0] })", python)

    def _send(self, script: str, *arguments: str) -> Any:
        found = self.driver.execute_async_script(
            f"""
            const done = arguments[arguments.length - 1];
            const send = (message) => {{
              own.onmessage = ({{ data }}) => "id" in data && done(data);
              own.postMessage(message);
            }};
            {script}""",
            *arguments,
        )
        assert "error" not in found, found["error"]
        return found.get("found")
