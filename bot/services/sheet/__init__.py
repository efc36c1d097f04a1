"""The printable sheet of an application."""
