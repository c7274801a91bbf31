-- What a person said of a value ends once another is wanted there, whether or not it is wanted again later (rule 88). A
-- product that is not offered has its values for another reason: what was said of those is seen to in ends.sql. Of a figure
-- in doubt nobody knows what is wanted.
delete from decisions as d
using [[ rows: # ]] as r
join offered as o on o.product_id = r.source_product_id and o.gate is null
where d.account_id = :account_id::integer
    and d.connection_id = :connection_id::integer
    and d.entity = '[[ entity: # ]]'
    and d.action = 'update'
    and d.decision <> 'keep'
    and d.item_id = r.[[ key: # ]]
    [[ place: and d.location_id = r.# ]]
    [[ waiting: and r.# is null ]]
    and case d.field [[ fields: when '#' then as_json(r.desired_#) || ]] end is distinct from d.desired;
