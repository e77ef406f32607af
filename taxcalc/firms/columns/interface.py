"""What a table asks of its columns, whatever they are; each file beside this one is an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from taxcalc.engines.kernel import Kernel
from taxcalc.engines.lower import Presence


class Numbers(Protocol):
    """A column as far as single rows of it are read and mended: whole numbers or truth values."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[int]: ...
    def __getitem__(self, row: int, /) -> int: ...
    def __setitem__(self, row: int, value: int, /) -> None: ...


C = TypeVar("C", bound=Numbers)
"""Columns of one kind. Rows are a column too: their numbers, in order."""
Taken = TypeVar("Taken", bound=Numbers, contravariant=True)


class Memory(Protocol[Taken]):
    """The values of columns that come one after the other; their rows are counted on from column to column."""

    def met(self, column: Taken) -> list[tuple[int, int]]:
        """The rows of the next column whose value was met before, in it or in earlier ones, in order, each with the
        place at which it was first. Nought is no value."""


class Engine(Protocol[C]):
    """Columns of one kind, and the kernel that runs programs over them."""

    name: str
    kernel: Kernel[C]

    def column(self, values: Numbers) -> C:
        """A column of this kind."""

    def filled(self, size: int, value: int) -> C:
        """A column of one value."""

    def take(self, column: C, rows: C) -> C:
        """Some rows of a column."""

    def put(self, column: C, rows: C, part: C) -> None:
        """Put a part of a column in its rows."""

    def without_gaps(self, column: C, filled: C, value: int) -> C:
        """A column with a value in the rows that are not filled."""

    def known(self, column: C, blank: int) -> C:
        """A column with nought for what is `blank`."""

    def presence(self, column: C, filled: C, *, alike: bool) -> Presence | None:
        """How a column comes; None where no row is filled. Only if it may be `alike` in all rows is that looked for."""

    def mapped(self, codes: C, values: Sequence[int]) -> C:
        """The column that has, for each number of `codes`, that member of `values`."""

    def paired(self, one: C, other: C, size: int) -> C:
        """The column one × size + other."""

    def renumbered(self, column: C, number: Callable[[int], int]) -> C:
        """The column that has the number of each value, asked for once for each distinct one."""

    def groups(self, columns: Sequence[C]) -> list[tuple[tuple[int, ...], C]]:
        """The distinct combinations of some columns, at least one, and the rows of each."""

    def joined(self, rows: Sequence[C]) -> C:
        """The rows of several groups as one."""

    def flagged(self, rows: C, flags: C) -> list[int]:
        """Those of the rows that are flagged."""

    def summed(self, column: C, blank: int) -> tuple[int | None, int]:
        """The sum of what is not `blank`, None where all is; and how many amounts other than nought it is of."""

    def digits(self, column: C) -> C:
        """How many digits each number has, whatever its sign; nought has none."""

    def narrow(self, column: C) -> Numbers:
        """The same numbers, to be kept in as little memory as they need."""

    def stored(self, column: C) -> bytes:
        """A column as eight bytes a number."""

    def restored(self, content: bytes) -> C:
        """The column that was so stored."""

    def memory(self) -> Memory[C]:
        """One that has met nothing yet."""
