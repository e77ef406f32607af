"""The forms of returns: each line with its name, its number, and the formula by which it is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from taxcalc.base.units import Label
from taxcalc.facts.catalogue import FactEntry
from taxcalc.law.formulas import Ref, options, parsed, refs
from taxcalc.law.schema import Confidence, FormEntry, FormLineEntry, FormSpan, FormUnit, Pair, TableEntry
from taxcalc.law.strict import Entry, TableError, Toml, entries_of, two_texts

_FORM = {
    "zh",
    "en",
    "code",
    "family",
    "edition",
    "from",
    "until",
    "span",
    "when",
    "column",
    "notes",
    "confidence",
    "lines",
    "to_date",
    "like",
    "without",
}
_LINE = {"id", "no", "screen", "zh", "en", "of", "formula", "text", "if", "unit", "ask", "confidence"}
_LEVY_FIGURES = ("baseline", "saving", "payable", "balance")
_ONE_OF: Label = ("of、formula、text、ask 之一", "one of of, formula, text and ask")


def read_forms(name: str, content: Mapping[str, Toml]) -> dict[str, FormEntry]:
    """Every form of a file, by its id."""
    found = entries_of(name, content, _FORM)
    return {key: _form(_whole(entry, found)) for key, entry in found.items()}


def _whole(entry: Entry, forms: Mapping[str, Entry]) -> Entry:
    """A form with what it takes from another of its file that it is `like`: every key that it does not state, and every line
    that it neither states itself nor is `without`. A line stands where the other has it, a new one at the end."""
    if "like" not in entry:
        return entry
    name = entry.text("like")
    if name not in forms or "like" in forms[name]:
        raise TableError("table_unknown", where=entry.where, name=name, file=entry.where.partition(":")[0])
    own, gone = {_id_of(line): line for line in entry.entries("lines")}, entry.texts("without")
    lines = [own.pop(_id_of(line), line) for line in forms[name].entries("lines") if _id_of(line) not in gone]
    body = {**forms[name].body, **entry.body, "lines": [*lines, *own.values()]}
    return Entry(entry.where, {key: body[key] for key in body if key not in ("like", "without")}, _FORM)


def _id_of(line: Toml) -> str:
    return str(line.get("id") or line.get("no")) if isinstance(line, dict) else ""


def _form(entry: Entry) -> FormEntry:
    start, until = entry.span(may_be_open=True)
    span: FormSpan = entry.one_of("span", get_args(FormSpan))
    confidence: Confidence = entry.one_of("confidence", get_args(Confidence))
    lines = [_line(entry.where, number, body, confidence) for number, body in enumerate(entry.entries("lines"), 1)]
    when = entry.texts("when")
    for text in when:
        _parsed(entry.where, "when", text)
    notes = entry.body.get("notes", [])
    return {
        "label": entry.labels(),
        "code": entry.optional("code", entry.text) or "",
        "family": entry.text("family"),
        "version": entry.pair("edition"),
        "from": start,
        "until": until,
        "span": span,
        "when": when,
        "column": entry.pair("column"),
        "to_date": entry.optional("to_date", entry.pair),
        "notes": _notes(entry, notes),
        "lines": lines,
    }


def _notes(entry: Entry, notes: Toml) -> list[Pair]:
    if not isinstance(notes, list):
        raise entry.refuse("notes", ("[中文, 英文] 的列表", "a list of [Chinese, English]"))
    return [two_texts(f"{entry.where} notes", note) for note in notes]


def _line(where: str, number: int, body: Toml, confidence: Confidence) -> FormLineEntry:
    entry = Entry(f"{where} line {number}", body, _LINE)
    no = entry.optional("no", entry.text) or ""
    id = entry.optional("id", entry.text) or no
    if not id:
        raise TableError("table_needs", where=entry.where, key="id", needed="no")
    of, formula, text = (entry.optional(key, entry.text) for key in ("of", "formula", "text"))
    stated = sum(each is not None for each in (of, formula, text))
    if stated > 1 or (not stated and "ask" not in entry) or (text and "ask" in entry):
        raise TableError("table_form", where=entry.where, key="of", expected=_ONE_OF, value="—")
    only = entry.optional("if", entry.text)
    for key, written in (("of", of), ("formula", formula), ("if", only)):
        if written is not None:
            _parsed(entry.where, key, written)
    unit: FormUnit = entry.one_of("unit", get_args(FormUnit)) if "unit" in entry else "yuan"
    own: Confidence = entry.one_of("confidence", get_args(Confidence)) if "confidence" in entry else confidence
    return {
        "id": id,
        "no": no,
        "screen": entry.optional("screen", entry.text) or "",
        "label": entry.labels(),
        "of": of,
        "formula": formula,
        "text": text,
        "only": only,
        "unit": "code" if text else unit,
        "ask": entry.optional("ask", entry.pair),
        "confidence": own,
    }


def _parsed(where: str, key: str, text: str) -> None:
    try:
        parsed(text)
    except (ValueError, RecursionError) as error:
        raise TableError("table_formula", where=where, key=key, value=text, at=str(error)) from None


def check_forms(
    forms: Mapping[str, FormEntry],
    facts: Mapping[str, FactEntry],
    tables: Mapping[str, TableEntry],
    places: Mapping[str, str],
) -> None:
    """Every name of a formula leads somewhere, and no line rests on itself. `places` are the files of forms. Raises TableError."""
    known = {f"{id}.{line['id']}" for id, form in forms.items() for line in form["lines"]}
    for id, form in forms.items():
        where = _place(places, id)
        ids = [line["id"] for line in form["lines"]]
        for twice in (one for one in ids if ids.count(one) > 1):
            raise TableError("table_name_twice", where=where, name=twice, one=twice, other=twice)
        for text in form["when"]:
            _check_names(where, text, (), facts, tables, known)
        for line in form["lines"]:
            for formula in (line["of"], line["formula"], line["only"]):
                if formula is not None:
                    _check_names(f"{where} {line['id']}", formula, ids, facts, tables, known)
    _check_circles(forms, places)


def _place(places: Mapping[str, str], id: str) -> str:
    """Where a form stands; of one that only this folder's change of another spoils, its name alone."""
    return f"{places[id]}: [{id}]" if id in places else f"[{id}]"


def _check_names(
    where: str,
    text: str,
    ids: list[str] | tuple[()],
    facts: Mapping[str, FactEntry],
    tables: Mapping[str, TableEntry],
    known: set[str],
) -> None:
    """Lines of the computation, reliefs and regimes are of the rules, which the law does not know: a test looks for them."""
    for fact, option in options(parsed(text)):
        if fact in facts and option not in facts[fact].get("options", {}):
            raise TableError("table_formula", where=where, key="of", value=text, at=option)
    for ref in refs(parsed(text)):
        table, _, last = ref.name.rpartition(".")
        there = {
            "": ref.name in ids,
            "fact": ref.name in facts,
            "law": table in tables and last in tables[table]["parameters"],
            "sheet": ref.name in known,
            "levy": last in _LEVY_FIGURES,
            "until": ref.name.isdecimal() and 1 <= int(ref.name) <= 12,
        }.get(ref.word, True)
        if not there:
            name = f"{ref.word}.{ref.name}" if ref.word else ref.name
            raise TableError("table_formula", where=where, key="of", value=text, at=name)


def _check_circles(forms: Mapping[str, FormEntry], places: Mapping[str, str]) -> None:
    below = {f"{id}.{line['id']}": list(_rests_on(id, line)) for id, form in forms.items() for line in form["lines"]}
    settled: set[str] = set()
    for start in below:
        path: list[str] = []
        stack = [start]
        while stack:
            here = stack[-1]
            if here in settled:
                stack.pop()
            elif path and path[-1] == here:
                settled.add(here)
                path.pop()
                stack.pop()
            elif here in path:
                where = _place(places, start.partition(".")[0])
                raise TableError("table_formula", where=where, key="formula", value=here, at=here)
            else:
                path.append(here)
                stack += below.get(here, [])


def _rests_on(id: str, line: FormLineEntry) -> Iterator[str]:
    for text in (line["of"], line["formula"], line["only"]):
        for ref in refs(parsed(text)) if text else ():
            if ref in (Ref("", ref.name), Ref("sheet", ref.name)):
                yield ref.name if ref.word else f"{id}.{ref.name}"
