"""A table of amounts that never cuts one: beside each other where there is room, stacked where there is not."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

LEAST_LABEL = 24
"""Columns below which a label would be hard to read beside its amounts."""


class Figures:
    """Rows of a label and amounts. The last row is a total if `total` is given."""

    def __init__(self, first: str, *amounts: str, ruled: bool = True) -> None:
        self._heads, self._ruled = (first, *amounts), ruled
        self._rows: list[tuple[Text, list[Text]]] = []
        self._total: tuple[Text, list[Text]] | None = None

    def add(self, label: Text, *amounts: Text) -> None:
        """One row."""
        self._rows.append((label, list(amounts)))

    def total(self, label: Text, *amounts: Text) -> None:
        """The row below the line; an empty amount is left out."""
        self._total = (label, list(amounts))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, or its rows one under the other."""
        rows = [*self._rows, *([self._total] if self._total else [])]
        widths = [
            max(cell_len(text) for text in (head, *(amounts[i].plain for _, amounts in rows)))
            for i, head in enumerate(self._heads[1:])
        ]
        beside = options.max_width - sum(width + 2 for width in widths)
        yield self._table() if beside >= LEAST_LABEL else self._stack()

    def _table(self) -> Table:
        box = SIMPLE_HEAD if self._ruled else None
        table = Table(box=box, pad_edge=False, padding=(0, 1), show_edge=False)
        table.add_column(Text(self._heads[0]), overflow="fold")
        for head in self._heads[1:]:
            table.add_column(head, justify="right", no_wrap=True)
        for label, amounts in self._rows:
            table.add_row(label, *amounts)
        if self._total:
            table.add_section()
            table.add_row(self._total[0], *self._total[1])
        return table

    def _stack(self) -> Table:
        """Each row as a label with its amounts below, right-aligned."""
        outer = Table.grid()
        for label, amounts in [*self._rows, *([self._total] if self._total else [])]:
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
