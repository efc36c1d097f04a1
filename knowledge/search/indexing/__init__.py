"""What a question is compared with: built ahead from all examples, kept in a file, opened by the bot."""
