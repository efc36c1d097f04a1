"""Pure functions: a domain value in, a `Screen` out. The only place that asks for words."""
