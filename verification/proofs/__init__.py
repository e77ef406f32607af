"""Proofs about the rules, over all businesses and without sampling.

laws          the periods of the years that are proved, and which of them have the same law
solver        a program as terms of the solver z3: all businesses of a law, and ways to ask a claim of all of them
theorems      what is proved of every levy under every law (`make prove`)
cliffs        where one more fen costs more than a yuan (`make cliffs`)
rule_mutants  every rule with one thing wrong: told apart by a business, or proved equal (`make mutate`)
"""
