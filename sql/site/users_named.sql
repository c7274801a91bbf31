select
    u.account_id,
    u.user_id,
    u.name,
    u.password,
    a.name as account
from users as u
join accounts as a on a.account_id = u.account_id
where lower(u.name) = lower(:name::text)
    and (:account::text is null or :account::text in (a.name, a.account_id::text))
order by u.account_id, u.user_id
limit 2
