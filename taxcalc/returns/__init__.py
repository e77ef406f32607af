"""Filing sheets: which line of which form an amount of an assessment goes to."""
