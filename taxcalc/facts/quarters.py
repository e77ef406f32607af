"""Figures to date at the ends of several quarters, as returns have them, taken apart into those of each quarter."""

from collections.abc import Mapping

from taxcalc.base.money import yuan
from taxcalc.base.problem import Problem
from taxcalc.facts.catalogue import Catalogue, Fact
from taxcalc.facts.listed import Raw
from taxcalc.facts.titles import read_title
from taxcalc.facts.values import read_value


def by_quarters(given: Mapping[str, Raw], catalogue: Catalogue) -> Mapping[str, Raw]:
    """The same facts (as a file has them), where several are to date each as that of its quarter: '1-3月应纳税所得额'
    and '1-6月应纳税所得额' as the first quarter and what the second adds. One alone is left as it is; so is what was paid,
    of which nobody can tell whether the last return is in it."""
    runs: dict[str, dict[int, str]] = {}
    for name in map(str, given):
        slot = catalogue.find(name)
        if slot and slot.fact.adds_up and not slot.fact.paid and not slot.part and name != slot.fact.name:
            title = read_title(name)
            if title.cumulative and title.part[:1] == "q":
                runs.setdefault(slot.fact.name, {})[int(title.part[1])] = name
    several = {fact: ends for fact, ends in runs.items() if len(ends) > 1}
    if not several:
        return given
    apart = {name for ends in several.values() for name in ends.values()}
    found = {name: raw for name, raw in given.items() if name not in apart}
    for fact, ends in several.items():
        found |= _apart(catalogue[fact], {quarter: given[name] for quarter, name in ends.items()})
    return found


def _apart(fact: Fact, ends: Mapping[int, Raw]) -> dict[str, Raw]:
    """Each quarter less the one before it; the first that is told, as it is. Behind a gap only the year is known."""
    found: dict[str, Raw] = {}
    values = {quarter: read_value(fact, str(raw)) for quarter, raw in ends.items()}
    for quarter, value in values.items():
        before = values.get(quarter - 1, 0 if quarter == min(values) else None)
        if isinstance(value, Problem):
            found[f"{fact.name}_q{quarter}"] = ends[quarter]  # which its reader then refuses
        elif isinstance(value, int) and isinstance(before, int):
            found[f"{fact.name}_q{quarter}"] = yuan(value - before)
    if 4 in values and len(values) < 4:
        found[fact.name] = ends[4]
    return found
