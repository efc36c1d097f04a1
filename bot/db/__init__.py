"""The database: tables, connections, one repository per aggregate, migrations. Knows nothing of Telegram's library."""
