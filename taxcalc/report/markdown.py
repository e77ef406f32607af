"""The report as Markdown, for a file note or a ticket."""

from __future__ import annotations

from taxcalc import __version__
from taxcalc.assessment import Assessment, Item
from taxcalc.problem import Lang
from taxcalc.report.citing import EVIDENCE
from taxcalc.report.labels import LABELS
from taxcalc.report.view import View
from taxcalc.rules.terms import PURSES


def as_markdown(assessment: Assessment, lang: Lang, *, explain: bool = False) -> str:
    """The whole report as text, ending in a newline."""
    view = View(assessment, lang, babel=True)

    def say(key: str, **values: object) -> str:
        return view.pick(LABELS[key]).format(**values)

    a, name = assessment, assessment.facts.stated.get("name")
    total = a.saved
    lines = [f"# {_escaped(str(name.value)) if name else say('title')} · {a.period}", ""]
    lines += [f"**{say('headline', saving=view.money(total.saving)) if total.saving else say('headline_none')}**", ""]
    lines += [say("headline_of", baseline=view.money(total.baseline), payable=view.money(total.payable)), ""]
    lines += [f"> {problem.text(lang)}\n" for _, problem in a.warnings]

    counted = [item for item in a.items if item.kind in PURSES["cost"] and (item.saving or item.worth)]
    if counted:
        lines += _table(
            [say(key) for key in ("relief", "base", "before", "saving", "after", "worth")],
            [
                [view.pick(i.label), "" if i.base is None else view.money(i.base)]
                + [view.money(amount) for amount in (i.before, i.saving, i.after, i.worth)]
                for i in counted
            ]
            + [[f"**{say('total')}**", "", "", f"**{view.money(sum(i.saving for i in counted))}**", "", ""]],
        )
    known = [levy for levy in a.levies if levy.status == "calculated" and levy.kind in PURSES["cost"]]
    lines += _table(
        [say(key) for key in ("levy", "baseline", "saving", "payable")],
        [
            [view.pick(levy.label)] + [view.money(amount or 0) for amount in (levy.baseline, levy.saving, levy.payable)]
            for levy in known
        ]
        + [[f"**{say('total')}**"] + [f"**{view.money(amount)}**" for amount in total]],
    )
    for kind in (kind for purse, (kind, *_) in PURSES.items() if purse != "cost"):
        found = [item for item in a.items if item.kind == kind and item.saving]
        if found:
            lines += [f"## {say(f'kind_{kind}')}", ""]
            lines += [f"- {view.pick(item.label)}: {view.range(item)} {view.kept(item)}".rstrip() for item in found]
            lines += [f"- **{say('total')}: {view.money(a.totals[kind].saving)}**", ""]
    for status in ("displaced", "not_entitled", "needs_fact", "not_in_force"):
        found = [item for item in a.items if item.status == status]
        if found:
            lines += [f"## {say(f'status_{status}')}", ""]
            lines += [f"- {view.pick(item.label)}: {_reason(view, item)}" for item in found] + [""]
    if a.assumptions:
        lines += [f"## {say('assumptions')}", ""] + [f"- {view.assumption(x)}" for x in a.assumptions] + [""]
    if explain:
        from taxcalc.report.explain import explanation

        lines += [f"## {say('explain')}", ""]
        for step in explanation(a, View(assessment, lang, babel=True, dated=True)):
            formula = f" = {step.formula}" if step.formula and not step.again else ""
            numbers = f" = {step.numbers}" if step.numbers else ""
            lines.append(f"{'  ' * step.depth}- {step.label}{formula}{numbers} = **{step.value}**")
            lines += [f"{'  ' * step.depth}  {text}" for text in step.because]
        lines.append("")
    versions = dict.fromkeys(v for i in a.items if i.status in ("calculated", "displaced") for v in i.versions)
    lines += [f"## {say('sources')}", ""]
    lines += [f"- {view.citation(v)} ({view.validity(v)}; {view.pick(EVIDENCE[v.evidence])})" for v in versions]
    lines += ["", say("engine", version=__version__, tables=a.model.book.sha256[:8])]
    return "\n".join(lines) + "\n"


def _reason(view: View, item: Item) -> str:
    if item.status == "not_entitled":
        return view.reasons(item)
    if item.status == "needs_fact":
        return ", ".join(f"{view.inputs([name])} (`{name}`)" for name in item.needs)
    if item.status == "displaced" and item.displaced_by:
        chosen = view.pick(view.relief_label(item.displaced_by))
        return view.pick(LABELS["displaced_by"]).format(chosen=chosen)
    key, day = ("since", item.starts) if item.starts else ("ended", item.ended)
    return view.pick(LABELS[key]).format(day=day)


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    align = ["---"] + ["---:"] * (len(head) - 1)
    return [f"| {' | '.join(row)} |" for row in (head, align, *rows)] + [""]


def _escaped(text: str) -> str:
    """Text that cannot become markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+-!|" else sign for sign in text)
