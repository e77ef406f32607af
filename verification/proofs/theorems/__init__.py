"""What holds of every levy under every law: `catalogue` names the theorems, `run` proves them."""
