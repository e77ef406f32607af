"""Every place where one more fen of an input, all else equal, raises a levy by more than a yuan."""
