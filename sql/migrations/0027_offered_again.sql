comment on column staging.products.changed_at is
'Moves only when a value does, or a person offers a rejected creation again: the next comparison is to look at it.';
