-- Files that people upload: kept as they came, staged row by row, looked at as a whole, and applied or not.
create table uploads (
    account_id integer not null references accounts (account_id),
    upload_id bigint generated always as identity,
    connection_id integer not null,
    kind text not null,
    file_name text not null,
    bytes integer not null default 0,
    sha256 bytea,
    state text not null default 'receiving' check (state in ('receiving', 'stored', 'unreadable', 'checked', 'applied')),
    message text,
    columns text[] not null default '{}',
    counts jsonb not null default '{}',
    digest text,
    who text not null,
    created_at timestamptz not null default now(),
    checked_at timestamptz,
    applied_at timestamptz,
    applied_by text,
    forgotten_at timestamptz,
    primary key (account_id, upload_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
create index uploads_of_connection on uploads (account_id, connection_id, upload_id);
comment on table uploads is 'A file that somebody uploaded, what it would change, and whether that was applied.';
comment on column uploads.state is 'receiving: it is still coming in; stored: it waits to be looked at; unreadable: message says why; checked: rows have their outcome.';
comment on column uploads.message is 'What is said of the file as a whole.';
comment on column uploads.columns is 'Its header as it came.';
comment on column uploads.counts is 'Rows by outcome and by what they would do.';
comment on column uploads.digest is 'Of all that was shown: applying works it all out again, and goes on only where the two agree.';
comment on column uploads.forgotten_at is 'When file and rows were taken away; this row stays as history.';

create table upload_pieces (
    account_id integer not null,
    upload_id bigint not null,
    piece integer not null,
    bytes bytea not null,
    primary key (account_id, upload_id, piece),
    foreign key (account_id, upload_id) references uploads (account_id, upload_id) on delete cascade
);
comment on table upload_pieces is 'The file itself, in pieces, in the order of their numbers.';

create table upload_rows (
    account_id integer not null,
    upload_id bigint not null,
    row_no integer not null,
    cells jsonb not null,
    fault text,
    result text check (result in ('ok', 'warning', 'error', 'unchanged')),
    action text,
    message text,
    primary key (account_id, upload_id, row_no)
);
create index upload_rows_by_result on upload_rows (account_id, upload_id, result, row_no);
comment on table upload_rows is 'Its rows: the texts as they came, and what they would do. No foreign key: it would be looked up once a row.';
comment on column upload_rows.row_no is 'As a spreadsheet counts, the header being row 1.';
comment on column upload_rows.cells is 'A list of texts, in the order of uploads.columns.';
comment on column upload_rows.fault is 'What cannot be trusted of it: lost digits, a formula.';
comment on column upload_rows.action is 'What it would do: link, relink, change, unlink, apart; null where nothing.';

-- A mapping comes from the settings' document, which is written whole, or from an upload, which says its rows alone.
alter table mappings
    add column origin text not null default 'settings' check (origin in ('settings', 'upload')),
    add column note text;
comment on column mappings.origin is 'upload: settings that are saved anew leave it, unless they name its destination SKU.';
alter table variant_links add column note text;
comment on column variant_links.note is 'What a merchant wrote beside the pair.';

create table unlinked_variants (
    account_id integer not null,
    connection_id integer not null,
    source_variant_id bigint not null,
    source_product_id bigint not null,
    destination_variant_id bigint not null,
    destination_product_id bigint not null,
    upload_id bigint,
    created_at timestamptz not null default now(),
    primary key (account_id, connection_id, source_variant_id, destination_variant_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table unlinked_variants is 'Pairs that a person took apart: neither key nor origin pairs the source variant again, and nothing is made for it, until it is mapped anew.';
