"""What the shipped tables cite, and how it is known, as a page that is reviewed."""
