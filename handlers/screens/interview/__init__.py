"""A question, the answers, the result and its lists."""
