-- By a key the source has agreed already; then also a wish that waits is approved.
insert into joins (
    account_id, source_store_id, destination_store_id, state, asked_by, destination_location_id, source_location_id,
    decided_by, decided_at
)
values (
    :account_id::integer,
    :source_store_id::integer,
    :destination_store_id::integer,
    :state::text,
    :who::text,
    :destination_location_id::bigint,
    :source_location_id::bigint,
    case when :state::text = 'approved' then :who::text end,
    case when :state::text = 'approved' then now() end
)
on conflict (account_id, source_store_id, destination_store_id) where state in ('waiting', 'approved') do update
set
    state = excluded.state,
    destination_location_id = excluded.destination_location_id,
    source_location_id = excluded.source_location_id,
    decided_by = excluded.decided_by,
    decided_at = excluded.decided_at
returning join_id
