-- Whether rules say something else than at the last comparison although the settings are the same: a price rule began or
-- ended, a rate grew too old (rule 39), a collection has another name, a location was closed or opened (rule 28).
select
    exists (
        select
        from price_rules
        where account_id = :account_id::integer
            and connection_id = :connection_id::integer
            and (
                (valid_from > :since::timestamptz and valid_from <= now())
                or (valid_to > :since::timestamptz and valid_to <= now())
            )
    )
    or exists (
        select
        from exchange_rates
        where account_id = :account_id::integer
            and connection_id = :connection_id::integer
            and as_of + interval '7 days' > :since::timestamptz
            and as_of + interval '7 days' <= now()
    )
    or exists (
        select
        from staging.collections
        where account_id = :account_id::integer and store_id = :source::integer and changed_at > :since::timestamptz
    )
    or exists (
        select
        from location_links as k
        join staging.locations as x
            on x.account_id = k.account_id
            and (x.store_id, x.location_id) in (
                (:source::integer, k.source_location_id), (:destination::integer, k.destination_location_id)
            )
        where k.account_id = :account_id::integer
            and k.connection_id = :connection_id::integer
            and x.changed_at > :since::timestamptz
    ) as turned;
