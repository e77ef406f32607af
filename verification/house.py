"""Counts the house: lines, rooms, floors and circles of `taxcalc`, `Any`, and long files. `make house` prints it.

Whatever a module imports counts, also inside a function or for types alone: a circle stays one by being imported late.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

from verification import ROOT

PACKAGE = "taxcalc"
LONG = 300
"""Lines from which a file counts as long."""

Arrows = Mapping[str, set[str]]
"""For each module by its dotted name (or each room), the others of the package that it imports."""


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Every module of the package by its dotted name; a package is its `__init__`."""
    found = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root: Path = ROOT) -> Arrows:
    """What each module imports of the package, the packages on the way to a module left out."""
    files = modules(root)
    return {name: _imported(name, path, files) - {name} for name, path in files.items()}


def _imported(name: str, path: Path, files: Mapping[str, Path]) -> set[str]:
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    wanted: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            wanted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(part for part in (above, node.module) if part)
            inner = {f"{source}.{alias.name}" for alias in node.names}
            wanted |= inner if inner <= files.keys() else {source, *inner}
    return wanted & files.keys()


def room(module: str) -> str:
    """The part of the package that a module stands in; what stands at the top is a room of its own."""
    return ".".join(module.split(".")[:2])


def between_rooms(found: Arrows) -> dict[str, set[str]]:
    """The rooms that each room imports from."""
    rooms: dict[str, set[str]] = {}
    for module, imported in found.items():
        rooms.setdefault(room(module), set()).update({room(other) for other in imported} - {room(module)})
    return rooms


def circles(found: Arrows) -> list[list[str]]:
    """The modules (or rooms) each of which leads to all the others of its circle."""
    reached: dict[str, set[str]] = {}
    for name in found:
        reached[name], next_ones = set(), [name]
        while next_ones:
            new = found[next_ones.pop()] - reached[name]
            reached[name] |= new
            next_ones += new
    around = {tuple(sorted(o for o in reached[name] if name in reached[o])) for name in found if name in reached[name]}
    return sorted(map(list, around))


def floors(found: Arrows) -> int:
    """How many modules (or rooms) the longest way down has; those of a circle stand on one floor."""
    leader = {name: circle[0] for circle in circles(found) for name in circle}
    below: dict[str, set[str]] = {}
    for name, imported in found.items():
        mine = leader.get(name, name)
        below.setdefault(mine, set()).update({leader.get(other, other) for other in imported} - {mine})
    heights: dict[str, int] = {}
    for name in TopologicalSorter(below).static_order():
        heights[name] = 1 + max((heights[other] for other in below[name]), default=0)
    return max(heights.values())


def table(root: Path = ROOT) -> list[tuple[str, int, str]]:
    """What is counted, how much of it there is, and where it is most or what it is."""
    files = {name: path.read_text(encoding="utf-8") for name, path in modules(root).items()}
    lines = {name: text.count("\n") for name, text in files.items()}
    anys = {name: len(re.findall(r"^.*\bAny\b", text, re.MULTILINE)) for name, text in files.items()}
    most = sorted(anys, key=anys.__getitem__, reverse=True)
    long = sorted((name for name in lines if lines[name] > LONG), key=lines.__getitem__, reverse=True)
    found = imports(root)
    rooms = between_rooms(found)
    by_room = {name: sum(lines[module] for module in lines if room(module) == name) for name in rooms}
    return [
        ("lines", sum(lines.values()), ", ".join(f"{_short(name)} {n:,}" for name, n in sorted(by_room.items()))),
        ("rooms at the top", len(rooms), ", ".join(map(_short, sorted(rooms)))),
        ("arrows between rooms", sum(map(len, rooms.values())), ""),
        ("floors of rooms", floors(rooms), ""),
        ("circles of rooms", len(circles(rooms)), _listed(circles(rooms))),
        ("modules", len(files), ""),
        ("floors of modules", floors(found), ""),
        ("circles of modules", len(circles(found)), _listed(circles(found))),
        ("lines with Any", sum(anys.values()), ", ".join(f"{_short(name)} {anys[name]}" for name in most[:5])),
        (f"files over {LONG} lines", len(long), ", ".join(f"{_short(name)} {lines[name]}" for name in long)),
    ]


def _short(module: str) -> str:
    return module.partition(".")[2] or "(the face)"


def _listed(found: list[list[str]]) -> str:
    return "; ".join(" ↔ ".join(map(_short, circle)) for circle in found)


if __name__ == "__main__":
    for what, number, which in table():
        print(f"{what:<22}{number:>8,}  {which}".rstrip())
