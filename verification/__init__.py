"""What hunts, proves and compares: no part of the program, which never imports it.

proofs      theorems about the rules over all businesses, every cliff, and every mutant of a rule, by a solver
oracle      a second calculator, written from the law alone
crosscheck  the program beside the oracle, on any number of made-up businesses
mutants     thousands of small changes to the code around the rules, and which of them the tests notice
fuzz        what a fuzzer invents, thrown at each reader
sbom        what the program is made of, for who has to list it
trust       the page that puts together what the pages of the others say
house       the size and the shape of the program, counted

What a command writes for people is in docs/; what it keeps for its next run, or for a test, lies beside it.
"""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The project."""
DOCS = ROOT / "docs"
"""The pages that the commands write."""
