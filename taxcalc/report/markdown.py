"""Draws a document as Markdown, for a file note or a ticket. Nothing of the input becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from taxcalc.report.document import (
    Block,
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
)

_MARKUP = re.compile(r"([\\`*{}\[\]<>|~]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9]))")
"""Within a word an underscore is no markup, so names of facts stay as they are typed."""
_AT_THE_START = re.compile(r"^(\s*)([#+>-]|\d+[.)])(?=\s|$)")
_STRONG = ("peak", "strong", "open")


def as_markdown(document: Document) -> str:
    """The whole document as text, ending in a newline."""
    lines = [f"# {_text(document.title, plain=True)}", "", _escaped(document.subtitle), ""]
    for line in document.headline:
        lines += [_text(line), ""]
    lines += [f"> {_text(remark.text)}\n" for remark in document.cautions]
    for section in document.sections:
        lines += _section(section)
    return "\n".join([*lines, _escaped(document.footer)]) + "\n"


def _section(section: Section) -> list[str]:
    lines = [f"{'#' * section.level} {_escaped(section.title)}", ""] if section.title else []
    listed = False
    for block in section.blocks:
        if listed and not isinstance(block, Remark | Step):
            lines.append("")
        listed = isinstance(block, Remark | Step)
        lines += _block(block)
    return [*lines, ""] if listed else lines


def _block(block: Block) -> Iterable[str]:
    match block:
        case Table():
            return _table(block)
        case Chart():
            return _table(block.table())
        case Remark():
            mark = f"{block.number}." if block.number is not None else "-"
            return [f"{mark} {_text(block.text)}", *(f"  {_escaped(below)}" for below in block.below)]
        case Paragraph():
            return [_text(block.text), ""]
        case Command():
            return ["```sh", " ".join(block.words), "```", ""]
        case Picture():
            return ["```text", *block.lines, "```", ""]
        case Step():
            indent = "  " * block.depth
            return [f"{indent}- {_text(block.text)}", *(f"{indent}  {_escaped(span.text)}" for span in block.below)]


def _table(table: Table) -> Iterator[str]:
    yield _row(map(_escaped, table.heads))
    yield _row(["---", *(["---:"] * (len(table.heads) - 1))])
    yield from (_row(_cells(row)) for row in table.rows)
    if table.total:
        yield _row(f"**{cell}**" if cell else "" for cell in _cells(table.total, plain=True))
    yield from ["", _escaped(table.note)] if table.note else []
    yield ""


def _cells(row: Row, *, plain: bool = False) -> Iterator[str]:
    """The label with its remarks below it, then the figures."""
    yield "<br>".join([_text(row.label, plain=plain), *map(_escaped, row.remarks)])
    yield from (_escaped(cell.text) for cell in row.cells)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: Text, *, plain: bool = False) -> str:
    return "".join(_span(span, plain) for span in text)


def _span(span: Span, plain: bool) -> str:
    words = _escaped(span.text)
    return f"**{words}**" if span.role in _STRONG and not plain else words


def _escaped(text: str) -> str:
    """Text that cannot become markup: signs of it, and what would start a list or a heading, are escaped."""
    return _AT_THE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))
