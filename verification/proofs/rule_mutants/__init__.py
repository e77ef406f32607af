"""Every rule with one thing wrong, and the business by which each is told from the right one."""
