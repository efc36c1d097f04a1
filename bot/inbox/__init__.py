"""Updates are stored before they are confirmed, and handled from the store (design §3.13).

    Telegram ──▶ polling or webhook ──▶ inbox table ──▶ confirmed
                                             │
                                             ▼
                     one at a time for each person, several people at once ──▶ handle

Whatever the process was doing when it died: an update that was not stored was not confirmed either, so Telegram sends
it again; one that was stored twice is recognised by its id; one that was stored and not finished is handled after the
restart; and that it is finished is written in the same statement as its effects.
"""
