alter table location_links add column linked_at timestamptz;
comment on column location_links.linked_at is 'Since when its place at the destination is fed, if not from the first: only sales after it are ours.';
-- made anew with fewer columns
drop view if exists open_movements;
