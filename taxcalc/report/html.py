"""Draws a document as one self-contained page: no script, nothing fetched, nothing of the input becomes markup.

The same document gives the same bytes. It prints on A4, and without colour or pictures it says all that it says with them.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from fractions import Fraction
from html import escape
from typing import NamedTuple

from taxcalc.base.problem import Lang
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
    Section,
    Span,
    Step,
    Table,
    Text,
    words_of,
)
from taxcalc.report.html_style import STYLE

_CITED = re.compile(r"\[(\d+)\]")
_STRONG = ("peak", "strong", "open")
_MARKS = {"·": "", "?": "asked", "!": "warned", "": "plain"}


class Letterhead(NamedTuple):
    """Who hands a page over: the name of the office, and its mark as a data URI; both may be empty."""

    office: str = ""
    mark: str = ""


NOBODY = Letterhead()


def data_uri(picture: bytes) -> str | None:
    """A PNG or JPEG picture as part of a page; None for anything else, which could hold more than a picture."""
    kinds = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
    kind = next((kind for start, kind in kinds.items() if picture.startswith(start)), None)
    return f"data:image/{kind};base64,{b64encode(picture).decode('ascii')}" if kind else None


def as_html(document: Document, letterhead: Letterhead = NOBODY) -> str:
    """The whole page as text, ending in a newline."""
    sources = document.section("sources")
    numbers = [block.number for block in sources.blocks if isinstance(block, Remark)] if sources else []
    return page(
        document.lang, words_of(document.title), letterhead, document.footer, _Page({*map(str, numbers)}).body(document)
    )


def as_fragment(document: Document) -> str:
    """What stands on the page, as a part of another: the style keeps to it, and nothing on it is linked to."""
    style = STYLE.replace(":root{", ":scope{").replace("body{", ":scope{")
    lang = "zh-CN" if document.lang == "zh" else "en"
    body = [*_Page(set()).body(document), f"<footer>{escape(document.footer)}</footer>"]
    return "\n".join(
        [f'<div class="taxcalc" lang="{lang}"><style>@scope (.taxcalc){{{style}}}</style>', *body, "</div>\n"]
    )


def page(lang: Lang, title: str, letterhead: Letterhead, footer: str, body: Iterable[str]) -> str:
    """A page around its body, which is markup already; all else is text."""
    office = f"{letterhead.mark and _mark(letterhead)}<span>{escape(letterhead.office)}</span>"
    head = [f'<header class="office">{office}</header>'] if any(letterhead) else []
    named = " ".join(title.split())
    whole = [
        "<!DOCTYPE html>",
        f'<html lang="{"zh-CN" if lang == "zh" else "en"}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">",
        f"<title>{escape(' · '.join(filter(None, (named, letterhead.office))))}</title>",
        f"<style>{STYLE}@page{{@bottom-left{{content:{_css(f'{named} · {footer}')}}}}}</style></head>",
        "<body>",
        *head,
        "<main>",
        *body,
        "</main>",
        f"<footer>{escape(footer)}</footer>",
        "</body></html>",
    ]
    return "\n".join(whole) + "\n"


def _mark(letterhead: Letterhead) -> str:
    return f'<img src="{escape(letterhead.mark)}" alt="">'


def _css(text: str) -> str:
    """A string of CSS: whatever is no letter, digit or blank as its number."""
    return '"' + "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):06x}" for sign in text) + '"'


class _Page:
    """Draws the blocks of one document; sources that it lists are linked where they are cited."""

    def __init__(self, sources: set[str]) -> None:
        self._sources = sources

    def body(self, document: Document) -> Iterator[str]:
        yield f"<h1>{self._text(document.title)}</h1>"
        yield f'<p class="who">{escape(document.subtitle)}</p>' if document.subtitle else ""
        yield from (f'<p class="headline">{self._text(line)}</p>' for line in document.headline)
        yield from (f'<p class="caution" role="note">{self._text(remark.text)}</p>' for remark in document.cautions)
        for section in document.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[str]:
        id = "-".join(section.id.split()).lower()
        yield f'<section id="{escape(id)}" class="level{section.level}">'
        if section.title:
            yield f"<h{section.level}>{escape(section.title)}</h{section.level}>"
        listed = False
        for block in section.blocks:
            if isinstance(block, Remark | Step) != listed:
                listed = not listed
                yield "<ul>" if listed else "</ul>"
            yield from self._block(block)
        yield "</ul>" if listed else ""
        yield "</section>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Table():
                yield from self._table(block)
            case Chart():
                yield from self._chart(block)
            case Remark():
                below = "".join(f"<br><small>{self._linked(line)}</small>" for line in block.below)
                named = f' id="source-{block.number}"' if block.number is not None else ""
                number = f'<span class="number">[{block.number}]</span> ' if block.number is not None else ""
                kind = "numbered" if number else _MARKS[block.mark]
                yield f'<li{named} class="{kind}">{number}{self._text(block.text)}{below}</li>'
            case Paragraph():
                yield f"<p>{self._text(block.text)}</p>"
            case Picture():
                yield f"<pre>{escape(chr(10).join(block.lines))}</pre>"
            case Command():
                yield f"<pre>{escape(' '.join(block.words))}</pre>"
            case Step():
                below = "".join(f"<br><small>{self._span(span)}</small>" for span in block.below)
                yield f'<li class="plain" style="margin-left:{block.depth}em">{self._text(block.text)}{below}</li>'

    def _table(self, table: Table) -> Iterator[str]:
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
        yield f"<table><thead><tr>{heads}</tr></thead>" if table.heads else "<table>"
        yield "<tbody>"
        yield from (self._row(row, table.heads) for row in table.rows)
        yield "</tbody>"
        if table.total:
            yield f"<tfoot>{self._row(table.total, table.heads)}</tfoot>"
        yield "</table>"
        yield f'<p class="note">{escape(table.note)}</p>' if table.note else ""

    def _row(self, row: Row, heads: tuple[str, ...], bar: str = "") -> str:
        """The label with its remarks, then the figures; each figure knows its heading, for a narrow screen."""
        remarks = "".join(f"<br><small>{self._linked(remark)}</small>" for remark in row.remarks)
        named = [*heads[1:], *([""] * len(row.cells))]
        cells = "".join(self._cell(cell, head) for cell, head in zip(row.cells, named, strict=False))
        return f'<tr><th scope="row">{self._text(row.label)}{remarks}</th>{bar}{cells}</tr>'

    def _cell(self, cell: Cell, head: str) -> str:
        if not cell.text:
            return '<td class="none"></td>'
        return f'<td class="{cell.role}" data-head="{escape(head)}">{escape(cell.text)}</td>'

    def _chart(self, chart: Chart) -> Iterator[str]:
        """A table with a bar in each row, which says no more than its label and its figure."""
        label, figure = map(escape, chart.heads)
        heads = f'<th scope="col">{label}</th><td></td><th scope="col">{figure}</th>'
        yield f'<table class="chart"><thead><tr>{heads}</tr></thead><tbody>'
        across = chart.limit_share()
        limit = "" if across is None else _line(across)
        for bar, (first, last) in zip(chart.bars, chart.shares(), strict=True):
            drawn = _svg(
                f'<rect class="{bar.cell.role}" x="{_part(first)}" width="{_part(last - first)}" height="14"/>{limit}'
            )
            yield self._row(Row(bar.label, (bar.cell,)), chart.heads, f'<td class="bar">{drawn}</td>')
        yield "</tbody></table>"
        yield f'<p class="note">{escape(chart.note)}</p>' if chart.note else ""

    def _text(self, text: Text) -> str:
        return "".join(map(self._span, text))

    def _span(self, span: Span) -> str:
        words = self._linked(span.text) if span.role == "source" else escape(span.text)
        if not span.role or span.role == "label":
            return words
        tag = "strong" if span.role in _STRONG else "span"
        return f'<{tag} class="{span.role}">{words}</{tag}>'

    def _linked(self, words: str) -> str:
        """Text in which a source that is listed leads there."""

        def link(found: re.Match[str]) -> str:
            return f'<a href="#source-{found[1]}">{found[0]}</a>' if found[1] in self._sources else found[0]

        return _CITED.sub(link, escape(words))


def _svg(shapes: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="14" aria-hidden="true" focusable="false">{shapes}</svg>'


def _line(place: Fraction) -> str:
    return f'<line class="limit" x1="{_part(place)}" x2="{_part(place)}" y1="-10" y2="26"/>'


def _part(share: Fraction) -> str:
    """A share of the width, to the hundredth of a percent."""
    hundredths = round(share * 10_000)
    return f"{hundredths // 100}.{hundredths % 100:02}%"
