-- Linked products that are gone at the source, by the whole reading that says so, or out of scope (D15). Who is in which
-- collection is believed only if it was read under the present settings: what was never read is no departure.
with

linked as (
    select source_product_id from variant_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and (:products::bigint[] is null or source_product_id = any (:products::bigint[]))
    union
    select source_product_id from product_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and (:products::bigint[] is null or source_product_id = any (:products::bigint[]))
),

whole as (
    select max(read_at) as read_at
    from snapshots
    where account_id = :account_id::integer
        and store_id = :source::integer
        and operation = 'catalogue'
        and kind = 'full'
        and state = 'complete'
        and merged_at is not null
),

members as (
    select not exists (
        select from scopes
        where account_id = :account_id::integer and connection_id = :connection_id::integer and kind = 'collection'
    ) or exists (
        select from snapshots
        where account_id = :account_id::integer
            and store_id = :source::integer
            and operation = 'collections'
            and state = 'complete'
            and merged_at is not null
            and created_at > :settings_at::timestamptz
    ) as known
),

away as (
    select l.source_product_id, 'gone' as why, whole.read_at
    from linked as l
    cross join whole
    where whole.read_at is not null
        and not exists (
            select from staging.products as s
            where s.account_id = :account_id::integer
                and s.store_id = :source::integer
                and s.product_id = l.source_product_id
        )
    union all
    select l.source_product_id, 'out_of_scope', null
    from linked as l
    join offered as o on o.product_id = l.source_product_id and o.gate = 'out_of_scope'
    cross join members
    where members.known
),

back as (
    delete from departures as d
    where d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and (:products::bigint[] is null or d.source_product_id = any (:products::bigint[]))
        and not exists (select from away as a where a.source_product_id = d.source_product_id)
        -- still outside, as far as is known
        and not exists (
            select from offered as o where o.product_id = d.source_product_id and o.gate = 'out_of_scope'
        )
)

insert into departures (account_id, connection_id, source_product_id, why, first_absent_at, last_absent_at)
select :account_id::integer, :connection_id::integer, source_product_id, why, read_at, read_at
from away
on conflict (account_id, connection_id, source_product_id) do update set
    why = excluded.why,
    first_absent_at = case
        when excluded.last_absent_at is not null then coalesce(departures.first_absent_at, excluded.first_absent_at)
    end,
    last_absent_at = excluded.last_absent_at;
