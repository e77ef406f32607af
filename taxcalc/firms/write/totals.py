"""The totals of a batch: a table for people, long rows of CSV, or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.console import Console
from rich.text import Text

from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.money import format_yuan, yuan
from taxcalc.base.problem import Lang, shown
from taxcalc.firms.summary import Group, SummarySink
from taxcalc.firms.wanted import DUE, TOTALS
from taxcalc.firms.write.added import AddedColumns
from taxcalc.report.figures import Figures
from taxcalc.report.flow import Flow
from taxcalc.report.labels import LABELS
from taxcalc.report.names import NOT_IN, SUM
from taxcalc.report.shapes import dumped

if TYPE_CHECKING:
    from taxcalc.firms.advice_totals import AdviceTotals
    from taxcalc.firms.advice_totals import Sum as Advised

Counted: TypeAlias = int | str | Mapping[str, "Counted"] | None
"""A part of the JSON: an amount in yuan, a number of businesses, or some of them by name."""


def print_table(sink: SummarySink, lang: Lang, console: Console) -> None:
    """What each relief saves; and, by the columns asked for, what is due, saved and to pay."""
    side = 0 if lang == "zh" else 1

    def written(fen: int | None) -> str:
        return "—" if fen is None else format_yuan(fen, lang)

    def money(fen: int | None, style: str = "") -> Text:
        return Text(written(fen), style=style if fen else "dim")

    def row(group: Group) -> list[Text]:
        """Of a group, in green what is saved."""
        amounts = (money(amount, "green" if what == "saving" else "") for what, amount in group.totals.items())
        return [Text(f"{group.businesses:,}"), *amounts]

    every = sink.all
    reliefs = Figures(LABELS["relief"][side], LABELS["businesses"][side], LABELS["saving"][side])
    for name in sink.figures:
        amount, businesses = every.sums[name]
        if name.startswith("relief.") and amount:
            reliefs.add(Text(sink.columns.relief(name.split(".")[1])), Text(f"{businesses:,}"), money(amount, "green"))
    saving = every.sums["total.saving"]
    total = Text(LABELS["total"][side], "bold")
    reliefs.total(total, Text(f"{saving.businesses:,}"), money(saving.amount, "bold green"))
    console.print(reliefs)
    if not sink.by:
        words = {what: written(amount) for what, amount in every.totals.items()}
        console.print(Flow(Text("\n" + LABELS["headline_of"][side].format(**words))))
    else:
        groups = Figures(shown(" · ".join(sink.titles)), *(LABELS[key][side] for key in ("businesses", *TOTALS)))
        for key, group in sorted(sink.groups.items(), key=lambda item: -(item[1].totals["saving"] or 0)):
            groups.add(Text(shown(" · ".join(part or "—" for part in key))), *row(group))
        groups.total(total, *row(every))
        console.print()
        console.print(groups)
    _print_lacking(sink, "incomplete", side, console)
    in_all, income_tax = (every.sums[name].amount for name in DUE)
    due = LABELS["due_of_all" if income_tax is not None else "due_of_all_but"][side]
    console.print(Flow(Text(due.format(total=written(in_all), income_tax=written(income_tax)))))
    _print_lacking(sink, "due_incomplete", side, console)


def _print_lacking(sink: SummarySink, kind: str, side: int, console: Console) -> None:
    """'not counted: Value-added tax of 12, …', if anything is."""
    lacking = sink.all.lacking[kind]
    levies = sink.columns.levies(lacking)
    said = [("{0} {1:,} 户", "{0} of {1:,}")[side].format(levies[id], lacking[id]) for id in levies]
    if said:
        words = NOT_IN[kind][side] + ("：", ": ")[side] + ("、", ", ")[side].join(said)
        console.print(Flow(Text(words, style="yellow")))


def print_advice(told: AdviceTotals[Any], columns: AddedColumns, console: Console) -> None:
    """Of which limits rows are nearest, and which reliefs would save most that are not given."""
    side = 0 if columns.lang == "zh" else 1
    for what, amount in (("limit", "advice.at_stake"), ("unlock", "advice.unlock_saving")):
        head = columns.title("advice.fact" if what == "limit" else "advice.unlock")
        table = Figures(head, LABELS["rows"][side], columns.title(amount))
        for one in told.sums():
            if one.what == what:
                fen = "—" if one.amount is None else format_yuan(one.amount, columns.lang)
                table.add(Text(_advised(one, columns)), Text(f"{one.rows:,}"), Text(fen))
        console.print()
        console.print(table)


def _advised(one: Advised, columns: AddedColumns) -> str:
    """A limit by its fact and where it is, a relief by its name."""
    name = columns.advice("advice.fact" if one.what == "limit" else "advice.unlock", one.of)
    return f"{name} {one.at}".rstrip()


def as_csv(sink: SummarySink, told: AdviceTotals[Any] | None = None) -> str:
    """One row for each group and figure, then for each levy that totals lack the businesses whose do; then, of all, what rows
    are advised."""
    columns = sink.columns
    lines = [as_line([*map(guarded, sink.titles), *map(columns.title, SUM)])]
    for key, group in sorted(sink.groups.items()):
        rows = [(_item(columns, name), businesses, amount) for name, (amount, businesses) in group.sums.items()]
        for kind, counts in group.lacking.items():
            levies = columns.levies(sink.all.lacking[kind] if columns.names != "id" else None)
            rows += [(columns.title(f"{kind}.{id}"), counts[id], None) for id in levies]
        for item, businesses, amount in rows:
            lines.append(as_line([*map(guarded, key), item, str(businesses), "" if amount is None else yuan(amount)]))
    for one in told.sums() if told else ():
        item = f"advice.{one.what}.{one.of}.{one.at}".rstrip(".") if columns.names == "id" else _advised(one, columns)
        cells = [*("" for _ in sink.by), item, str(one.rows), "" if one.amount is None else yuan(one.amount)]
        lines.append(as_line(cells))
    return "".join(f"{line}\n" for line in lines)


def _item(columns: AddedColumns, name: str) -> str:
    """A figure in a row of totals: by its id, or in few words."""
    if columns.names == "id":
        return name
    side = 0 if columns.names == "zh" else 1
    if name in DUE:
        return columns.title(name)
    of, id, *_ = name.split(".")
    return LABELS[id][side] if of == "total" else columns.table(id).label[side]


def as_json(sink: SummarySink, told: AdviceTotals[Any] | None = None) -> str:
    """The groups with their sums; amounts in yuan, as text, null where nothing is known."""
    groups = [
        {"by": dict(zip(sink.titles, key, strict=True)), **_entry(sink, group)}
        for key, group in sorted(sink.groups.items())
    ]
    content = {**_entry(sink, sink.all), "groups": groups if sink.by else []}
    if told:
        content["advice"] = [
            {**one._asdict(), "label": _advised(one, sink.columns), "amount": one.amount and yuan(one.amount)}
            for one in told.sums()
        ]
    return dumped("batch-summary/1", content)


def _entry(sink: SummarySink, group: Group) -> dict[str, Counted]:
    def written(fen: int | None) -> str | None:
        return None if fen is None else yuan(fen)

    reliefs = {
        name.split(".")[1]: {"saving": written(amount), "businesses": businesses}
        for name, (amount, businesses) in group.sums.items()
        if name.startswith("relief.")
    }
    totals = {what: written(amount) for what, amount in group.totals.items()}
    lacking = {kind: {id: of[id] for id in sink.columns.levies(of)} for kind, of in group.lacking.items()}
    due = {name.split(".")[1]: written(group.sums[name].amount) for name in DUE}
    return {
        "businesses": group.businesses,
        **totals,
        "incomplete": lacking["incomplete"],
        "due_now": {**due, "incomplete": lacking["due_incomplete"]},
        "reliefs": reliefs,
    }
