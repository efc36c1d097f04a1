"""The interview, its result and its lists."""
