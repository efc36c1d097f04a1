"""The ledger, its worker, and what it guarantees."""
