"""The interview of a person, and the links that begin one."""
