"""What the tests share: the reader of our own source, fakes, the clock and the chat client."""
