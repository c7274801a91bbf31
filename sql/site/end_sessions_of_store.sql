-- The sessions of a store's people, by what the site wrote into them; operators have none of a store.
delete from sessions
where sess -> 'viewer' ->> 'account_id' = (:account_id::integer)::text
    and sess -> 'viewer' ->> 'store_id' = (:store_id::integer)::text
