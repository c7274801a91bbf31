alter table connections add column stood tstzmultirange not null default '{}';
comment on column connections.stood is 'When it stood before it was disconnected: orders of these times are its own, also after a reconnect moved accepted_at.';
