"""Devices by the line that browsers say of themselves."""

import pytest

from bot.domain.office.device import Device, device_of

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", Device("Chrome", "Windows")),
        (f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Edg/142.0", Device("Edge", "Windows")),
        (f"Mozilla/5.0 (Linux; Android 15) {CHROME}", Device("Chrome", "Android")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
            Device("Safari", "iPhone"),
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", Device("Firefox", "Linux")),
        ("", Device("", "")),
        ("<script>", Device("", "")),
    ],
)
def test_a_line_names_browser_and_system(agent: str, device: Device) -> None:
    assert device_of(agent) == device
