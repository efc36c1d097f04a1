"""Tests of the search for free questions."""
