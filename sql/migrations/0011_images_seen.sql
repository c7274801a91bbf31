alter table image_links add column seen boolean not null default false;
comment on column image_links.seen is 'A reading of the destination has shown its image: only then does a reading without it say that it was taken away.';
