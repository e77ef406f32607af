"""What the pages for users show: commands, what they print, and pictures of that."""

from __future__ import annotations

import functools
import html
import io
import re
import shlex
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from helpers.command import ROOT, here

PAGES = tuple(
    ROOT / name
    for name in (
        "README.md",
        "README.zh-CN.md",
        *(f"docs/{page}.md" for page in ("usage", "advice", "tables", "returns", "reports", "law", "programs")),
        *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs" / "guide").glob("*.md"))),
    )
)
COLUMNS = "80"
_BLOCK = re.compile(r"```(sh|console|python)\n(.*?)```", re.DOTALL)
_OUTPUT = re.compile(r"(?<=```console\n)\$ (.*)\n((?:(?!```).*\n)*)")
_TABLES = re.compile(r"(tables|数据版本) [0-9a-f]{8}")
PICTURED = "advise --period 2026Q1 --vat-payer small_scale --place city --revenue 298500"
_TERMINAL = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: arial; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""As the library draws it, without the fonts that it would fetch."""


def blocks(page: Path, *kinds: str) -> list[str]:
    """The blocks of code of these kinds on a page."""
    return [text for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if kind in kinds]


def commands(page: Path) -> list[str]:
    """The commands on a page, but those that set up."""
    each = [one for block in blocks(page, "console") for one in re.findall(r"(?m)^\$ (.*)$", block)]
    for block in blocks(page, "sh"):
        each += re.split(r"\n(?=taxcalc|make |\. |echo|cat )", block.strip())
    return [command for command in each if not command.startswith(("make ", ". .venv"))]


SHOWN = frozenset(re.sub(r"\s+# .*", "", command) for page in PAGES for command in commands(page))


class Output(NamedTuple):
    """What a page shows of a command."""

    command: str
    text: str


def outputs(page: Path) -> list[Output]:
    """What a page shows."""
    return [Output(*found) for found in _OUTPUT.findall(page.read_text(encoding="utf-8"))]


def lang_of(page: Path) -> str:
    """The language of a page."""
    return "zh" if page.name.endswith(".zh-CN.md") else "en"


@functools.cache
def printed(command: str, lang: str, **speaks: str) -> str:
    """What a command prints on a terminal of 80 columns, without blanks at the ends of lines."""
    locale = "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8"
    with chdir(ROOT):
        done = here(*shlex.split(command)[1:], speaks={"LANG": locale, "COLUMNS": COLUMNS, **speaks})
    assert done.code in (0, 1), done.err
    return "\n".join(line.rstrip() for line in done.out.decode().splitlines()) + "\n"


def same(text: str) -> str:
    """A text without the version of the tables, which changes with every one of them."""
    return _TABLES.sub(r"\1 ········", text)


def with_outputs(page: Path) -> str:
    """The page with what its commands print now."""
    lang = lang_of(page)
    text = page.read_text(encoding="utf-8")
    return _OUTPUT.sub(lambda found: f"$ {found[1]}\n{printed(found[1], lang)}", text)


def picture(lang: str) -> str:
    """A picture of the terminal in SVG: the program at one command."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    def wide(found: re.Match[str]) -> str:  # the library counts characters, of which ours are two cells wide
        cells = cell_len(html.unescape(found[3]))
        return f'textLength="{cells * 12.2:.1f}"{found[2]}>{found[3]}</text>'

    console = Console(
        record=True, width=int(COLUMNS), file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    said = printed(f"taxcalc {PICTURED}", lang, FORCE_COLOR="1", TERM="xterm-256color")
    console.print(Text(f"$ taxcalc {PICTURED}\n", "bold"), soft_wrap=False)
    console.print(Text.from_ansi(said.rstrip().rpartition("\n")[0].rstrip()))  # without the version of the tables
    drawn = console.export_svg(title="taxcalc advise", code_format=_TERMINAL, unique_id="taxcalc")
    drawn = re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>', wide, drawn)
    return re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)


PICTURES = {ROOT / "docs" / "images" / f"advise.{lang}.svg": lang for lang in ("en", "zh")}


def write() -> None:
    """Write every page and picture anew."""
    for page in PAGES:
        page.write_text(with_outputs(page), encoding="utf-8")
    for path, lang in PICTURES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(picture(lang), encoding="utf-8")


if __name__ == "__main__":
    write()
