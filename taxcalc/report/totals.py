"""The totals of a batch: a table for people, long rows of CSV, or JSON."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.text import Text

from taxcalc.batch.guard import guarded
from taxcalc.batch.parse import as_line
from taxcalc.batch.summary import TOTALS, Group, SummarySink
from taxcalc.money import format_yuan, yuan
from taxcalc.problem import Lang, json_escaped, shown
from taxcalc.report.figures import Figures
from taxcalc.report.labels import LABELS


def print_table(sink: SummarySink, lang: Lang, console: Console) -> None:
    """What each relief saves; and, by the columns asked for, what is due, saved and to pay."""
    side = 0 if lang == "zh" else 1

    def money(fen: int) -> Text:
        return Text(format_yuan(fen, lang), style="bold green" if fen else "dim")

    every = sink.all
    reliefs = Figures(LABELS["relief"][side], LABELS["businesses"][side], LABELS["saving"][side])
    for name in sink.figures:
        amount, businesses = every.sums[name]
        if name not in TOTALS and amount:
            reliefs.add(Text(sink.columns.relief(name.partition(".")[0])), Text(f"{businesses:,}"), money(amount))
    saving = every.sums["saving"]
    reliefs.total(Text(LABELS["total"][side], "bold"), Text(f"{saving.businesses:,}"), money(saving.amount))
    console.print(reliefs)
    if not sink.by:
        words = {name: format_yuan(every.sums[name].amount, lang) for name in TOTALS}
        console.print(Text("\n" + LABELS["headline_of"][side].format(**words)))
        return
    groups = Figures(shown(" · ".join(sink.titles)), *(LABELS[key][side] for key in ("businesses", *TOTALS)))
    for key, group in sorted(sink.groups.items(), key=lambda item: -item[1].sums["saving"].amount):
        groups.add(Text(shown(" · ".join(part or "—" for part in key))), *_row(group, money))
    groups.total(Text(LABELS["total"][side], "bold"), *_row(every, money))
    console.print()
    console.print(groups)


def _row(group: Group, money: Any) -> list[Text]:
    return [Text(f"{group.businesses:,}"), *(money(group.sums[name].amount) for name in TOTALS)]


def as_csv(sink: SummarySink, lang: Lang) -> str:
    """One row for each group and figure."""
    side = 0 if lang == "zh" else 1
    heads = [*map(guarded, sink.titles), *(LABELS[key][side] for key in ("item", "businesses", "amount"))]
    lines = [as_line(heads)]
    for key, group in sorted(sink.groups.items()):
        for name in sink.figures:
            amount, businesses = group.sums[name]
            label = LABELS[name][side] if name in TOTALS else sink.columns.relief(name.partition(".")[0])
            lines.append(as_line([*map(guarded, key), label, str(businesses), yuan(amount)]))
    return "".join(f"{line}\n" for line in lines)


def as_json(sink: SummarySink) -> str:
    """The groups with their sums; amounts in yuan, as text."""
    groups = [
        {"by": dict(zip(sink.titles, key, strict=True)), **_entry(group)} for key, group in sorted(sink.groups.items())
    ]
    content = {**_entry(sink.all), "groups": groups if sink.by else []}
    return json_escaped(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def _entry(group: Group) -> dict[str, Any]:
    reliefs = {
        name.partition(".")[0]: {"saving": yuan(amount), "businesses": businesses}
        for name, (amount, businesses) in group.sums.items()
        if name not in TOTALS
    }
    totals = {name: yuan(group.sums[name].amount) for name in TOTALS}
    return {"businesses": group.businesses, **totals, "reliefs": reliefs}
