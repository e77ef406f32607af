"""The page for a client in a real browser: drawn at the size of a phone, a desktop and paper, with nothing cut off.

The pictures stay in the folder that BROWSER_PICTURES names, for people to look at.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from helpers.command import ROOT, run

SIZES = {"phone": (500, 900), "desktop": (1280, 900)}
"""A window of Chromium is no narrower than 500."""
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage")


def chromium(*args: str, folder: Path) -> None:
    """Let the browser do one thing."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "chromium")
    profile = f"--user-data-dir={folder / 'profile'}"
    subprocess.run([found, *_QUIET, profile, *args], check=True, capture_output=True, timeout=120)


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_drawn(tmp_path: Path, lang: str) -> None:
    """A picture of each size, none of one colour; on paper every amount of the page is there."""
    page = tmp_path / "page.html"
    run("report", str(ROOT / "examples" / "individual-shop.toml"), "-o", str(page), "--lang", lang)
    kept = Path(os.environ.get("BROWSER_PICTURES", tmp_path))
    for name, (width, height) in SIZES.items():
        picture = kept / f"{name}-{lang}.png"
        chromium(f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri(), folder=tmp_path)
        content = picture.read_bytes()
        assert struct.unpack(">II", content[16:24]) == (width, height)
        assert len(content) > 20_000
    paper = kept / f"paper-{lang}.pdf"
    chromium("--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri(), folder=tmp_path)
    assert paper.read_bytes().count(b"/Type /Page\n") >= 1
    if shutil.which("pdftotext"):
        printed = subprocess.run(
            ["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True
        ).stdout
        amounts = set(
            re.findall(
                r"\d[\d,]*\.\d\d",
                re.sub(r"<style.*?</style>|<[^>]*>", " ", page.read_text(encoding="utf-8"), flags=re.S),
            )
        )
        assert amounts
        assert {one for one in amounts if one not in printed} == set()
