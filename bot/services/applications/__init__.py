"""Applications with their checklists."""
