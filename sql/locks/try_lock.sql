select pg_try_advisory_lock(hashtextextended(:key, 0)) as taken
