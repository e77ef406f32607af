"""A page for each relief: what it is, who has it, how much, until when, on what ground, an example, cliffs, facts."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from decimal import Decimal

from docs_site.sources import Data, Lang, answer, cliffs, example, facts, own_tables, reliefs
from taxcalc.assessment.model import shipped_book
from taxcalc.report.citing import EVIDENCE, Citing
from taxcalc.report.labels.terms import UNITS

WORDS = {
    "what": ("是什么", "What it is"),
    "levies": ("减的是：", "It reduces: "),
    "others": ("还要看：", "It also looks at: "),
    "example": ("算例", "A worked example"),
    "no_example": ("还没有它减了钱的公开算例。", "No worked case of the public set has it saving anything yet."),
    "saves": ("减免 **{saving}** 元（案例 `{id}`）。", "It saves **{saving}** yuan (case `{id}`)."),
    "who": ("谁能享受", "Who has it"),
    "who_in": (
        "算例中查的条件（{period}；别的情形另有条件，以条款为准）：",
        "The conditions asked in the example ({period}; other cases meet others, and the clauses decide):",
    ),
    "who_asked": ("条件随下面列出的资料而定。", "It depends on the facts listed below."),
    "much": ("多少、到何时、依据", "How much, until when, on what ground"),
    "open": ("无期限", "open-ended"),
    "cliffs": ("临界点", "Cliffs"),
    "no_cliffs": (
        "没有以它的条款为依据的临界点。全部临界点见[证明](../../docs/cliffs.md)。",
        "No cliff rests on its clauses. All of them: [every cliff](../../docs/cliffs.md).",
    ),
    "cliff_head": ("| 条件 | 多一分 | 由 | 到 |", "| condition | one more fen of | from | to |"),
    "facts": ("要的资料", "Facts it needs"),
    "fact_head": ("| 资料 | 名称 |", "| fact | name |"),
    "evidence": ("依据核对：{of}；条款：{clause}", "evidence: {of}; clause: {clause}"),
    "more": ("再看", "See also"),
}


def page(relief: str, lang: Lang) -> str:
    """The page of a relief in a language, as Markdown."""
    return "\n".join(_Page(relief, lang).lines()) + "\n"


def command(case: Data) -> str:
    """The facts of a case as a command."""
    words = ["taxcalc", "assess"]
    for name, value in case["facts"].items():
        option = name.replace("_", "-")
        words += [f"--{option}", _written(value)]
    return shlex.join(words)


def _written(value: Data) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def own_table(relief: str) -> Data:
    """The table that a relief rests on first of all."""
    return reliefs()[relief]["tables"][own_tables()[relief]]


def cliffs_of(relief: str) -> list[Data]:
    """The cliffs that rest on a clause of the table of a relief."""
    clauses = {
        (document["id"], document["clause"])
        for version in own_table(relief)["versions"]
        for document in version["citation"]["documents"]
    }
    return [cliff for cliff in cliffs() if any(tuple(cite) in clauses for cite in cliff["cites"])]


class _Page:
    def __init__(self, relief: str, lang: Lang) -> None:
        self.id, self.lang, self.of = relief, lang, reliefs()[relief]
        self.cite = Citing(shipped_book(), lang)
        self.table = own_table(relief)
        self.side = 0 if lang == "zh" else 1
        self.colon = "：" if lang == "zh" else ": "

    def say(self, key: str, **values: object) -> str:
        return WORDS[key][self.side].format(**values)

    def lines(self) -> Iterator[str]:
        other = "en" if self.lang == "zh" else "zh"
        yield from (f"# {self.of['names'][self.lang]}", "")
        yield from (f"`{self.id}` · [{self.of['names'][other]}](../../{other}/reliefs/{self.id}.md)", "")
        yield from (f"## {self.say('what')}", "")
        levies = {one["id"]: one[self.lang] for version in self.table["versions"] for one in version["levies"]}
        if levies:
            yield from (self.say("levies") + ("、" if self.lang == "zh" else ", ").join(levies.values()), "")
        others = [f"{one[self.lang]} `{path}`" for path, one in self.of["tables"].items() if one is not self.table]
        if others:
            yield from (self.say("others") + ("、" if self.lang == "zh" else ", ").join(others), "")
        case = example(self.id)
        item, period = self._assessed(case) if case else (None, "")
        yield from self._who(item, period)
        yield from self._figures()
        yield from self._example(case, item)
        yield from self._cliffs()
        yield from self._facts()

    def _assessed(self, case: Data) -> tuple[Data, str]:
        given = answer(case["id"], self.lang)
        return next(one for one in given["items"] if one["id"] == self.id), given["period"]

    def _who(self, item: Data, period: str) -> Iterator[str]:
        yield from (f"## {self.say('who')}", "")
        if item and item["conditions"]:
            yield from (self.say("who_in", period=period), "")
            yield from (f"* {_cell(condition['text'])}" for condition in item["conditions"])
        else:
            yield self.say("who_asked")
        yield ""

    def _figures(self) -> Iterator[str]:
        yield from (f"## {self.say('much')}", "")
        table = self.table
        for version in reversed(table["versions"]):  # what holds now is looked for first
            cited = version["citation"]
            yield from (f"### {cited['from']} – {cited['until'] or self.say('open')}", "")
            for key, value in version["figures"].items():
                label = table["parameters"].get(key, {}).get(self.lang, key)
                yield f"* {label}{self.colon}{self._value(value)}"
            for band in version["bands"] or ():
                parts = (
                    f"{table['parameters'].get(key, {}).get(self.lang, key)} {self._value(value)}"
                    for key, value in band.items()
                )
                yield "* " + ("；" if self.lang == "zh" else "; ").join(parts)
            for document in cited["documents"]:
                yield f"* {document[self.lang]} {self.cite.clause(document['clause'])}"
            of, clause = (EVIDENCE[cited[key]][self.side] for key in ("evidence", "clause_evidence"))
            yield f"* *{self.say('evidence', of=of, clause=clause)}*"
            if cited["note"]:
                yield f"* {cited['note'][self.lang]}"
            yield ""

    def _value(self, value: Data) -> str:
        if isinstance(value, bool):
            return (("否", "是") if self.lang == "zh" else ("no", "yes"))[value]
        if not isinstance(value, dict):
            return str(value)
        if value["unit"] == "share" and "/" not in value["value"]:
            return f"{(Decimal(value['value']) * 100).normalize():f}%"
        unit = UNITS.get(value["unit"], (value["unit"],) * 2)[self.side]
        shown = (
            f"{Decimal(value['value']):,f}" if value["unit"] == "yuan" and "/" not in value["value"] else value["value"]
        )
        return f"{shown} {unit}".strip()

    def _example(self, case: Data, item: Data) -> Iterator[str]:
        yield from (f"## {self.say('example')}", "")
        if case:
            yield from ("```sh", command(case), "```", "", self.say("saves", saving=item["saving"], id=case["id"]))
            yield from ("", f"> {case['origin']}", "")
        else:
            yield from (self.say("no_example"), "")

    def _cliffs(self) -> Iterator[str]:
        yield from (f"## {self.say('cliffs')}", "")
        found = cliffs_of(self.id)
        if not found:
            yield from (self.say("no_cliffs"), "")
            return
        yield from (self.say("cliff_head"), "| --- | --- | ---: | ---: |")
        names = {fact["name"]: fact[self.lang] for fact in facts()}
        for cliff in found:
            place = cliff["place_zh" if self.lang == "zh" else "place"]
            named = names.get(cliff["input"], f"`{cliff['input']}`")
            yield f"| {_cell(place)} | {named} | {cliff['before']} | {cliff['after']} |"
        yield ""

    def _facts(self) -> Iterator[str]:
        yield from (f"## {self.say('facts')}", "", self.say("fact_head"), "| --- | --- |")
        for fact in facts():
            if self.id in fact["reliefs"]:
                yield f"| [{_cell(fact[self.lang])}](../facts.md#{fact['name']}) | `{fact['name']}` |"
        yield from ("", f"## {self.say('more')}", "", "```sh")
        yield from (f"taxcalc law {path} --lang {self.lang}" for path in self.of["tables"])
        yield "```"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
