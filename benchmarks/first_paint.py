"""How long an owner with a slow line looks at nothing: the first visit of the page, and the second.

A real Chromium at 360 × 740, its line held at 400 kbit/s with 100 ms there and back, its processor
four times slower; from the address entered to the first contentful paint, until the page can be
written in, and the bytes that came.

    python -m benchmarks.first_paint [--visits N]
"""

import argparse
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.support.installation import Installation

BYTES_A_SECOND = 400 * 1000 // 8
LATENCY_MILLISECONDS = 100
SLOWER = 4
PHONE = {"width": 360, "height": 740}
CHROMIUM = Path("/usr/bin/chromium")


@dataclass(frozen=True)
class Visit:
    """Milliseconds to the first paint and until the owner can write; bytes over the line."""

    paint: float
    ready: float
    weight: int


def main() -> None:
    """Visits an installation of its own and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=9)
    visits = parser.parse_args().visits
    with tempfile.TemporaryDirectory(prefix="donghanh-") as folder:
        installation = Installation(Path(folder))
        installation.start()
        try:
            installation.wait_until_ready()
            first, second = _visits(installation.url, visits)
        finally:
            installation.stop()
    print("| visit | first paint ms | can be written in ms | bytes |")
    print("|---|---|---|---|")
    _print("first", first)
    _print("second", second)


def _visits(url: str, count: int) -> tuple[list[Visit], list[Visit]]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=["--no-sandbox"]
        )
        pairs = [_twice(chromium, url) for _ in range(count)]
        chromium.close()
    return [first for first, _ in pairs], [second for _, second in pairs]


def _twice(browser: Browser, url: str) -> tuple[Visit, Visit]:
    context = browser.new_context(viewport=PHONE)
    visits = _visit(context, url), _visit(context, url)
    context.close()
    return visits


def _visit(context: BrowserContext, url: str) -> Visit:
    page = context.new_page()
    line = context.new_cdp_session(page)
    weight = 0

    def came(event: dict[str, float]) -> None:
        nonlocal weight
        weight += int(event["encodedDataLength"])

    line.on("Network.loadingFinished", came)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MILLISECONDS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="load")
    page.locator("#send:enabled").wait_for()
    ready = page.evaluate("performance.now()")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.close()
    return Visit(paint, ready, weight)


def _print(name: str, visits: list[Visit]) -> None:
    paint = statistics.median(visit.paint for visit in visits)
    ready = statistics.median(visit.ready for visit in visits)
    weight = statistics.median(visit.weight for visit in visits)
    print(f"| {name} | {paint:.0f} | {ready:.0f} | {weight:.0f} |")


if __name__ == "__main__":
    main()
