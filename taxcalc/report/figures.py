"""A table of amounts that never cuts one: beside each other where there is room, stacked where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from taxcalc.report.flow import Flow

LEAST_LABEL = 24
"""Columns below which a label would be hard to read beside its amounts."""

EASY_LABEL = 36
"""Columns that are kept for labels where headings have to be broken."""


WIDE = 100
"""Columns from which remarks stand beside their labels, where they fit, not below."""

BRIEF = 40
"""Columns of a remark beside which a label may be broken."""


class Figures:
    """Rows of a label and amounts, with remarks on the label. The last row is a total if `total` is given."""

    def __init__(self, first: str, *amounts: str, ruled: bool = True) -> None:
        self._heads, self._ruled = (first, *amounts), ruled
        self._rows: list[tuple[Text, list[Text]]] = []
        self._remarks: list[Text] = []
        self._total: tuple[Text, list[Text]] | None = None

    def add(self, label: Text, *amounts: Text, remarks: Text | None = None) -> None:
        """One row."""
        self._rows.append((label, list(amounts)))
        self._remarks.append(remarks or Text())

    def total(self, label: Text, *amounts: Text) -> None:
        """The row below the line; an empty amount is left out."""
        self._total = (label, list(amounts))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, or its rows one under the other."""
        rows = [*self._rows, *([self._total] if self._total else [])]
        amounts = [
            max((cell_len(amounts[i].plain) for _, amounts in rows), default=0) for i in range(len(self._heads) - 1)
        ]
        heads, beside = self._heads[1:], self._beside(amounts, self._heads[1:], options)
        if beside < LEAST_LABEL:  # headings in several lines, at their spaces
            share = (options.max_width - EASY_LABEL) // len(heads) - 2
            heads = tuple(_folded(head, max(width, share), console) for head, width in zip(heads, amounts, strict=True))
            beside = self._beside(amounts, heads, options)
        remarks = max((cell_len(line) for text in self._remarks for line in text.plain.split("\n")), default=0)
        longest = max((cell_len(label.plain) for label, _ in self._rows), default=0)
        # no label is broken for the sake of a long remark
        least = LEAST_LABEL if remarks <= BRIEF else max(LEAST_LABEL, longest)
        self._aside = remarks > 0 and options.max_width >= WIDE and beside - remarks - 2 >= least
        yield self._table(heads) if beside >= LEAST_LABEL else self._stack()

    @staticmethod
    def _beside(amounts: Sequence[int], heads: Sequence[str], options: ConsoleOptions) -> int:
        """The room that is left for labels."""
        lines = [max(map(cell_len, head.split("\n"))) for head in heads]
        return options.max_width - sum(max(pair) + 2 for pair in zip(amounts, lines, strict=True))

    def _table(self, heads: Sequence[str]) -> Table:
        box = SIMPLE_HEAD if self._ruled else None
        table = Table(box=box, pad_edge=False, padding=(0, 1), show_edge=False)
        table.add_column(Text(self._heads[0]), overflow="fold")
        if self._aside:
            table.add_column(no_wrap=True)
        for head in heads:
            table.add_column(head, justify="right", no_wrap=True)
        for (label, amounts), remarks in zip(self._rows, self._remarks, strict=True):
            table.add_row(*([label, remarks] if self._aside else [_above(label, remarks)]), *amounts)
        if self._total:
            table.add_section()
            table.add_row(self._total[0], *([""] if self._aside else []), *self._total[1])
        return table

    def _stack(self) -> Table:
        """Each row as a label with its amounts below, right-aligned."""
        outer = Table.grid()
        rows = [
            (_above(label, remarks), amounts)
            for (label, amounts), remarks in zip(self._rows, self._remarks, strict=True)
        ]
        if self._total:
            rows.append((Flow(self._total[0]), self._total[1]))
        for label, amounts in rows:
            outer.add_row(label)
            inner = Table.grid(padding=(0, 1))
            inner.add_column(width=2)
            inner.add_column(overflow="fold")
            inner.add_column(justify="right", no_wrap=True)
            for head, amount in zip(self._heads[1:], amounts, strict=True):
                if amount.plain:
                    inner.add_row("", head, amount)
            outer.add_row(inner)
        return outer


def _folded(head: str, width: int, console: Console) -> str:
    """A heading in lines of that width, or of its longest word, broken at spaces."""
    least = max(width, *map(cell_len, head.split(" ")), 1)
    return "\n".join(line.plain.rstrip() for line in Text(head).wrap(console, least))


def _above(label: Text, remarks: Text) -> Flow:
    return Flow(label + Text("\n") + remarks if remarks else label)
