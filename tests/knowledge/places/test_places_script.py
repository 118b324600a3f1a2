"""`scripts/places`: what it writes of the package's data is a file that is read."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.knowledge.places.place_file import read_places
from bot.settings import ROOT

NEW = [
    ("tinhtayninh", "80", "Tỉnh Tây Ninh", "xathuthua", "28036", "Xã Thủ Thừa"),
    ("tinhtayninh", "80", "Tỉnh Tây Ninh", "xanhuttao", "28051", "Xã Nhựt Tảo"),
    ("thanhphohue", "46", "Thành phố Huế", "phuongx", "19774", "Phường Thuận Hóa"),
]
LONG_AN = ("tinhlongan", "huyenthuthua", "Huyện Thủ Thừa", "Tỉnh Long An")
OLD = [
    ("thitranthuthua", "Thị trấn Thủ Thừa", *LONG_AN),
    ("xanhithanh", "Xã Nhị Thành", *LONG_AN),
    ("xalactan", "Xã Lạc Tấn", "tinhlongan", "huyentantru", "Huyện Tân Trụ", "Tỉnh Long An"),
    (None, None, "tinhtayninh", "huyendao", "Huyện Đảo", "Tỉnh Tây Ninh"),
    ("phuongy", "Phường Y", "thanhphohue", "quany", "Quận Y", "Thành phố Huế"),
]
HALVES = [{"newWardKey": "xathuthua"}, {"newWardKey": "xanhuttao"}]
CHANGES = {
    "DICT_PROVINCE": {
        "tinhtayninh": ["tinhtayninh", "tinhlongan"],
        "thanhphohue": ["thanhphohue"],
    },
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "tinhtayninh": {"xanhuttao": ["tinhlongan_huyentantru_xalactan", "tinhtayninh_huyendao_"]},
        "thanhphohue": {"phuongx": ["thanhphohue_quany_phuongy"]},
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "tinhtayninh": {
            "tinhlongan_huyenthuthua_thitranthuthua": HALVES,
            "tinhlongan_huyenthuthua_xanhithanh": HALVES,
        }
    },
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The folder of a package of the same name, with a few units as the real one has them."""
    data = tmp_path / "vietnamadminunits" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise RuntimeError('not to be imported')\n")
    about = tmp_path / "vietnamadminunits-1.0.4.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: vietnamadminunits\nVersion: 1.0.4\n")
    (data / "converter_2025.json").write_text(json.dumps(CHANGES))
    with closing(sqlite3.connect(data / "dataset.db")) as base, base:
        base.execute(
            "CREATE TABLE admin_units"
            " (provinceKey, provinceCode, province, wardKey, wardCode, ward)"
        )
        base.execute(
            "CREATE TABLE admin_units_legacy"
            " (wardKey, ward, provinceKey, districtKey, district, province)"
        )
        base.executemany("INSERT INTO admin_units VALUES (?, ?, ?, ?, ?, ?)", NEW)
        base.executemany("INSERT INTO admin_units_legacy VALUES (?, ?, ?, ?, ?, ?)", OLD)
    return tmp_path


def run(package: Path, province: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        [sys.executable, ROOT / "scripts" / "places", province],
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("wished", ["80", "Tây Ninh", "tỉnh tây ninh"])
def test_it_writes_the_province_that_is_wished(package: Path, tmp_path: Path, wished: str) -> None:
    ran = run(package, wished)
    file = tmp_path / "places.yml"
    file.write_text(ran.stdout, "utf-8")

    places = read_places(file)

    assert ran.stderr == ""
    assert places.home is not None
    assert (places.home.name, places.home.former) == ("Tỉnh Tây Ninh", ("Tỉnh Long An",))
    assert [one.name for one in places.communes] == ["Xã Thủ Thừa", "Xã Nhựt Tảo"]
    assert "vietnamadminunits 1.0.4 (giấy phép MIT" in ran.stdout
    assert "Đối chiếu: chưa" in ran.stdout


def test_what_was_divided_stands_with_each_and_what_is_mended_with_one(
    package: Path, tmp_path: Path
) -> None:
    file = tmp_path / "places.yml"
    file.write_text(run(package, "80").stdout, "utf-8")

    thu_thua, nhut_tao = read_places(file).communes

    assert thu_thua.former == ("Thị trấn Thủ Thừa, Huyện Thủ Thừa, Tỉnh Long An",)
    assert nhut_tao.former == (
        "Xã Lạc Tấn, Huyện Tân Trụ, Tỉnh Long An",
        "Huyện Đảo, Tỉnh Tây Ninh",
    )
    assert thu_thua.parts == nhut_tao.parts == ("Xã Nhị Thành, Huyện Thủ Thừa, Tỉnh Long An",)


def test_no_province_is_told_with_those_that_are_there(package: Path) -> None:
    ran = run(package, "Long An")
    assert ran.returncode == 1
    assert "Thành phố Huế, Tỉnh Tây Ninh" in ran.stderr


def test_without_the_package_it_says_how_to_bring_it(tmp_path: Path) -> None:
    ran = run(tmp_path, "80")
    assert ran.returncode == 1
    assert "uv run --with vietnamadminunits" in ran.stderr
