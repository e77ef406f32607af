"""Proofs about the rules, over all businesses and without sampling. Used by `make prove` and the tests only."""
