"""Applications, checklists, cards of items."""
