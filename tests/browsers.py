"""Browsers without a network, each spoken to by its own protocol: Chromium, old or new, by DevTools; Firefox by BiDi.

No driver stands between: there is none that speaks to a browser as old as those of offices.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import websocket

#: Seconds that a slow machine may take; nothing is timed.
PATIENCE = 600
Found = dict[str, Any]


class Socket:
    """Commands with their answers, and the events between them."""

    def __init__(self, url: str) -> None:
        self._socket = websocket.create_connection(url, timeout=PATIENCE, suppress_origin=True)
        self._ids = itertools.count(1)
        self.events: list[Found] = []

    def ask(self, method: str, **params: Any) -> Found:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (found := json.loads(self._socket.recv())).get("id") != number:
            self.events.append(found)
        if "error" in found:
            raise AssertionError(f"{method}: {found}")
        answer: Found = found["result"]
        return answer

    def wait(self, method: str, before: int) -> None:
        """Until an event behind those before has come."""
        while not any(event["method"] == method for event in self.events[before:]):
            self.events.append(json.loads(self._socket.recv()))

    def close(self) -> None:
        self._socket.close()


class Browser:
    """One page in a browser: what both protocols come to."""

    name: str

    def __init__(self, program: str, folder: Path) -> None:
        self.downloads, self.folder, self._seen = folder / "downloads", folder, 0
        for each in ("downloads", "profile"):
            (folder / each).mkdir(parents=True)
        self._process = subprocess.Popen(
            [program, *self._flags()], env={**os.environ, **self._environment(program)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._socket = Socket(self._address())

    def run(self, body: str, *arguments: object) -> Any:
        """What the body of a function returns, or the promise that it returns comes to."""
        given = ", ".join(map(json.dumps, arguments))
        text = self._evaluated(
            f"(async () => JSON.stringify((await (function () {{ {body} }})({given})) ?? null))()",
        )
        return json.loads(text)

    def quit(self) -> None:
        """End the browser and wait until it has."""
        if self._process.poll() is None:
            self._end()
            self._socket.close()
            self._process.wait(PATIENCE)

    def errors(self) -> list[str]:
        """What scripts and the guard of the page complained of since last asked."""
        self.run("")  # whatever was said before is here with the answer
        new, self._seen = self._socket.events[self._seen :], len(self._socket.events)
        return [text for event in new if (text := self._error(event))]

    def _file(self, name: str) -> str:
        """What the browser writes of itself once it has started."""
        path, end = self.folder / "profile" / name, time.monotonic() + PATIENCE
        while not (path.is_file() and (text := path.read_text(encoding="utf-8"))):
            assert self._process.poll() is None, f"{self.name} has ended"
            assert time.monotonic() < end, f"{self.name} does not start"
            time.sleep(0.05)
        return text

    def open(self, page: str) -> None:
        raise NotImplementedError

    def resize(self, width: int, height: int) -> None:
        raise NotImplementedError

    def attach(self, css: str, files: list[str]) -> None:
        """Choose files in a field for them."""
        raise NotImplementedError

    def press(self, *keys: str) -> None:
        """`Tab`, `Enter`, or what is written."""
        raise NotImplementedError

    def before(self, script: str) -> None:
        """Run this in each page opened from now on, before its own scripts."""
        raise NotImplementedError

    def within(self, body: str) -> Any:
        """The same as `run`, in the frame of the page."""
        raise NotImplementedError

    def picture(self) -> bytes:
        """The whole page as a PNG."""
        raise NotImplementedError

    def requests(self) -> list[str]:
        """What pages and workers asked the network for, once the browser has ended."""
        raise NotImplementedError

    def _flags(self) -> list[str]:
        raise NotImplementedError

    def _environment(self, program: str) -> Mapping[str, str]:
        raise NotImplementedError

    def _address(self) -> str:
        raise NotImplementedError

    def _evaluated(self, script: str) -> str:
        raise NotImplementedError

    def _error(self, event: Found) -> str:
        raise NotImplementedError

    def _end(self) -> None:
        raise NotImplementedError


class Chromium(Browser):
    name = "Chromium"
    _KEYS: Mapping[str, Found] = {
        "Tab": {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9},
        "Enter": {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
    }

    def __init__(self, program: str, folder: Path) -> None:
        super().__init__(program, folder)
        for domain in ("Page", "Runtime", "Log"):
            self._socket.ask(f"{domain}.enable")
        self._socket.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))

    def _flags(self) -> list[str]:
        return [
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"),
            *(f"--user-data-dir={self.folder / 'profile'}", f"--log-net-log={self.folder / 'requests.json'}"),
            *("--remote-debugging-port=0", "about:blank"),
        ]

    def _environment(self, program: str) -> Mapping[str, str]:
        return {}

    def _address(self) -> str:
        (page,) = self._targets("page")
        return page

    def _targets(self, kind: str) -> list[str]:
        port, path = self._file("DevToolsActivePort").split()[:2]
        browser = Socket(f"ws://127.0.0.1:{port}{path}")
        found = browser.ask("Target.getTargets")["targetInfos"]
        browser.close()
        return [f"ws://127.0.0.1:{port}/devtools/page/{each['targetId']}" for each in found if each["type"] == kind]

    def open(self, page: str) -> None:
        before = len(self._socket.events)
        self._socket.ask("Page.navigate", url=page)
        self._socket.wait("Page.loadEventFired", before)

    def _evaluated(self, script: str, **where: int) -> str:
        found = self._socket.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True, **where
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return str(found["result"]["value"])

    def within(self, body: str) -> Any:
        script = f"JSON.stringify((() => {{ {body} }})() ?? null)"
        if frames := self._socket.ask("Page.getFrameTree")["frameTree"].get("childFrames"):
            world = self._socket.ask("Page.createIsolatedWorld", frameId=frames[0]["frame"]["id"])
            return json.loads(self._evaluated(script, contextId=world["executionContextId"]))
        (frame,) = map(Socket, self._targets("iframe"))  # one of a process of its own
        text = frame.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"]["value"]
        frame.close()
        return json.loads(text)

    def resize(self, width: int, height: int) -> None:
        self._socket.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def attach(self, css: str, files: list[str]) -> None:
        script = f"document.querySelector({json.dumps(css)})"
        field = self._socket.ask("Runtime.evaluate", expression=script)["result"]["objectId"]
        self._socket.ask("DOM.setFileInputFiles", files=files, objectId=field)

    def press(self, *keys: str) -> None:
        for key in keys:
            if key in self._KEYS:
                for type in ("keyDown", "keyUp"):
                    self._socket.ask("Input.dispatchKeyEvent", type=type, **self._KEYS[key])
            else:
                self._socket.ask("Input.insertText", text=key)

    def before(self, script: str) -> None:
        self._socket.ask("Page.addScriptToEvaluateOnNewDocument", source=script)

    def picture(self) -> bytes:
        found = self._socket.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(found["data"])

    def requests(self) -> list[str]:
        self.quit()
        text = (self.folder / "requests.json").read_text(encoding="utf-8").rstrip().rstrip(",")
        events = json.loads(text if text.endswith("}") else text + "]}")["events"]
        asked = [event["params"] for event in events if "url" in event.get("params", {})]
        # The browser's own have no origin.
        return [each["url"] for each in asked if each.get("initiator", "not an origin") != "not an origin"]

    def _error(self, event: Found) -> str:
        match event:
            case {"method": "Log.entryAdded", "params": {"entry": {"level": "error", "text": text}}}:
                return str(text)
            case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
                return str(details)
        return ""

    def _end(self) -> None:
        self._socket.ask("Browser.close")


class OldChromium(Chromium):
    """The one of npm's @sparticuz/chromium, which brings its libraries."""

    name = "Chromium 109"

    def _flags(self) -> list[str]:
        return ["--no-zygote", "--single-process", *super()._flags()]

    def _environment(self, program: str) -> Mapping[str, str]:
        return {"LD_LIBRARY_PATH": str(Path(program).with_name("aws") / "lib")}


class Firefox(Browser):
    name = "Firefox"
    _KEYS: Mapping[str, str] = {"Tab": "\ue004", "Enter": "\ue007"}
    #: No network, nothing asked of it by the browser itself, and downloads that ask nobody.
    _PREFERENCES: Mapping[str, object] = {
        "network.proxy.type": 1,
        "network.proxy.socks": "127.0.0.1",
        "network.proxy.socks_port": 9,
        "network.dns.disabled": True,
        "datareporting.policy.dataSubmissionEnabled": False,
        "browser.download.folderList": 2,
        "browser.download.always_ask_before_handling_new_types": False,
        "browser.download.useDownloadDir": True,
        "browser.download.alwaysOpenPanel": False,  # it would take the keyboard
        "browser.helperApps.neverAsk.saveToDisk": "application/octet-stream",
    }

    def __init__(self, program: str, folder: Path) -> None:
        super().__init__(program, folder)
        self._socket.ask("session.new", capabilities={})
        self._socket.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        # The first window is the browser's own, and has not the keyboard.
        self._page = self._socket.ask("browsingContext.create", type="window")["context"]
        self._socket.ask("browsingContext.activate", context=self._page)

    def _flags(self) -> list[str]:
        profile = self.folder / "profile"
        wanted = {**self._PREFERENCES, "browser.download.dir": str(self.downloads)}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        return ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]

    def _environment(self, program: str) -> Mapping[str, str]:
        return {"HOME": str(self.folder)}

    def _address(self) -> str:
        where = json.loads(self._file("WebDriverBiDiServer.json"))
        return f"ws://{where['ws_host']}:{where['ws_port']}/session"

    def open(self, page: str) -> None:
        self._socket.ask("browsingContext.navigate", context=self._page, url=page, wait="complete")

    def _evaluated(self, script: str, page: str = "") -> str:
        found = self._socket.ask(
            "script.evaluate", expression=script, awaitPromise=True, target={"context": page or self._page},
            userActivation=True,
        )  # fmt: skip
        assert found["type"] == "success", found
        return str(found["result"]["value"])

    def within(self, body: str) -> Any:
        (page,) = self._socket.ask("browsingContext.getTree", root=self._page)["contexts"]
        (frame,) = page["children"]
        return json.loads(self._evaluated(f"JSON.stringify((() => {{ {body} }})() ?? null)", frame["context"]))

    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._socket.ask("browsingContext.setViewport", context=self._page, viewport=viewport)

    def attach(self, css: str, files: list[str]) -> None:
        found = self._socket.ask(
            "browsingContext.locateNodes", context=self._page, locator={"type": "css", "value": css}
        )
        (node,) = found["nodes"]
        self._socket.ask("input.setFiles", context=self._page, element={"sharedId": node["sharedId"]}, files=files)

    def press(self, *keys: str) -> None:
        pressed = [self._KEYS[key]] if (key := keys[0]) in self._KEYS else list(key)
        actions = [{"type": type, "value": one} for one in pressed for type in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._socket.ask("input.performActions", context=self._page, actions=[source])
        if keys[1:]:
            self.press(*keys[1:])

    def before(self, script: str) -> None:
        self._socket.ask("script.addPreloadScript", functionDeclaration=f"() => {{ {script} }}")

    def picture(self) -> bytes:
        found = self._socket.ask("browsingContext.captureScreenshot", context=self._page, origin="document")
        return base64.b64decode(found["data"])

    def requests(self) -> list[str]:
        self.quit()
        asked = (event["params"] for event in self._socket.events if event["method"] == "network.beforeRequestSent")
        return [each["request"]["url"] for each in asked]

    def _error(self, event: Found) -> str:
        match event:
            case {"method": "log.entryAdded", "params": {"level": "error", "text": text}}:
                return str(text)
        return ""

    def _end(self) -> None:
        self._socket.ask("session.end")
        self._process.terminate()


def _installed(*names: str) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


#: The browsers, where they are, and how to get one that is not here.
BROWSERS: Mapping[type[Browser], tuple[str | None, str]] = {
    Chromium: (_installed("chromium", "chromium-browser", "google-chrome"), "apt-get install chromium"),
    OldChromium: (
        _installed(os.environ.get("PROCURE_CHROMIUM_109", "")),
        "PROCURE_CHROMIUM_109 names no program: get one with .ci/chromium-109",
    ),
    Firefox: (_installed("firefox-esr", "firefox"), "apt-get install firefox-esr"),
}
