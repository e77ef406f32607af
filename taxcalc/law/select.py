"""What a person means by a path: a table, one of its parameters, or all tables under a prefix."""

from __future__ import annotations

from typing import NamedTuple

from taxcalc.law.book import LawBook


class Selected(NamedTuple):
    """A table, and the one parameter that was asked for, or None for all."""

    path: str
    parameter: str | None


def select(book: LawBook, path: str) -> list[Selected]:
    """The tables that a path means; none where it is not known."""
    path = path.strip().strip(".").replace("-", "_")
    if book.has(path):
        return [Selected(path, None)]
    table, _, parameter = path.rpartition(".")
    if book.has(table) and parameter in book.parameters(table):
        return [Selected(table, parameter)]
    return [Selected(found, None) for found in book.paths() if path and found.startswith(path + ".")]


def nearest(book: LawBook, path: str) -> list[str]:
    """Up to three paths that look like an unknown one, by their whole or by their last word."""
    import difflib

    known = [*book.paths(), *(f"{table}.{key}" for table in book.paths() for key in book.parameters(table))]
    last_words = {known_path.rpartition(".")[2]: known_path for known_path in reversed(known)}
    last = path.rpartition(".")[2]
    close = difflib.get_close_matches(path, known, n=3, cutoff=0.7)
    close += [last_words[word] for word in difflib.get_close_matches(last, last_words, n=3, cutoff=0.7)]
    close += [known_path for known_path in book.paths() if last and last in known_path]
    return list(dict.fromkeys(close))[:3]
