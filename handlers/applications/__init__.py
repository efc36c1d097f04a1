"""Applications with their checklists, and the links that lead back to them."""
