-- A source has a code that destinations ask for it with (D6).
update stores
set
    role = :role::text,
    join_code = case when :role::text = 'source' then coalesce(join_code, :join_code::text) else join_code end
where account_id = :account_id::integer and store_id = :store_id::integer
