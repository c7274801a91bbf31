create table if not exists migration_checksums (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
);
comment on table migration_checksums is
    'The text of each migration that ran here: an edited one would leave databases that differ by age.';
