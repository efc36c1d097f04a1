"""Takes a question apart: words, what it names, its language. Knows the word lists, not the topics' examples."""
