"""Draws a document as PDF through Typst (`pip install taxcalc-cn[pdf]`). The template is fixed and the document is data, so
nothing of the input becomes markup, and the same document gives the same bytes."""

from __future__ import annotations

import functools
import json
from base64 import b64decode
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from taxcalc.base.problem import InputError, problem
from taxcalc.report.document import (
    Block,
    Cell,
    Chart,
    Command,
    Document,
    Paragraph,
    Picture,
    Remark,
    Row,
    Step,
    Table,
    Text,
)
from taxcalc.report.html import NOBODY, Letterhead
from taxcalc.report.pdf_template import TEMPLATE
from taxcalc.report.shapes import Json

if TYPE_CHECKING:
    import typst

FONTS = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "Noto Serif CJK SC", "Songti SC", "SimSun"),
)
"""Fonts with Chinese, the first that is there is taken; none comes with Typst."""


def as_pdf(document: Document, letterhead: Letterhead = NOBODY) -> bytes:
    """The whole document. Raises InputError where Typst or a Chinese font is missing."""
    program = compiler()
    data = json.dumps(_data(document, letterhead, _font()))
    try:
        made = program.compile(TEMPLATE.encode(), sys_inputs={"data": data}, format="pdf")
    except RuntimeError as error:  # a mark that only begins like a picture
        raise InputError([problem("output_failed", why=str(error).partition("\n")[0])]) from None
    assert isinstance(made, bytes)
    return made


@functools.cache
def compiler() -> typst.Compiler:
    """Kept, since it reads all fonts first. Raises InputError where there is none."""
    try:
        import typst
    except ImportError:
        raise InputError([problem("pdf_missing")]) from None
    return typst.Compiler()


@functools.cache
def _font() -> str:
    import typst

    return chinese_font(typst.Fonts().families())


def chinese_font(there: Iterable[str]) -> str:
    """The font to write in, of those that are there. Raises InputError: without one there would be boxes."""
    names = {name.casefold() for name in there}
    found = next((name for name in FONTS if name.casefold() in names), None)
    if found is None:
        raise InputError([problem("font_missing", fonts=list(FONTS[:4]))])
    return found


def _data(document: Document, letterhead: Letterhead, font: str) -> dict[str, Json]:
    return {
        "lang": document.lang,
        "font": font,
        "office": letterhead.office,
        "mark": [*b64decode(letterhead.mark.partition(",")[2])],
        "title": _text(document.title),
        "subtitle": document.subtitle,
        "headline": [_text(line) for line in document.headline],
        "cautions": [_text(remark.text) for remark in document.cautions],
        "sections": [
            {"title": one.title, "level": one.level, "blocks": [_block(block) for block in one.blocks]}
            for one in document.sections
        ],
        "footer": document.footer,
    }


def _text(text: Text) -> Json:
    return [[span.text, span.role] for span in text]


def _block(block: Block) -> dict[str, Json]:
    match block:
        case Table():
            total = [_row(block.total)] if block.total else []
            return {
                "kind": "table",
                "heads": block.heads,
                "rows": [*map(_row, block.rows)],
                "total": total,
                "note": block.note,
            }
        case Chart():
            return {"kind": "chart", **_chart(block)}
        case Remark():
            mark = block.mark if block.number is None else f"[{block.number}]"
            return {"kind": "remark", "mark": mark, "text": _text(block.text), "below": block.below}
        case Step():
            below = [span.text for span in block.below]
            return {"kind": "remark", "mark": "", "text": _text(block.text), "below": below}
        case Command():
            return {"kind": "text", "text": [[" ".join(block.words), ""]]}
        case Picture():
            return {"kind": "text", "text": [["\n".join(block.lines), ""]]}
        case Paragraph():
            return {"kind": "text", "text": _text(block.text)}


def _row(row: Row) -> dict[str, Json]:
    return {"label": _text(row.label), "below": row.remarks, "cells": [*map(_cell, row.cells)]}


def _cell(cell: Cell) -> Json:
    return [cell.text, cell.role]


def _chart(chart: Chart) -> dict[str, Json]:
    bars: list[Json] = []
    for bar, (first, last) in zip(chart.bars, chart.shares(), strict=True):
        bars.append(
            {"label": _text(bar.label), "cell": _cell(bar.cell), "start": _part(first), "width": _part(last - first)}
        )
    limit = chart.limit_share()
    return {"heads": chart.heads, "bars": bars, "limit": None if limit is None else _part(limit), "note": chart.note}


def _part(share: Fraction) -> int:
    """In hundredths of a percent."""
    return round(share * 10_000)
