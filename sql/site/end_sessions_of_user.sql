-- The sessions of one operator, by what the site wrote into them.
delete from sessions
where sess -> 'viewer' ->> 'account_id' = (:account_id::integer)::text
    and sess -> 'viewer' ->> 'user_id' = (:user_id::integer)::text
