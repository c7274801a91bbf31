-- Every source product in question, and the first gate that keeps it from being offered (D16, rule 7, D2's scopes).
create temp table offered on commit drop as
with

facts as (
    select f.product_id, f.handle, f.collections, f.tags, lower(f.tags::text)::text[] as lower_tags
    from source_facts as f
    where f.account_id = :account_id::integer
        and f.store_id = :source::integer
        and (:products::bigint[] is null or f.product_id = any (:products::bigint[]))
),

chosen as (
    select
        f.product_id,
        s.action
    from facts as f
    join scopes as s
        on s.account_id = :account_id::integer
        and s.connection_id = :connection_id::integer
        and case s.kind
            when 'all' then true
            when 'tag' then lower(s.value) = any (f.lower_tags)
            when 'product' then s.value in (f.handle, f.product_id::text)
            when 'collection' then s.value = any (f.collections)
        end
),

judged as (
    select
        product_id,
        bool_or(action = 'include') as included,
        bool_or(action = 'exclude') as excluded
    from chosen
    group by product_id
)

select
    f.product_id,
    case
        when f.lower_tags && :hide_tags::text[] then 'hidden'
        when j.product_id is null or not j.included or j.excluded then 'out_of_scope'
    end as gate
from facts as f
left join judged as j on j.product_id = f.product_id;
