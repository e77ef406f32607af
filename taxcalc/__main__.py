"""python -m taxcalc."""

from taxcalc.cli import main

main()
