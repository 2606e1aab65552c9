"""What a browser fetches for any page: one style sheet, one script, one sheet of pictures, fonts."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import Storage

from shared import bundles
from shared.bundles import ALL_SCRIPTS, ALL_SHEETS, ALL_SPRITES, SCRIPTS, SHEETS, SPRITES

MOST_PACKED_KB = {ALL_SHEETS: 50, ALL_SCRIPTS: 25, ALL_SPRITES: 20}
FONTS = 3


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """The parts and what is made of them, in a folder of their own."""
    folder = tmp_path_factory.mktemp("static")
    storage = bundles.BundledStorage(location=str(folder), base_url="/static/")
    paths: dict[str, tuple[Storage, str]] = {}
    pictures = finders.find("dkfds/img/svg-icons/chevron-down.svg")
    assert pictures, "the front-end packages are not set up"
    for name in (*SHEETS, *SCRIPTS, *SPRITES, *named_in_sheets()):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(Path(finders.find(name) or name).read_bytes())
        paths[name] = (storage, name)
    storage.manifest_strict = False
    failed = [error for _, _, error in storage.post_process(paths) if isinstance(error, Exception)]
    assert failed == []
    return folder


def named_in_sheets() -> set[str]:
    """The pictures and fonts that the design system's sheets ask for."""
    sheets = [
        Path(finders.find(f"dkfds/css/{one}.css") or "").read_text()
        for one in ("fonts", "dkfds.layer")
    ]
    found = {
        name for sheet in sheets for name in re.findall(r"\.\./((?:img|fonts)/[^)\"#?]+)", sheet)
    }
    return {f"dkfds/{name}" for name in found}


@pytest.mark.parametrize("name", list(MOST_PACKED_KB))
def test_each_bundle_is_there_once_and_light(collected, name) -> None:
    made = (collected / name).read_bytes()

    assert len(gzip.compress(made, 6)) < MOST_PACKED_KB[name] * 1000


def test_the_bundles_hold_their_parts_in_order(collected) -> None:
    sheet, script = ((collected / name).read_text() for name in (ALL_SHEETS, ALL_SCRIPTS))

    assert sheet.index("@layer dkfds") < sheet.index("--kf-brand:") < sheet.index("@page")
    assert script.index("htmx") < script.index("closeMenus") < script.index("rowInUse")


def test_the_pictures_of_forms_stand_inside_the_sheet_and_all_symbols_in_one_file(
    collected,
) -> None:
    assert "svg-icons/chevron-down.svg" not in (collected / ALL_SHEETS).read_text()
    picture = (collected / ALL_SPRITES).read_text()
    for symbol in ("search", "calendar-month", "over", "handover"):
        assert picture.count(f'id="{symbol}"') == 1
    assert picture.count("<svg") == 1


def test_three_cuts_of_the_font_are_all_that_a_page_may_ask_for(collected) -> None:
    assert (collected / ALL_SHEETS).read_text().count("@font-face") == FONTS
