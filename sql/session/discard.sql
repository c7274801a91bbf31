-- Temporary tables, settings, locks and plans: nothing of them is left to who has the connection next.
discard all
