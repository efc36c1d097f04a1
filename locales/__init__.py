"""The catalogues of the interface: <language>/LC_MESSAGES/*.po."""
