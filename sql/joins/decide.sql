-- One that was approved but could not be carried out may be given up.
update joins
set
    state = :state::text,
    decided_by = :who::text,
    decided_at = now(),
    source_location_id = coalesce(:source_location_id::bigint, source_location_id)
where account_id = :account_id::integer
    and join_id = :join_id::integer
    and (state = 'waiting' or (state = 'approved' and fault is not null and :state::text <> 'approved'))
