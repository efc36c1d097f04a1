"""Messages that the bot sends of its own accord: to others than the person of an update, and at a time of their own.

    bot/services/outbox ─▶ ledger ─▶ pacing ─▶ sender ─▶ outcome ─▶ ledger
                             ▲
                           lease        one worker sends, others stand by

`worker` drives it; `process` puts it together with python-telegram-bot. What is guaranteed stands in `ledger`.
"""
