-- What the settings' document says of these destination SKUs is said by the upload from now on.
update connections as c
set settings = jsonb_set(
    c.settings,
    '{mappings}',
    (
        select coalesce(jsonb_agg(m.row order by m.place), '[]')
        from jsonb_array_elements(c.settings -> 'mappings') with ordinality as m (row, place)
        where m.row ->> 'destination_sku' not in (
            select coalesce(j.m_dest_sku, j.d_sku) from judged_rows as j
            where j.action is not null and coalesce(j.m_dest_sku, j.d_sku) is not null
        )
    )
)
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and jsonb_array_length(coalesce(c.settings -> 'mappings', '[]')) > 0
