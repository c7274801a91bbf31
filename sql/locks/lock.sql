select pg_advisory_lock(hashtextextended(:key, 0))
