"""Fits the embeddings to the phrasings of the packs. For maintainers, ahead of time: nothing here runs with the bot."""
