select
    count(*) filter (where status = 'rolled_back')::integer as rolled_back,
    count(*) filter (where message like 'not rolled back: %')::integer as left_count,
    coalesce(
        (
            select jsonb_agg(jsonb_build_object(
                'change', c.change_id::text, 'entity', c.entity, 'action', c.action, 'field', c.field, 'label', c.label,
                'reason', substr(c.message, length('not rolled back: ') + 1)
            ) order by c.change_id)
            from (
                select *
                from changes
                where account_id = :account_id::integer
                    and change_set_id = :change_set_id::bigint
                    and origin <> 'rollback'
                    and message like 'not rolled back: %'
                order by change_id
                limit :most::integer
            ) as c
        ),
        '[]'
    ) as lines
from changes
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and origin <> 'rollback'
