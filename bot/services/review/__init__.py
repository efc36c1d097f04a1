"""What reviewers see, decide and say; where everybody stands."""
