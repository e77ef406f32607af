"""Forms filled from an assessment: each line is rounded to the fen, and later lines are made of rounded ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from taxcalc.assessment.evaluation import Evaluation
from taxcalc.base.period import Period
from taxcalc.base.units import Label
from taxcalc.engines.exact import half_away
from taxcalc.facts.catalogue import rate_text
from taxcalc.law.book import label_of
from taxcalc.law.formulas import Binary, Call, Formula, Number, Ref, parsed, refs
from taxcalc.law.schema import FormEntry, FormLineEntry, FormUnit
from taxcalc.returns.sheet import Line, Returns, Sheet, Unprinted, Value
from taxcalc.returns.sources import Amount, Missing, Sources
from taxcalc.returns.to_date import with_sums

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_NAMES: dict[str, Label] = {"least": ("取较低者", "least"), "most": ("取较高者", "most")}
_NOUGHT = 0


def filled(evaluation: Evaluation) -> Returns:
    """Every form that this business files for the assessed period, filled as far as its figures are known."""
    filling = _Filling(evaluation)
    sheets: list[Sheet] = []
    unknown: list[Unprinted] = []
    for period, id, form in filling.wanted():
        day = period.end.isoformat()
        if form["from"] <= day <= form["until"]:
            sheets.append(filling.sheet(id, period))
    printed = {(filling.forms[sheet.id]["family"], sheet.period) for sheet in sheets}
    for period, _, form in filling.wanted():
        missed = Unprinted(label_of(form["label"]), period)
        later = form["from"] > period.end.isoformat()  # else the form is no longer filed
        if later and (form["family"], period) not in printed and missed not in unknown:
            printed.add((form["family"], period))
            unknown.append(missed)
    return Returns(
        tuple(with_sums(sheets, filling.forms, evaluation.facts.period)), tuple(unknown), evaluation.assessment
    )


class _Filling:
    def __init__(self, evaluation: Evaluation) -> None:
        self.forms = evaluation.model.book.forms
        self._span, self._filing = evaluation.facts.period, evaluation.model.filing_periods
        self._sources = Sources(evaluation)
        self._values: dict[tuple[str, str, Period], Amount] = {}
        self._lines = {(id, line["id"]): line for id, form in self.forms.items() for line in form["lines"]}

    def wanted(self) -> Iterator[tuple[Period, str, FormEntry]]:
        """The forms that are for such a business, for each period that they are filed for, in the order of periods."""
        for period in sorted({*self._filing, self._span}, key=lambda one: (one.months, one.first)):
            for id, form in self.forms.items():
                if self._is_filed(form, period) and all(self._holds(text, period) for text in form["when"]):
                    yield period, id, form

    def _is_filed(self, form: FormEntry, period: Period) -> bool:
        match form["span"]:
            case "filing":
                return period in self._filing
            case "prepayment":
                return period == self._span and period.months < 12
            case "year":
                return period == self._span and period.months == 12
        return period == self._span

    def _holds(self, text: str, period: Period) -> bool:
        try:
            return self._of(parsed(text), "", period) is True
        except KeyError:  # a levy or a line that this business has nothing to do with
            return False

    # ------------------------------------------------------------------------------------- sheets

    def sheet(self, id: str, period: Period) -> Sheet:
        """A form filled for a period."""
        form = self.forms[id]
        lines = [
            self._line(id, line, period)
            for line in form["lines"]
            if line["only"] is None or self._of(parsed(line["only"]), id, period) is True
        ]
        return Sheet(
            id,
            label_of(form["label"]),
            form["code"],
            label_of(form["version"]),
            period,
            label_of(form["column"]),
            tuple(lines),
            tuple(map(label_of, form["notes"])),
        )

    def _line(self, id: str, line: FormLineEntry, period: Period) -> Line:
        value = self._value(id, line["id"], period)
        formula = parsed(line["formula"]) if line["formula"] else None
        own = parsed(line["of"] or "#0")
        missing = value if isinstance(value, Missing) else Missing()
        said: Value | None = line["text"] if line["text"] else value if not isinstance(value, Missing) else None
        return Line(
            line["id"],
            line["no"],
            line["screen"],
            label_of(line["label"]),
            said,
            line["unit"],
            self._formula(formula, id, period) if formula else ("", ""),
            tuple(dict.fromkeys(self._labels(refs(own), period))),
            line["confidence"],
            missing.needs,
            missing.asks,
        )

    def _labels(self, found: Iterable[Ref], period: Period) -> Iterator[Label]:
        for ref in found:
            if ref.word == "sheet":
                form, _, line = ref.name.partition(".")
                zh, en = self._lines[form, line]["label"]
                (name_zh, name_en), (in_zh, in_en) = self.forms[form]["label"], self.forms[form]["column"]
                yield f"{name_zh}{in_zh}：{zh}", f"{name_en}, {in_en}: {en}"
            elif ref.word and (label := self._sources.label(ref, period)):
                yield label

    # ------------------------------------------------------------------------------------- values

    def _value(self, form: str, id: str, period: Period) -> Amount:
        key = (form, id, period)
        if key not in self._values:
            line = self._lines[form, id]
            text = line["of"] or line["formula"]
            found: Amount = self._of(parsed(text), form, period) if text else Missing()
            if isinstance(found, Missing) and line["ask"]:
                found = found.and_(Missing((), (label_of(line["ask"]),)))
            self._values[key] = found if isinstance(found, Missing) else _rounded(found, line["unit"])
        return self._values[key]

    def _of(self, formula: Formula, form: str, period: Period) -> Amount:
        match formula:
            case Number(value):
                return value
            case Ref(word="", name=id):
                return self._if_there(form, id, period)
            case Ref(word="sheet", name=name):
                other, _, id = name.partition(".")
                return self._if_there(other, id, period)
            case Ref():
                return self._sources.value(formula, period)
            case Call():
                return self._called(formula, form, period)
            case Binary(sign, left, right):
                return _worked_out(sign, self._of(left, form, period), self._of(right, form, period))

    def _if_there(self, form: str, id: str, period: Period) -> Amount:
        """A line that does not stand on the sheet adds nothing."""
        only = self._lines[form, id]["only"]
        there = True if only is None else self._of(parsed(only), form, period)
        if isinstance(there, Missing):
            return there
        return self._value(form, id, period) if there else _NOUGHT

    def _called(self, call: Call, form: str, period: Period) -> Amount:
        first, *others = call.args
        if call.function == "is":
            fact, option = (one for one in call.args if isinstance(one, Ref))
            return self._sources.is_option(fact.name, option.name, period)
        if call.function == "or_zero":
            nothing = any(isinstance(one, Ref) and self._sources.nothing_stated(one.name) for one in others)
            return _NOUGHT if nothing else self._of(first, form, period)
        value = self._of(first, form, period)
        match call.function:
            case "unless":
                return _NOUGHT if value == 0 else Missing()
            case "both":
                return False if value is False else self._of(others[0], form, period)
            case _ if isinstance(value, Missing):
                return value
            case "not":
                return not value
            case "when":
                return self._of(others[0 if value else 1], form, period)
            case "positive":
                return value > 0
            case "band" if isinstance(others[0], Ref):
                return self._sources.in_band(others[0].name, value, period)
        other = self._of(others[0], form, period)
        if isinstance(other, Missing):
            return other
        return min(value, other) if call.function == "least" else max(value, other)

    # ------------------------------------------------------------------------------------- words

    def _formula(self, formula: Formula, form: str, period: Period) -> Label:
        """In both languages; where lines are named, with blanks around the signs."""
        if isinstance(formula, Ref) and not formula.word and self._is_away(form, formula.name, period):
            return "", ""
        zh, en = (self._written(formula, form, period, side) for side in (0, 1))
        if all(self._lines[form, ref.name]["no"] for ref in refs(formula) if not ref.word):
            return zh, en
        apart = str.maketrans({sign: f" {sign} " for sign in _SIGNS.values()})
        return zh.translate(apart), en.translate(apart)

    def _written(self, formula: Formula, form: str, period: Period, side: int, place: int = 0) -> str:
        """A formula of a form as people write it: numbers of lines, or the names of those that have none."""
        match formula:
            case Number(value):
                return str(value)
            case Ref(word="", name=id):
                line = self._lines[form, id]
                return line["no"] or line["label"][side]
            case Ref(word="law"):
                rate = self._sources.value(formula, period)
                return "?" if isinstance(rate, Missing) else rate_text(Fraction(rate))
            case Ref():
                label = self._sources.label(formula, period)
                return label[side] if label else formula.name
            case Call(function, args):
                inside = ("、", ", ")[side].join(self._written(one, form, period, side) for one in args)
                name = _NAMES[function][side] if function in _NAMES else function
                return f"{name}（{inside}）" if side == 0 else f"{name}({inside})"
            case Binary(sign, left, right):
                deep = 2 if sign in "*/" else 1
                parts = self._terms(formula, form, period, side) if deep == 1 else None
                if parts is not None:
                    return f"({parts})" if place > deep else parts
                text = (
                    f"{self._written(left, form, period, side, 2)}{_SIGNS[sign]}"
                    f"{self._written(right, form, period, side, 3)}"
                )
                return f"({text})" if place > deep else text

    def _terms(self, formula: Binary, form: str, period: Period, side: int) -> str:
        """A sum without the lines that do not stand on the sheet."""
        text = ""
        for sign, term in _signed(formula):
            lines = [ref.name for ref in refs(term) if not ref.word]
            if lines and all(self._is_away(form, id, period) for id in lines):
                continue
            written = self._written(term, form, period, side, 2)
            text += (f"{_SIGNS[sign]}" if text or sign == "-" else "") + written
        return text

    def _is_away(self, form: str, id: str, period: Period) -> bool:
        only = self._lines[form, id]["only"]
        return only is not None and self._of(parsed(only), form, period) is not True


def _signed(formula: Formula, sign: str = "+") -> Iterator[tuple[str, Formula]]:
    if isinstance(formula, Binary) and formula.sign in ("+", "-"):
        yield from _signed(formula.left, sign)
        turned = sign if formula.sign == "+" else ("-" if sign == "+" else "+")
        yield from _signed(formula.right, turned)
    else:
        yield sign, formula


def _worked_out(sign: str, a: Amount, b: Amount) -> Amount:
    """Unknown where either is, but that nought times anything is nought."""
    if sign == "*" and 0 in (a, b):
        return _NOUGHT
    if isinstance(a, Missing):
        return a.and_(b) if isinstance(b, Missing) else a
    if isinstance(b, Missing):
        return b
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
    return Fraction(a) / b if b else Missing()


def _rounded(value: int | Fraction | bool, unit: FormUnit) -> int | Fraction | bool:
    if unit == "yuan":
        return half_away(value)
    if unit == "ten_thousand":
        return half_away(Fraction(value, 10_000))
    return value
