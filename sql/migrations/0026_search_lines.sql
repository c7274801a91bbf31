-- A set's lines are searched by their labels: going through two hundred thousand in small letters takes a quarter of the time
-- that folding each anew does.
alter table changes
    add column found_by text not null generated always as (left(lower(coalesce(label, '')), 250)) stored;
comment on column changes.found_by is 'What a search looks through.';
