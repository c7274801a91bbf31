insert into accounts (name)
values (:name)
returning account_id, name, created_at
