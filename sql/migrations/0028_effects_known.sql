alter table order_effects add column known_at timestamptz not null default now();
comment on column order_effects.known_at is 'Since when it is known here: a figure that was settled later has it in it.';
