"""The page that judges, in a browser without a network, as a clerk uses it: for its tests, and to measure it."""

from __future__ import annotations

import base64
import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from browsers import PATIENCE, Browser

DESKTOP, PHONE = 1280, 390
#: What a click needs: something to see, that is not switched off.
_CLICK = """
if (!each || !each.getClientRects().length || each.disabled) throw new Error("nothing to click");
each.focus();
each.click();
"""
_CHOOSE = """
const [id, value] = arguments, each = document.getElementById(id);
each.closest("details")?.setAttribute("open", "");
if (!each.getClientRects().length || each.disabled) throw new Error(`nothing to choose at ${id}`);
each.focus();
each.value = value;
if (each.value !== value) throw new Error(`${id} has no ${value}`);
each.dispatchEvent(new Event("change", { bubbles: true }));
"""


class App:
    """The page in the browser, as a clerk uses it."""

    def __init__(self, browser: Browser, page: Path, width: int = DESKTOP, lang: str = "en") -> None:
        self.browser, self.run, self.downloads = browser, browser.run, browser.downloads
        self._empty()
        browser.errors()
        browser.resize(width, 844)
        address = page.resolve().as_uri()
        if self.run("return location.href") == address and self.state() == "ready":
            self.afresh()
        else:
            browser.open(address)
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
        if self.is_seen("again"):
            self.click("again")
            self.ready()

    def text(self, css: str) -> str:
        """What stands there to be read."""
        return self.texts(css)[0]

    def texts(self, css: str) -> list[str]:
        read = "each.getClientRects().length ? each.innerText : ''"
        return list(self.run(f"return [...document.querySelectorAll(arguments[0])].map((each) => {read})", css))

    def is_seen(self, id: str) -> bool:
        return bool(self.run("return document.getElementById(arguments[0]).getClientRects().length", id))

    def is_enabled(self, id: str) -> bool:
        return not self.run("return document.getElementById(arguments[0]).disabled", id)

    def focused(self) -> str:
        """The place of the keyboard, by its id, else by what stands there."""
        return str(self.run("return document.activeElement.id || document.activeElement.textContent"))

    def click(self, id: str) -> None:
        self.run(f"const each = document.getElementById(arguments[0]); {_CLICK}", id)

    def click_at(self, css: str) -> None:
        self.run(f"const each = document.querySelector(arguments[0]); {_CLICK}", css)

    def example(self) -> None:
        self.click("example")
        self.result()

    def drop(self, *files: Path) -> None:
        self.browser.attach("#files", [str(file) for file in files])
        self.ready()

    def value(self, *path: str) -> str:
        return str(self.run("return document.getElementById(arguments[0]).value", f"at/{'/'.join(path)}"))

    def choose(self, *path: str, value: str) -> None:
        self.write(f"at/{'/'.join(path)}", value)
        self.ready()

    def write(self, id: str, value: str) -> None:
        self.run(_CHOOSE, id, value)

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
        self.wait("result", lambda: self.is_seen("result"))
        self.ready()

    def command(self) -> list[str]:
        return shlex.split(str(self.run("return document.getElementById('command').textContent")))[1:]

    def faults(self) -> list[str]:
        return [each for each in self.texts(".fault") if each]

    def save(self, label: str) -> list[Path]:
        """The files that a button hands out, by name."""
        self._empty()
        self.run(
            "const all = [...document.querySelectorAll('#kinds button')];"
            f"const each = all.find((one) => one.innerText === arguments[0]); {_CLICK}",
            label,
        )
        self.ready()
        return self.saved(label)

    def saved(self, what: str) -> list[Path]:
        """The files that were handed out, once they are whole."""

        def there() -> list[Path]:
            found = sorted(self.downloads.iterdir())
            unfinished = any(path.suffix in (".crdownload", ".part") for path in found)
            return found if not unfinished and all(path.stat().st_size for path in found) else []

        files: list[Path] = self.wait(what, there)
        return files

    def _empty(self) -> None:
        for path in self.downloads.iterdir():
            path.unlink()


class Interpreter:
    """The Python of the page by itself, as the page starts it, in a worker that also runs what it is sent."""

    def __init__(self, browser: Browser, page: Path) -> None:
        self._run = browser.run
        browser.open(page.resolve().as_uri())
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
        self._run(f"own.postMessage({{ name: arguments[0], bytes: {bytes} }})", name, text)

    def run(self, python: str) -> Any:
        """What the last line of some Python is."""
        return self._send("send({ id: 1, python: arguments[0] })", python)

    def _send(self, script: str, *arguments: str) -> Any:
        found = self._run(
            f"""
            return new Promise((done) => {{
              const send = (message) => {{
                own.onmessage = ({{ data }}) => "id" in data && done(data);
                own.postMessage(message);
              }};
              {script}
            }});""",
            *arguments,
        )
        assert "error" not in found, found["error"]
        return found.get("found")
