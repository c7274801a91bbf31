-- By the SKUs of both: what the pair was called, and what the mapping named.
delete from mappings as m
using judged_rows as j
where m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and j.action is not null
    and m.destination_sku in (j.m_dest_sku, j.d_sku)
