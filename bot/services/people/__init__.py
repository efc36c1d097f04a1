"""What people decide about themselves, and what is kept about them."""
