"""How a solver is asked: programs as its terms, all businesses of a law, and claims shown as a whole or by parts."""
