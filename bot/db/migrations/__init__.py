"""The steps by which the tables came to be what they are. Alembic runs them; `bot.db.migrate` runs Alembic."""

from typing import Final

HEAD: Final = "0008"
"""The newest revision in `versions`, known without importing Alembic; a test keeps the two together."""
