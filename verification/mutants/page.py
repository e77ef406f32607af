"""The page about mutants: written from what was measured and from the reasons that people gave."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HEAD = """# Mutants

The code around the rules, changed in one small way at a time: a comparison, a constant, a text, an operator, an argument.
A change that no test notices shows what the tests do not ask. Written by `make mutants` (some modules only:
`make mutants MUTANTS="money formula_guard"`); do not edit.
"""
LIMITS = """
What the tool leaves out: whatever stands outside a function (patterns, sets of words, limits), and functions with a
decorator. The rules are changed node by node by `make mutate`. Only quick tests are asked here; what survives may
still be noticed by the others.
"""


def page(results: Mapping[str, Any], reasons: Path) -> tuple[str, list[str]]:
    """The text, and a line for each survivor without a reason and each reason without a survivor."""
    groups = tomllib.loads(reasons.read_text(encoding="utf-8"))
    used: set[tuple[str, ...]] = set()
    explained: dict[str, list[str]] = {name: [] for name in groups}
    left: list[str] = []
    counts: dict[str, int] = {}
    for module, result in results.items():
        for function, old, new in result["survivors"]:
            line = f"`{module}` {function}: {_code(*_differing(old, new))}"
            found = [
                (name, *one)
                for name, group in groups.items()
                for one in group["mutants"]
                if one[0] == module and one[1] == function and one[2] in new
            ]
            if found:
                used.add(found[0])
                explained[found[0][0]].append(line)
                counts[module] = counts.get(module, 0) + 1
            else:
                left.append(line)
    stale = [one for name, group in groups.items() for one in group["mutants"] if (name, *one) not in used]
    unused = [f"no survivor fits this reason: {' '.join(one)}" for one in stale if one[0] in results]
    lines = [HEAD, "| module | mutants | caught | never ended | survived | explained | score | date |"]
    lines.append("| --- " + "| ---: " * 6 + "| --- |")
    lines += [_row(name, [result], counts.get(name, 0)) for name, result in results.items()]
    lines.append(_row("all", list(results.values()), sum(counts.values())))
    tools = sorted({f"{result['tool']}" for result in results.values()})
    lines += [
        "",
        f"Tool: {', '.join(tools)}. The score is what was noticed of all; `explained` are of those that survived.",
    ]
    lines.append(LIMITS)
    for name, group in groups.items():
        if explained[name]:
            lines += [f"## {group['title']} ({len(explained[name])})", "", group["why"].strip(), ""]
            lines += [*(f"- {line}" for line in explained[name]), ""]
    if left:
        lines += [f"## Not explained ({len(left)})", "", *(f"- {line}" for line in left), ""]
    return "\n".join(lines).rstrip() + "\n", [*left, *unused]


def _row(name: str, results: list[Any], explained: int) -> str:
    total = {
        key: sum(r.get(key, 0) for r in results) for key in ("mutants", "caught", "too long", "survived", "not reached")
    }
    noticed = total["caught"] + total["too long"]
    survived = total["survived"] + total["not reached"]
    date = results[0]["date"] if len(results) == 1 else ""
    cells = (total["mutants"], total["caught"], total["too long"], survived, explained)
    score = f"{1000 * noticed // max(1, total['mutants']) / 10}%"
    return f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} | {score} | {date} |"


def _differing(old: str, new: str) -> tuple[str, str]:
    """Both lines without what they have in common at their ends, but for some signs around it."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    first, last = max(0, start - 24), max(0, end - 16)
    return old[first : len(old) - last], new[first : len(new) - last]


def _code(old: str, new: str) -> str:
    return " → ".join(f"`` {text} ``" for text in (old, new))
