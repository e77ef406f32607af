"""What may follow on a command line: values of options and facts, names of facts, paths of the law, columns of a table."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from taxcalc.cli.locale import t
from taxcalc.cli.parser import Asked, Value

if TYPE_CHECKING:
    from taxcalc.facts.catalogue import Catalogue, Fact
    from taxcalc.law.book import LawBook


def values(asked: Asked) -> list[Value]:
    """What may stand there and begins as is typed; nothing where files do, or where the tables cannot be read."""
    from taxcalc.base.problem import InputError
    from taxcalc.law.strict import LoaderError, TableError

    with suppress(InputError, LoaderError, TableError, OSError):
        found = _BY_NAME.get(asked.name)
        if asked.is_fact:
            return _begun(_of_fact(asked.name, asked), asked.typed)
        if found:
            return _begun(found(asked), asked.typed)
        if re.fullmatch(r"\w[\w-]*(\|[\w-]+)+", asked.takes):
            return _begun(((one, "") for one in asked.takes.split("|")), asked.typed)
    return []


def _begun(found: Iterable[Value], typed: str) -> list[Value]:
    return [(value, about) for value, about in found if value.startswith(typed)]


def _book(asked: Asked) -> "LawBook":
    from pathlib import Path

    from taxcalc.assessment.model import book_with

    folders = [value for name, value in itertools.pairwise(asked.before) if name == "--tables"]
    return book_with(tuple(map(Path, folders)))


def _catalogue(asked: Asked) -> "Catalogue":
    from taxcalc.assessment.model import catalogue_of

    return catalogue_of(_book(asked))


def _of_fact(name: str, asked: Asked) -> Iterator[Value]:
    """The values of a fact: of a year those that can be assessed, of a choice its options, in either language."""
    slot = _catalogue(asked).find(name.replace("-", "_"))
    fact = slot.fact if slot else None
    if fact is None:
        return
    if fact.type == "flag":
        yield from (("yes", t("是", "")), ("no", t("否", "")))
    elif fact.options:
        chinese = not asked.typed.rpartition("=")[2].isascii()
        yield from ((zh if chinese else key, t(zh, en)) for key, (zh, en) in fact.options.items())
    elif fact.name in ("year", "period"):
        years = _years(_catalogue(asked))
        yield from ((str(year), "") for year in years)
        if fact.name == "period":
            yield from ((f"{year}Q{quarter}", "") for year in years for quarter in range(1, 5))


def _years(catalogue: "Catalogue") -> range:
    year = catalogue.facts["year"]
    return range(int(year.minimum or 0), int(year.maximum) + 1)


def _facts(asked: Asked) -> Iterator["Fact"]:
    yield from _catalogue(asked)


def _said(fact: "Fact") -> str:
    return t(*fact.label)


def _set(asked: Asked) -> Iterator[Value]:
    """NAME=, then the values of that fact."""
    name, sign, _ = asked.typed.partition("=")
    if not sign:
        yield from ((f"{fact.name}=", _said(fact)) for fact in _facts(asked))
    else:
        yield from ((f"{name}={value}", about) for value, about in _of_fact(name, asked))


def _over(asked: Asked) -> Iterator[Value]:
    return (
        (f"{fact.name}=", _said(fact)) for fact in _facts(asked) if fact.type in ("money", "count", "average", "rate")
    )


def _map(asked: Asked) -> Iterator[Value]:
    """HEADING=, then the facts."""
    heading, sign, _ = asked.typed.rpartition("=")
    if sign:
        return ((f"{heading}={fact.name}", _said(fact)) for fact in _facts(asked))
    return ((f"{title}=", "") for title in _headings(asked))


def _headings(asked: Asked) -> list[str]:
    """The headings of the table on the command line, if there is one that can be read."""
    from pathlib import Path

    from taxcalc.cli.table_input import opened
    from taxcalc.cli.table_options import NO_TABLE
    from taxcalc.firms.read.heading import Told

    file = next((word for word in asked.before if Path(word).is_file()), None)
    if file is None:
        return []
    with opened(file, NO_TABLE, "en") as tables:
        _, header, _ = tables.chosen(_catalogue(asked), Told({}, (), True, None), None, None, set())
    return [column.title for column in header.columns if column.title]


def _listed(names: Callable[[Asked], Iterable[Value]]) -> Callable[[Asked], Iterator[Value]]:
    """A list separated by commas: what stands before the last one stays."""

    def more(asked: Asked) -> Iterator[Value]:
        before, comma, _ = asked.typed.rpartition(",")
        there = before.split(",")
        return ((f"{before}{comma}{name}", about) for name, about in names(asked) if name not in there)

    return more


def _columns(asked: Asked) -> Iterator[Value]:
    return ((title, "") for title in _headings(asked))


def _answers(asked: Asked) -> Iterator[Value]:
    """Ids of answers, then the columns of the table."""
    from taxcalc.firms.wanted import every_figure
    from taxcalc.report.names import SETS, title

    book = _book(asked)
    for name in (*every_figure("full", book), *SETS):
        yield name, title(book, name, t("zh", "en"))  # type: ignore[arg-type]
    yield from _columns(asked)


def _law(asked: Asked) -> Iterator[Value]:
    """Tables of the law, and of one that is typed its parameters."""
    book = _book(asked)
    for path in book.paths():
        yield path, t(*book.table(path).label)
        if asked.typed.startswith(path):
            yield from ((f"{path}.{key}", "") for key in book.parameters(path))


def _lawful(asked: Asked) -> Iterator[Value]:
    """PATH=, for a figure of the law."""
    book = _book(asked)
    return ((f"{path}.{key}=", t(*book.table(path).label)) for path in book.paths() for key in book.parameters(path))


def _notices(asked: Asked) -> Iterator[Value]:
    return ((name, "") for name in _book(asked).notices)


def _yearly(asked: Asked) -> Iterator[Value]:
    return _of_fact("year", asked)


_BY_NAME: dict[str, Callable[[Asked], Iterable[Value]]] = {
    "set": _set,
    "year": _yearly,
    "period": lambda asked: _of_fact("period", asked),
    "over": _over,
    "map": _map,
    "pass": _columns,
    "by": _listed(_columns),
    "select": _listed(_answers),
    "path": _law,
    "law": _lawful,
    "at": _yearly,
    "one": _yearly,
    "other": _yearly,
    "notice": _notices,
}
