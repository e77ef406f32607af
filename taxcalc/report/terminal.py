"""Draws a document on a terminal: rules instead of boxes, amounts never wrapped; right at 80 columns and in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text as Drawn
from rich.tree import Tree

from taxcalc.report.document import (
    Block,
    Chart,
    Command,
    Document,
    Paragraph,
    Picture,
    Remark,
    Role,
    Section,
    Step,
    Table,
    Text,
)
from taxcalc.report.figures import Figures
from taxcalc.report.flow import Continued, Flow

STYLES: dict[Role, str] = {
    "": "",
    "peak": "bold green",
    "strong": "bold",
    "label": "",
    "saving": "green",
    "open": "bold magenta",
    "payable": "",
    "refused": "red",
    "dim": "dim",
    "caution": "yellow",
    "source": "cyan",
    "period": "bold cyan",
}
_GAP = Drawn()
"""An empty line between the parts of a report. The last is the first to go where there is no room."""


def print_document(document: Document, console: Console) -> None:
    """Print the whole document; where it is meant for a screen, with as many gaps as it has room for."""
    whole = list(_parts(document))
    gaps = [place for place, part in enumerate(whole) if part is _GAP]
    while document.screen and gaps and len(console.render_lines(Group(*whole))) > document.screen:
        del whole[gaps.pop()]
    console.print(Group(*whole), crop=False)  # a command that is longer than a line stays whole


def _parts(document: Document) -> Iterator[RenderableType]:
    title = drawn(document.title).append(f"  {document.subtitle}", STYLES["dim"])
    yield Flow(title)
    if document.headline:
        yield _GAP
        yield Group(*(Flow(drawn(line)) for line in document.headline))
    if document.cautions:
        yield from () if document.screen else (_GAP,)
        yield Group(*map(_remark, document.cautions))
    for section in document.sections:
        if section.title or (document.screen and section.id != "open"):
            yield _GAP
        yield from _section(section)
    yield _GAP
    yield Flow(Drawn(document.footer, STYLES["dim"]))


class _Heading:
    """A title in a rule; on lines of its own where it is longer than that."""

    def __init__(self, title: str) -> None:
        self._title = title

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        title = Drawn(self._title, STYLES["strong"])
        fits = title.cell_len <= options.max_width - 4
        yield Rule(title, align="left", style=STYLES["dim"], characters="─") if fits else Flow(title)


def _section(section: Section) -> Iterator[RenderableType]:
    if section.title:
        yield _Heading(section.title)
    steps = [block for block in section.blocks if isinstance(block, Step)]
    if steps:
        yield _tree(steps)
    for block in section.blocks:
        if not isinstance(block, Step):
            yield _block(block, 2 if section.title else 0)


def _block(block: Block, indent: int) -> RenderableType:
    match block:
        case Table():
            return _table(block)
        case Chart():
            return _table(block.table())
        case Remark():
            return _remark(block)
        case Command():
            return Continued(block.words)
        case Picture():
            return Drawn("\n".join(block.lines), no_wrap=True, overflow="ignore")
        case Paragraph():
            flow = Flow(drawn(block.text))
            return Padding(flow, (0, indent)) if indent else flow
    raise TypeError(type(block).__name__)


def drawn(text: Text) -> Drawn:
    """A text with the styles of its roles."""
    result = Drawn()
    for span in text:
        result.append(span.text, style=STYLES[span.role] or None)
    return result


def _table(table: Table) -> RenderableType:
    figures = Figures(*table.heads, ruled=table.ruled)
    for row in table.rows:
        remarks = Drawn("\n".join(row.remarks), STYLES["dim"])
        figures.add(drawn(row.label), *(Drawn(cell.text, STYLES[cell.role]) for cell in row.cells), remarks=remarks)
    if table.total:
        figures.total(drawn(table.total.label), *(Drawn(cell.text, STYLES[cell.role]) for cell in table.total.cells))
    return Group(figures, Padding(Drawn(table.note, STYLES["dim"]), (0, 2))) if table.note else figures


def _remark(remark: Remark) -> RenderableType:
    """A line with its mark or number before it, hanging; without either, indented."""
    text = drawn(remark.text)
    for below in remark.below:
        text.append(f"\n{below}", style=STYLES["dim"])
    if remark.number is None and not remark.mark:
        return Padding(Flow(text), (0, 2))
    grid = Grid.grid(padding=(0, 1))
    mark = remark.mark if remark.number is None else f"[{remark.number}]"
    style = STYLES["caution" if remark.mark == "!" else "dim" if remark.number is None else "source"]
    grid.add_column(width=2 if remark.number is None else 4, justify="right", style=style, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Drawn(mark), Flow(text))
    return grid


def _tree(steps: list[Step]) -> RenderableType:
    root = Tree(Drawn(), guide_style=STYLES["dim"], hide_root=True)
    branches = [root]
    for step in steps:
        text = drawn(step.text)
        for span in step.below:
            text.append(f"\n  {span.text}", style=STYLES[span.role])
        del branches[step.depth + 1 :]
        branches.append(branches[step.depth].add(text))
    return root
