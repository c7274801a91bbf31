insert into users (account_id, name, password)
values (:account_id, :name, :password)
on conflict (account_id, name) do update set password = excluded.password, password_at = now()
returning account_id, user_id, name
