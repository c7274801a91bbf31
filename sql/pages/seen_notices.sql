-- What is open of some stores and their connections; what concerns the whole account only where all of it is seen.
select
    n.notice_id,
    n.store_id,
    n.connection_id,
    n.code,
    n.text,
    n.first_seen,
    n.last_seen
from notices as n
where n.account_id = :account_id
    and n.ended_at is null
    and (
        n.store_id = any (:stores::integer[])
        or n.connection_id = any (:connections::integer[])
        or (:whole::boolean and n.store_id is null and n.connection_id is null)
    )
    and (n.store_id is null or n.store_id = any (:stores::integer[]))
order by n.notice_id
limit 100
