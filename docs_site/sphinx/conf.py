"""How sphinx draws the site. Nothing is fetched, neither here nor by a reader."""

import sys
from pathlib import Path

from sphinx.search import languages

sys.path.insert(0, str(Path(__file__).parent))
languages["zh"] = "search.Pairs"

project = "taxcalc"
language = "zh_CN"
extensions = ["myst_parser"]
root_doc = "index"
html_theme = "furo"
html_title = "taxcalc"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "misc.highlighting_failure", "toc.not_included"]
