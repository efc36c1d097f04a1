"""The staff: who is on it, what each may do, what was done, numbers and tables."""
