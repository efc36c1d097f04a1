"""Answers to questions, topics, inline mode, the inbox."""
