"""The running bot: storage, use cases, outbound messages, and the entry points that compose them."""
