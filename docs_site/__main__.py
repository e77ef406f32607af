"""Writes the sources of the site into a folder, where sphinx draws them: `python -m docs_site FOLDER`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from docs_site import ROOT
from docs_site.pages import commands_page, pages
from docs_site.sources import LANGS


def main(folder: Path) -> None:
    """Write every page, the pictures, and what tells sphinx how."""
    shutil.rmtree(folder, ignore_errors=True)
    made = [*pages(), *((f"{lang}/commands.md", commands_page(lang)) for lang in LANGS)]
    for path, text in made:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    shutil.copytree(ROOT / "docs" / "images", folder / "docs" / "images")
    for name in ("conf.py", "search.py"):
        shutil.copy(ROOT / "docs_site" / "sphinx" / name, folder / name)
    print(f"{len(made)} pages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
