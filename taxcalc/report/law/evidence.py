"""What the tables rest on, for a terminal and as JSON: how much was read and where, what was not, what was tried."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.base.units import Label
from taxcalc.law.book import Version, label_of
from taxcalc.law.evidence import STANDINGS, Evidence, Reading, Unread, readings_of
from taxcalc.report.citing import EVIDENCE, Citing, citation_as_json
from taxcalc.report.law.figures import DIM, PATH, STRONG, WARN, heading, indented
from taxcalc.report.law.written import Written
from taxcalc.report.shapes import Json, both

STANDING: dict[str, Label] = {
    "official": ("官方网页已读", "read on an official page"),
    "copy": ("抄本已读", "read in a copy"),
    "unnoted": ("已读，出处未记", "read, nobody noted where"),
    "secondary": EVIDENCE["secondary"],
    "memory": EVIDENCE["memory"],
}


def print_evidence(found: Evidence, words: Written, console: Console) -> None:
    """The counts, then each version that was not read, or not all of it."""
    console.print(Group(*_parts(found, words)))


def _parts(found: Evidence, words: Written) -> Iterator[RenderableType]:
    yield from heading(words.say("evidence_title"))
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(overflow="fold")
    grid.add_column(justify="right")
    grid.add_column(justify="right")
    grid.add_row("", *(Text(words.say(key), style=DIM) for key in ("evidence_figures", "evidence_clauses")))
    for one in STANDINGS:
        name = Text(words.pick(STANDING[one]), style=WARN if one == "memory" else "")
        grid.add_row(name, str(found.figures[one]), str(found.clauses[one]))
    yield Padding(grid, (0, 2))
    yield Padding(Text(words.say("evidence_reviewed", number=found.reviewed)), (0, 2))
    if found.unread:
        yield from heading(f"{words.say('evidence_unread')}  {len(found.unread)}")
        yield Padding(Group(*(_unread(one, words) for one in found.unread)), (0, 2))


def _unread(one: Unread, words: Written) -> RenderableType:
    version, cited = one.version, words.sentences(f"{name} {clauses}" for name, clauses in words.cited(one.version))
    head = Text(version.path, style=PATH).append(f"  {words.validity(version)}  ", style=STRONG)
    head.append(marks(words, version), style=WARN if version.evidence == "memory" else "")
    tried = [Text(words.aside(words.pick(label), words.document(key)), style=DIM) for key, label in one.sought]
    return Group(head, indented(Text(cited), *tried))


def marks(words: Citing, version: Version) -> str:
    """How the figures are known and, where they are known otherwise, the clause numbers."""
    said = words.pick(EVIDENCE[version.evidence])
    if version.clause_evidence != version.evidence:
        clauses = words.say("law_clause_evidence", mark=words.pick(EVIDENCE[version.clause_evidence]))
        said += ("，" if words.lang == "zh" else ", ") + clauses
    return said


def readings(words: Written, version: Version) -> list[str]:
    """Who read the clauses of a version, and where, each once: of a clause that several read, the best."""
    found = [readings_of(words.book, *cite)[:1] for cite in version.cites]
    return list(dict.fromkeys(_reading(words, one) for ones in found for one in ones))


def _reading(words: Citing, one: Reading) -> str:
    where = words.aside(words.pick(STANDING[one.kind]), one.publisher)
    return f"{where} · {words.pick(one.reader)} · {one.on}"


def evidence_as_json(words: Written, found: Evidence) -> dict[str, Json]:
    """The counts, the versions that were not read, and every record."""
    records, readers = words.book.records, words.book.records["readers"]
    return {
        "figures": {**found.figures},
        "clauses": {**found.clauses},
        "reviewed": found.reviewed,
        "unread": [
            {
                "citation": citation_as_json(words, one.version),
                "sought": [{"document": key, **both(label)} for key, label in one.sought],
            }
            for one in found.unread
        ],
        "records": [
            {
                "document": one["document"],
                "clauses": [*one["clauses"]],
                "kind": one["kind"],
                "publisher": one["publisher"] or None,
                "reader": both(label_of(readers[one["reader"]])),
                "on": one["on"],
            }
            for one in records["read"]
        ],
    }
