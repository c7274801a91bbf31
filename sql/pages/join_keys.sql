-- Keys of some stores, the newest first; never the keys themselves, which nobody has.
select
    k.join_key_id,
    k.store_id,
    k.domain,
    k.made_by,
    k.made_at,
    k.expires_at,
    k.used_at,
    case
        when k.used_at is not null then 'used'
        when k.ended_at is not null then 'taken_back'
        when k.expires_at <= now() then 'expired'
        else 'good'
    end as state,
    u.domain as used_by
from join_keys as k
left join stores as u on u.account_id = k.account_id and u.store_id = k.used_by_store_id
where k.account_id = :account_id::integer
    and k.store_id = any (:stores::integer[])
    and (:join_key_id::integer is null or k.join_key_id = :join_key_id::integer)
order by k.join_key_id desc
limit 50
