"""Opens a report in headless Chromium as a phone, a desktop and a printer would, and looks for faults.

    python3 Tests/Reference/render_report.py report.html [FOLDER]

Fails, with a line for each fault, if the page asks for anything from elsewhere, if the console tells
an error, if a page is wider than its screen, if texts of a drawing overlap, leave it or are too small
to read, if a drawing has no words, or if light and dark look the same. With FOLDER it leaves pictures
of the page there (phone and desktop, light and dark) and what it prints as PDF.

Needs Chromium (or CHROMIUM=path) and nothing but Python's own library.
"""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

SCREENS = {"phone": (390, 844, 2), "desktop": (1280, 900, 1)}
LEAST_TEXT = 8.0  # [px] on a phone

# What a page tells of itself.
FAULTS = """
(() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width)
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide on ${width} px`);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of ids.filter((id, i) => ids.indexOf(id) != i)) faults.push(`two elements ${id}`);
  for (const svg of document.querySelectorAll('svg')) {
    const name = svg.querySelector('title')?.textContent ?? '';
    if (!name || !svg.querySelector('desc')?.textContent || svg.getAttribute('role') != 'img')
      faults.push(`a drawing says nothing in words: ${name}`);
    const frame = svg.getBoundingClientRect();
    if (frame.width < 50) continue;
    const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
      .map(t => ({ t, r: t.getBoundingClientRect() }));
    for (const { t, r } of texts) {
      const slack = 0.75;
      if (r.left < frame.left - slack || r.right > frame.right + slack
          || r.top < frame.top - slack || r.bottom > frame.bottom + slack)
        faults.push(`${name}: "${t.textContent}" leaves the drawing`);
      const size = parseFloat(getComputedStyle(t).fontSize)
        * frame.width / svg.viewBox.baseVal.width;
      if (size < LEAST) faults.push(`${name}: "${t.textContent}" is ${size.toFixed(1)} px high`);
    }
    // Letters have room above and below them in their boxes.
    for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
      const [a, b] = [texts[i].r, texts[j].r];
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const [ax, ay] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
      const upright = a.height > a.width || b.height > b.width;
      if (x > (upright ? 0.25 * ax : 1) && y > (upright ? 1 : 0.35 * ay))
        faults.push(`${name}: "${texts[i].t.textContent}" lies on "${texts[j].t.textContent}"`);
    }
  }
  return faults;
})()
""".replace("LEAST", str(LEAST_TEXT))


class Browser:
    """Chromium, spoken to through a pair of pipes."""

    def __init__(self, program, home):
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        def connect():
            # What it reads and writes are 3 and 4.
            os.dup2(to_browser, 198)
            os.dup2(from_browser, 199)
            os.dup2(198, 3)
            os.dup2(199, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-dev-shm-usage", "--force-color-profile=srgb", f"--user-data-dir={home}",
             "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.count = 0
        self.buffer = b""
        self.events = []

    def read(self):
        while b"\0" not in self.buffer:
            part = os.read(self.input, 1 << 20)
            if not part:
                raise SystemExit("render_report: Chromium ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.output, data):]
        while True:
            answer = self.read()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise SystemExit(f"render_report: {method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read())

    def close(self):
        self.process.terminate()
        self.process.wait(20)


def faults_of(events, address):
    """What the browser told about the page."""
    for event in events:
        method, told = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent" and told["request"]["url"] != address:
            yield f"a request for {told['request']['url']}"
        elif method == "Runtime.exceptionThrown":
            yield f"an exception: {told['exceptionDetails']['text']}"
        elif method == "Runtime.consoleAPICalled":
            yield f"the console: {told['args']}"
        elif method == "Log.entryAdded":
            yield f"the log: {told['entry']['text']}"


def main(page, folder):
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which(
        "chromium-browser") or shutil.which("google-chrome")
    if not program:
        raise SystemExit("render_report: no Chromium; name one in CHROMIUM")
    address = Path(page).resolve().as_uri()

    def give_up(*_):
        raise SystemExit("render_report: Chromium took more than five minutes")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(300)
    faults = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        browser = Browser(program, home)
        try:
            target = browser.call("Target.createTarget", url="about:blank")["targetId"]
            session = browser.call(
                "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

            def call(method, **parameters):
                return browser.call(method, session, **parameters)

            def evaluate(script):
                result = call("Runtime.evaluate", expression=script, returnByValue=True)
                if "exceptionDetails" in result:
                    raise SystemExit(f"render_report: {result['exceptionDetails']}")
                return result["result"].get("value")

            for domain in ["Page", "Network", "Runtime", "Log"]:
                call(f"{domain}.enable")
            grounds = {}
            for screen, (width, height, scale) in SCREENS.items():
                call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                     deviceScaleFactor=scale, mobile=screen == "phone")
                for scheme in ["light", "dark"]:
                    call("Emulation.setEmulatedMedia", media="screen",
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
                    browser.events.clear()
                    call("Page.navigate", url=address)
                    browser.wait("Page.loadEventFired")
                    name = f"{screen}-{scheme}"
                    faults += [f"{name}: {f}" for f in faults_of(browser.events, address)]
                    # What is folded must be readable, too.
                    evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                    faults += [f"{name}: {f}" for f in evaluate(FAULTS)]
                    evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
                    grounds[name] = evaluate(
                        "[['body', 'backgroundColor'], ['svg text', 'fill'], ['svg .frame',"
                        " 'stroke']].map(([name, key]) => {const e = document.querySelector(name);"
                        " return e ? getComputedStyle(e)[key] : ''})")
                    if not folder:
                        continue
                    size = call("Page.getLayoutMetrics")["cssContentSize"]
                    # Long pages come in pieces that a viewer can show.
                    top, piece = 0, 0
                    while top < size["height"]:
                        part = min(2400, size["height"] - top)
                        shot = call(
                            "Page.captureScreenshot", format="png", captureBeyondViewport=True,
                            clip={"x": 0, "y": top, "width": size["width"], "height": part,
                                  "scale": 1})
                        (folder / f"{name}-{piece}.png").write_bytes(
                            base64.b64decode(shot["data"]))
                        top, piece = top + 2400, piece + 1
                light, dark = grounds[f"{screen}-light"], grounds[f"{screen}-dark"]
                if any(a == b for a, b in zip(light, dark)):
                    faults.append(f"{screen}: light {light} and dark {dark} share a colour")
            # A reader who likes it dark prints on white paper all the same.
            call("Emulation.clearDeviceMetricsOverride")
            call("Emulation.setEmulatedMedia", media="print",
                 features=[{"name": "prefers-color-scheme", "value": "dark"}])
            printed = evaluate("getComputedStyle(document.body).backgroundColor")
            if printed != "rgb(255, 255, 255)":
                faults.append(f"print: the ground is {printed}")
            if folder:
                sheet = call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69,
                             printBackground=True)
                (folder / "print.pdf").write_bytes(base64.b64decode(sheet["data"]))
        finally:
            browser.close()
    for fault in faults:
        print(fault)
    if faults:
        raise SystemExit(1)
    print(f"{page}: no faults")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        raise SystemExit(__doc__)
    pictures = Path(sys.argv[2]) if len(sys.argv) == 3 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    main(sys.argv[1], pictures)
