"""What a report says, in one language and before any format draws it: sections of tables, remarks and paragraphs.

Every statement is here once. A format decides how it looks, and leaves out whole sections only; it adds no words of
its own. `statements` lists them all, so that a test can ask for each in every format.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from taxcalc.base.money import Fen
from taxcalc.base.problem import Lang

Role = Literal[
    "", "peak", "strong", "label", "saving", "open", "payable", "refused", "dim", "caution", "source", "period"
]
"""What a piece of text is, whatever it looks like."""
Mark = Literal["", "·", "?", "!"]
"""Before a remark: one among others, a question, a caution."""


class Span(NamedTuple):
    """A piece of a sentence."""

    text: str
    role: Role = ""


Text: TypeAlias = tuple[Span, ...]


class Cell(NamedTuple):
    """A figure of a table, as it is written; `amount` in fen where it is one."""

    text: str
    role: Role = ""
    amount: Fen | None = None


class Row(NamedTuple):
    """A row of a table: what it is of, its figures, and remarks that stand below its label."""

    label: Text
    cells: tuple[Cell, ...]
    remarks: tuple[str, ...] = ()


class Table(NamedTuple):
    """Figures with the headings of the label and of each figure; the total below the line, and a note below that."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""
    ruled: bool = True
    """Is there a line below the heading?"""


class Remark(NamedTuple):
    """A sentence of a list; with a number instead of a mark, a source that is cited by it."""

    text: Text
    mark: Mark = "·"
    number: int | None = None
    below: tuple[str, ...] = ()
    """Sentences that belong to it, on lines of their own."""


class Paragraph(NamedTuple):
    """Running text."""

    text: Text


class Command(NamedTuple):
    """A command to copy, in words that a shell takes as they are."""

    words: tuple[str, ...]


class Step(NamedTuple):
    """A line of the computation, below those of lesser depth."""

    depth: int
    text: Text
    below: tuple[Span, ...] = ()


class Bar(NamedTuple):
    """A row of a chart: from one amount to another, in fen, with its label and its figure."""

    label: Text
    start: int
    end: int
    cell: Cell


class Chart(NamedTuple):
    """Bars below each other on one scale. What is drawn is said as well, so whoever sees no bars misses nothing."""

    heads: tuple[str, str]
    bars: tuple[Bar, ...]
    note: str = ""
    limit: int | None = None
    """A line across all bars, in fen."""

    def shares(self) -> list[tuple[Fraction, Fraction]]:
        """Where each bar begins and ends, as shares of the width."""
        low, span = self._scale()
        ends = (sorted((bar.start, bar.end)) for bar in self.bars)
        return [(Fraction(first - low, span), Fraction(last - low, span)) for first, last in ends]

    def limit_share(self) -> Fraction | None:
        """Where the line across stands, if there is one."""
        low, span = self._scale()
        return None if self.limit is None else Fraction(self.limit - low, span)

    def _scale(self) -> tuple[int, int]:
        """The least amount, and how far the greatest is from it."""
        ends = [0, self.limit or 0, *(end for bar in self.bars for end in (bar.start, bar.end))]
        return min(ends), max(max(ends) - min(ends), 1)

    def table(self) -> Table:
        """The same without bars."""
        return Table(self.heads, tuple(Row(bar.label, (bar.cell,)) for bar in self.bars), note=self.note)


class Picture(NamedTuple):
    """A picture made of signs, a line each, none wider than a narrow terminal."""

    lines: tuple[str, ...]


Block: TypeAlias = Table | Remark | Paragraph | Command | Step | Chart | Picture


class Section(NamedTuple):
    """What stands below one heading; without a title, what follows the headline."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2
    """Of its heading, below that of the report; 3 where it belongs to the section before it."""


class Document(NamedTuple):
    """A whole report."""

    lang: Lang
    title: Text
    subtitle: str
    headline: tuple[Text, ...]
    """The most important figures, a line each; and what they lack."""
    cautions: tuple[Remark, ...]
    sections: tuple[Section, ...]
    footer: str
    ledger: Table
    """Every relief with all that there is to say of it in one row: what is drawn where there is room for a table only."""
    screen: int = 0
    """How many lines it is meant to fill, gaps being the first to go; 0 where that does not matter."""

    def section(self, id: str) -> Section | None:
        """A section by its id."""
        return next((section for section in self.sections if section.id == id), None)


def text(*parts: "str | Span") -> Text:
    """Pieces as one text, without the empty ones."""
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(span for span in spans if span.text)


def words_of(text: Text) -> str:
    """A text without its roles."""
    return "".join(span.text for span in text)


def statements(document: Document) -> Iterator[tuple[str, str]]:
    """Every piece of text of a document with the id of its section: ("", "headline", "cautions" for what stands first)."""
    yield "", words_of(document.title)
    yield from (("", words) for words in (document.subtitle, document.footer) if words)
    yield from (("headline", words_of(line)) for line in document.headline)
    yield from (("cautions", words_of(remark.text)) for remark in document.cautions)
    yield from (("ledger", words) for words in _of_blocks((document.ledger,)) if words)
    for section in document.sections:
        yield from ((section.id, words) for words in (section.title, *_of_blocks(section.blocks)) if words)


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Chart():
                yield from _of_blocks((block.table(),))
            case Table():
                yield from block.heads
                for row in (*block.rows, *([block.total] if block.total else [])):
                    yield words_of(row.label)
                    yield from (cell.text for cell in row.cells)
                    yield from row.remarks
                yield block.note
            case Remark():
                yield words_of(block.text)
                yield from block.below
            case Command():
                yield " ".join(block.words)
            case Step():
                yield words_of(block.text)
                yield from (span.text for span in block.below)
            case Picture():
                yield from block.lines
            case _:
                yield words_of(block.text)
