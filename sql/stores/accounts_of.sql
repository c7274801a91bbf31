select
    account_id,
    name,
    created_at
from accounts
where :name::text is null or name = :name or account_id::text = :name
order by account_id
