"""Text broken into lines as Chinese and English want it: rules of the beginning and the end of a line, amounts whole,
a figure not parted from the word before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_NOT_FIRST = frozenset("，。；：、！？）》」』〕】”’…–％%)],;:.!?")
"""Signs that do not begin a line."""
_NOT_LAST = frozenset("（《「『〔【“‘([−≤≥<>=+×÷第")
"""Signs that do not end one."""
_SHORT = 10
"""Signs of a name that is kept in one piece with its figure."""
_CONTINUED = " \\"


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text between which a line may end, by their places; a blank at the end of one is part of it."""
    start = 0
    for place in range(1, len(text)):
        if _parts(text, place):
            yield start, place
            start = place
    if text:
        yield start, len(text)


def _parts(text: str, place: int) -> bool:
    """May a line end before this place?"""
    before, after = text[place - 1], text[place]
    if after in _NOT_FIRST or after == " ":
        return False
    if before == " ":
        word = text[:place].rstrip()[-1:]
        beside = (
            after.isdigit() or (word.isdigit() and _wide(after)) or word in _NOT_LAST or after in _NOT_LAST - {*"（("}
        )
        return not beside
    if before in _NOT_LAST or before.isdigit() or (after.isdigit() and before in _NOT_FIRST):
        return False
    return (_wide(before) or _wide(after)) and not _named(text, place)


def _named(text: str, place: int) -> bool:
    """Is this place in a short Chinese name that a figure follows?"""
    end = next((i for i in range(place, len(text)) if not text[i].isalpha()), len(text))
    start = next((i for i in range(place, 0, -1) if not text[i - 1].isalpha()), 0)
    figure = text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit()
    return start < place and figure and end - start <= _SHORT


def _wide(sign: str) -> bool:
    return cell_len(sign) == 2


class Flow:
    """A text that fills its lines. What is longer than a line goes on in the next, wherever the line is full."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def lines(self, width: int) -> Iterator[Text]:
        """The lines, none wider."""
        for paragraph in self.text.split("\n", allow_blank=True):
            yield from _lines(paragraph, width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines."""
        for line in self.lines(options.max_width):
            line.no_wrap, line.overflow = True, "fold"
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as the longest paragraph, at least as the longest piece."""
        plain = self.text.plain
        least = max((cell_len(plain[start:end].rstrip()) for start, end in pieces(plain)), default=0)
        most = max(map(cell_len, plain.split("\n")), default=0)
        return Measurement(min(least, options.max_width), min(most, options.max_width))


def _lines(text: Text, width: int) -> Iterator[Text]:
    plain, start, filled = text.plain, 0, 0
    for begin, end in pieces(plain):
        if begin > start and filled + cell_len(plain[begin:end].rstrip()) > width:
            yield _cut(text, start, begin)
            start, filled = begin, 0
        filled += cell_len(plain[begin:end])
        while cell_len(plain[start:end].rstrip()) > width:
            fits = next(place for place in range(end, start, -1) if cell_len(plain[start:place]) <= width)
            yield _cut(text, start, fits)
            start = fits
            filled = cell_len(plain[start:end])
    yield _cut(text, start, len(plain))


def _cut(text: Text, start: int, end: int) -> Text:
    line = text[start:end]
    line.rstrip()
    return line


class Continued:
    """A command that goes on over several lines as a shell takes it: nothing may follow the sign that says so."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, each but the last with the sign that it goes on."""
        line, indent = "", "  "
        for word in self._words:
            longer = f"{line} {word}" if line.strip() else f"{indent}{word}"
            if line.strip() and cell_len(longer + _CONTINUED) > options.max_width:
                yield _whole(line + _CONTINUED)
                indent = "    "
                longer = f"{indent}{word}"
            line = longer
        yield _whole(line)


def _whole(line: str) -> Text:
    """A line that a terminal may break and copies whole: a command that is cut would be another."""
    return Text(line, style="cyan", no_wrap=True, overflow="ignore")
