"""What a draft law would change: as a document, as rows of CSV, as JSON. Each says that it is of a draft, in every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.money import format_yuan, yuan
from taxcalc.base.problem import problem, shown
from taxcalc.base.units import Label
from taxcalc.base.version import __version__
from taxcalc.firms.reform import Change, Client, Crossing, Part, Reform
from taxcalc.report.conditions import UNKNOWN
from taxcalc.report.document import Cell, Document, Remark, Role, Row, Section, Span, Table, text
from taxcalc.report.json_values import written
from taxcalc.report.labels import LABELS
from taxcalc.report.names import Names
from taxcalc.report.shapes import Json, dumped

SCHEMA = "reform/1"
COLUMNS: dict[str, Label] = {
    "draft": ("草案", "draft"),
    "what": ("类别", "what"),
    "of": ("编号", "of"),
    "name": ("名称", "name"),
    "businesses": ("户数", "businesses"),
    "gainers": ("少缴户数", "pay less"),
    "losers": ("多缴户数", "pay more"),
    "before": ("现行", "now"),
    "after": ("草案下", "under the draft"),
    "difference": ("差额", "difference"),
}
"""The columns of CSV by their ids; each line names the draft."""


class _Words:
    """The words of one output."""

    def __init__(self, reform: Reform) -> None:
        self.reform, self.columns = reform, reform.columns
        self._side = 0 if reform.columns.lang == "zh" else 1

    def say(self, key: str, **values: object) -> str:
        """A fixed text."""
        return LABELS[key][self._side].format(**values)

    def name(self, one: Change) -> str:
        """A total, a levy or a relief."""
        of, id, *_ = one.id.split(".")
        if of == "total":
            return LABELS[id][self._side]
        return self.columns.relief(id) if of == "relief" else self.columns.levies([of])[of]

    def crossing(self, one: Crossing) -> str:
        """'Small low-profit enterprise: taxable income > 3,000,000.00'."""
        colon = ("：", ": ")[self._side]
        return f"{self.columns.relief(one.reason.relief)}{colon}{self.columns.refusal(one.reason.node)}"

    def group(self, part: Part) -> str:
        """What stands in the columns of a group."""
        return " · ".join(cell or "—" for cell in part.key)


def document(reform: Reform) -> Document:
    """All of it for people; nothing that stays as it is."""
    return _Drawn(reform).made()


class _Drawn(_Words):
    def made(self) -> Document:
        """The document."""
        reform, say = self.reform, self.say
        every = reform.all
        headline = say(
            "reform_who", gainers=f"{every.gainers:,}", losers=f"{every.losers:,}", same=f"{every.unchanged:,}"
        )
        fen = every.payable.difference
        cost = say("reform_less" if fen < 0 else "reform_more" if fen else "reform_same", amount=self._money(abs(fen)))
        cautions = [Remark(text(Span(say("reform_caution"), "caution")), "!")]
        if reform.not_compared:
            left = problem("rows_not_compared", rows=reform.not_compared).text(self.columns.lang)
            cautions.append(Remark(text(Span(left, "caution")), "!"))
        sections = [
            Section("draft", say("reform_draft"), tuple(Remark(text(change)) for change in self._changes())),
            Section("totals", say("reform_totals"), (self._table(reform.totals, "total"),)),
            Section("levies", say("reform_levies"), (self._table(reform.levies, "levy"),)),
            Section("reliefs", say("reform_reliefs"), (self._table(reform.reliefs, "relief"),)),
            Section("crossings", say("reform_crossings"), tuple(self._crossings())),
            Section("groups", " · ".join(map(shown, reform.titles)), tuple(self._groups())),
            Section("clients", say("reform_clients"), tuple(self._clients())),
        ]
        kept = [
            one for one in sections if one.blocks and not all(isinstance(b, Table) and not b.rows for b in one.blocks)
        ]
        return Document(
            self.columns.lang,
            text(Span(say("reform_title"), "caution")),
            reform.draft.said,
            (text(Span(cost, "peak" if fen < 0 else "strong")), text(headline)),
            tuple(cautions),
            tuple(kept),
            say("engine", version=__version__, tables=reform.draft.book.sha256[:8]) + f" · {say('reform_title')}",
            Table((), ()),
        )

    def _money(self, fen: int | None) -> str:
        return UNKNOWN if fen is None else format_yuan(fen, self.columns.lang)

    def _changes(self) -> Iterator[str]:
        for one in self.reform.draft.changes:
            yield f"{one.label[self._side]}{('：', ': ')[self._side]}{one.said}"

    def _heads(self, first: str) -> tuple[str, ...]:
        return first, *map(self.say, ("reform_now", "reform_then", "if_difference"))

    def _cells(self, one: Change, good: int) -> tuple[Cell, ...]:
        gain = one.difference * good
        role: Role = "saving" if gain > 0 else "refused" if gain < 0 else ""
        sign = "+" if one.difference > 0 else ""
        return (
            Cell(self._money(one.before), "", one.before),
            Cell(self._money(one.after), "", one.after),
            Cell(f"{sign}{self._money(one.difference)}", role, one.difference),
        )

    def _table(self, changes: Sequence[Change], first: str) -> Table:
        rows = [
            Row(text(self.name(one)), self._cells(one, 1 if one.id.endswith("saving") else -1))
            for one in changes
            if one.difference
        ]
        return Table(self._heads(self.say(first)), tuple(rows))

    def _crossings(self) -> Iterator[Remark]:
        for one in self.reform.crossings:
            key = "reform_met" if one.met else "reform_unmet"
            yield Remark(text(self.say(key, rows=f"{one.rows:,}"), Span(self.crossing(one), "label")))

    def _groups(self) -> Iterator[Table]:
        rows = tuple(
            Row(text(shown(self.group(part))), (*self._who(part), self._cells(part.payable, -1)[-1]))
            for part in self.reform.groups
        )
        heads = ("", *map(self.say, ("businesses", "reform_gainers", "reform_losers", "if_difference")))
        every = self.reform.all
        if rows:
            yield Table(
                heads, rows, Row(text(self.say("total")), (*self._who(every), self._cells(every.payable, -1)[-1]))
            )

    def _who(self, part: Part) -> tuple[Cell, ...]:
        return tuple(Cell(f"{number:,}") for number in (part.businesses, part.gainers, part.losers))

    def _clients(self) -> Iterator[Table]:
        rows = tuple(
            Row(text(shown(_called(one))), (Cell(str(one.row)), Cell(one.period), *self._cells(_of(one), -1)[-1:]))
            for one in self.reform.clients
        )
        yield Table(("", self.say("reform_row"), self.say("reform_period"), self.say("if_difference")), rows)


def _called(one: Client) -> str:
    return one.name or one.id or "—"


def _of(one: Client) -> Change:
    return Change("total.payable", None, one.difference)


def as_csv(reform: Reform, names: Names) -> str:
    """A line for each figure, condition, group and client."""
    words, side = _Words(reform), {"zh": 0, "en": 1}
    lines = [[id if names == "id" else label[side[names]] for id, label in COLUMNS.items()]]
    for what, changes in (("total", reform.totals), ("levy", reform.levies), ("relief", reform.reliefs)):
        lines += [[what, one.id, words.name(one), "", "", "", *_amounts(one)] for one in changes]
    for one in reform.crossings:
        what = "met" if one.met else "unmet"
        lines.append([what, one.reason.relief, words.crossing(one), str(one.rows), "", "", "", "", ""])
    for what, parts in (("all", [reform.all]), ("group", reform.groups)):
        lines += [
            [
                what,
                words.group(part),
                "",
                *map(str, (part.businesses, part.gainers, part.losers)),
                *_amounts(part.payable),
            ]
            for part in parts
        ]
    lines += [
        ["client", client.id, client.name, str(client.row), "", "", "", "", yuan(client.difference)]
        for client in reform.clients
    ]
    said = reform.draft.said
    drawn = [lines[0], *([said, *line] for line in lines[1:])]
    return "".join(f"{as_line([*map(guarded, line)])}\n" for line in drawn)


def _amounts(one: Change) -> list[str]:
    return ["" if fen is None else yuan(fen) for fen in (one.before, one.after, one.difference)]


def as_json(reform: Reform) -> str:
    """All of it, ending in a newline; every object says that it is of a draft."""
    words = _Words(reform)
    label = words.name
    content: dict[str, Json] = {
        "engine": __version__,
        "tables": reform.columns.book.sha256,
        "language": reform.columns.lang,
        "law": "draft",
        "draft": [
            {"law": "draft", "path": one.path, "label": one.label[words._side], "value": one.value}
            for one in reform.draft.changes
        ],
        "all": _part(reform, reform.all),
        "totals": [_change(one, label(one)) for one in reform.totals],
        "levies": [_change(one, label(one)) for one in reform.levies],
        "reliefs": [_change(one, label(one)) for one in reform.reliefs],
        "crossings": [
            {
                "law": "draft",
                "relief": one.reason.relief,
                "met": one.met,
                "rows": one.rows,
                "label": words.crossing(one),
            }
            for one in reform.crossings
        ],
        "groups": [_part(reform, one) for one in reform.groups],
        "clients": [{"law": "draft", **one._asdict(), "difference": yuan(one.difference)} for one in reform.clients],
        "not_compared": reform.not_compared,
    }
    return dumped(SCHEMA, content)


def _change(one: Change, label: str) -> dict[str, Json]:
    amounts = {"before": written(one.before), "after": written(one.after), "difference": written(one.difference)}
    return {"law": "draft", "id": one.id, "label": label, **amounts}


def _part(reform: Reform, part: Part) -> dict[str, Json]:
    return {
        "law": "draft",
        "by": dict(zip(reform.titles, part.key, strict=False)),
        "businesses": part.businesses,
        "gainers": part.gainers,
        "losers": part.losers,
        "unchanged": part.unchanged,
        "payable": _change(part.payable, LABELS["payable"][0 if reform.columns.lang == "zh" else 1]),
    }
