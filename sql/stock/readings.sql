-- What is known of a destination's levels that no reading names: a whole reading would have named them had they moved, an
-- incremental one only what its index showed, up to ten minutes before. A source's row is of its last reading if it came with
-- it, or was read by id since; a whole reading named every row.
select
    (
        select max(case when kind = 'full' then read_at else read_at - interval '10 minutes' end)
        from snapshots
        where account_id = :account_id::integer
            and store_id = :destination::integer
            and operation = 'levels'
            and state = 'complete'
    ) as levels_as_of,
    coalesce(
        (
            select case when kind = 'full' then '-infinity' else read_at end
            from snapshots
            where account_id = :account_id::integer
                and store_id = :source::integer
                and operation = 'levels'
                and state = 'complete'
            order by read_at desc
            limit 1
        ),
        '-infinity'
    ) as raise_since
