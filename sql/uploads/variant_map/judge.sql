-- What each row would do, or why it cannot: the first reason counts.
create temp table judged_rows on commit drop as
with

judged as (
    select
        c.*,
        case
            when c.command = 'IGNORE' or c.is_written or c.is_forgotten then null
            when c.fault is not null then c.fault
            when c.command not in ('MERGE', 'UPDATE', 'DELETE')
                then format('command: expected MERGE, UPDATE, DELETE or IGNORE, got %s', c.command)
            when coalesce(c.source_store, :source_domain::text) <> :source_domain::text
                or coalesce(c.dest_store, :destination_domain::text) <> :destination_domain::text
                then format(
                    'it names %s and %s, and this upload is for %s and %s: upload it at that connection, or correct the domain',
                    coalesce(c.source_store, :source_domain::text), coalesce(c.dest_store, :destination_domain::text),
                    :source_domain::text, :destination_domain::text
                )
            when c.source_id is not null and c.source_variant_id is null
                then format('source_variant_id: expected the number of a variant, got %s', c.source_id)
            when c.dest_id is not null and c.dest_variant_id is null
                then format('dest_variant_id: expected the number of a variant, got %s', c.dest_id)
            when '(clear)' in (lower(btrim(c.source_sku)), lower(btrim(c.dest_sku)))
                then 'a SKU cannot be cleared here: DELETE unlinks the two'
            when c.source_blank and c.dest_blank then 'it names no variant: give a SKU or an id of both stores'
            when c.factor is not null and c.new_factor is null
                then format('qty_factor: expected a positive whole number such as 6, got %s', c.factor)
            when coalesce(c.price_per, 'unit') not in ('unit', 'pack', '(clear)')
                then format('price_per: expected unit or pack, got %s', c.price_per)
            when coalesce(c.existing_items, 'stock_only') not in ('stock_only', 'fill_blank', 'overwrite', '(clear)')
                then format('existing_items: expected stock_only, fill_blank or overwrite, got %s', c.existing_items)
            when not c.source_blank and c.s_number is null
                then format(
                    'source: no variant of %s that this connection takes is %s', :source_domain::text,
                    coalesce('number ' || c.source_id, c.source_sku, c.barcode, c.handle)
                )
            when c.s_number > 1
                then format(
                    'source: %s variants of %s are %s: %s. Say which by source_variant_id, or give each a SKU of its own',
                    c.s_number, :source_domain::text, coalesce(c.source_sku, c.barcode, c.handle), c.s_ids
                )
            when not c.dest_blank and c.d_number is null
                then format(
                    'destination: no variant of %s is %s', :destination_domain::text,
                    coalesce('number ' || c.dest_id, c.dest_sku, c.barcode, c.handle)
                )
            when c.d_number > 1
                then format(
                    'destination: %s variants of %s are %s: %s. Say which by dest_variant_id, or give each a SKU of its own',
                    c.d_number, :destination_domain::text, coalesce(c.dest_sku, c.barcode, c.handle), c.d_ids
                )
            when c.partners > 1
                then format(
                    'destination: %s feeds %s variants of %s: %s. Say which one is meant', c.s_label, c.partners,
                    :destination_domain::text, c.partner_ids
                )
            when c.twins is not null
                then format(
                    'rows %s name one variant of %s, %s: keep one of them',
                    array_to_string(c.twins[1:5], ', '), :destination_domain::text, c.d_label
                )
            when c.is_taken then format('%s of %s is linked by another connection already', c.d_label, :destination_domain::text)
            when c.command = 'DELETE' and c.is_own and not c.is_same and c.s_variant is not null
                then format('%s is linked to %s, not to %s', c.d_label, coalesce(c.l_source_sku, c.l_source::text), c.s_label)
            when c.command = 'DELETE' then null
            when c.s_variant is null
                then format('source: it names none, and %s is not linked yet: give a SKU or an id', c.d_label)
            when c.d_variant is null
                then format('destination: it names none, and %s is not linked yet: give a SKU or an id', c.s_label)
            when c.command = 'UPDATE' and not c.is_own
                then format('UPDATE changes links that are there, and %s is not linked: MERGE links it', c.d_label)
            when c.is_unchanged then null
            when c.is_own and not c.is_same and c.l_ours
                then format(
                    '%s was made from %s by Crossdock: unlink it first (DELETE), then link it to another',
                    c.d_label, coalesce(c.l_source_sku, c.l_source::text)
                )
            when c.is_same then null
            when :match_by::text in ('sku', 'barcode')
                and coalesce(case :match_by::text when 'barcode' then c.s_barcode else c.s_sku end, '') ~ '^\s*$'
                then format('source: variant %s has no %s, and is left out until it has one', c.s_variant, :match_by::text)
            when c.s_carriers is not null
                then format(
                    'source: %s variants of %s share its %s (%s), and are left out until each has its own',
                    c.s_carriers, :source_domain::text, :match_by::text, c.s_carrier_ids
                )
            when c.d_carriers is not null
                then format(
                    'destination: %s variants of %s share its %s (%s), and are left out until each has its own',
                    c.d_carriers, :destination_domain::text, :match_by::text, c.d_carrier_ids
                )
        end as error
    from map_known as c
),

acting as (
    select
        j.*,
        case
            when j.error is not null or j.command = 'IGNORE' or j.is_written then null
            when j.command = 'DELETE' and j.is_same then 'unlink'
            when j.is_forgotten and (j.s_variant is null or j.d_variant is null) then 'forget'
            when j.command = 'DELETE' and j.s_variant is not null and j.d_variant is not null and not j.is_apart then 'apart'
            when j.command = 'DELETE' or j.is_unchanged then null
            when j.is_same then 'change'
            when j.is_own then 'relink'
            else 'link'
        end as action,
        concat_ws(
            '; ',
            case
                when j.source_sku is not null and j.s_sku is distinct from j.source_sku and j.s_number = 1
                    then format('source_sku %s is not the SKU of variant %s (%s), which was taken', j.source_sku, j.s_variant, j.s_sku)
            end,
            case
                when j.dest_sku is not null and j.d_sku is distinct from j.dest_sku and j.d_number = 1
                    then format('dest_sku %s is not the SKU of variant %s (%s), which was taken', j.dest_sku, j.d_variant, j.d_sku)
            end,
            case
                when j.barcode is not null and greatest(j.s_strength, j.d_strength) > 2
                    then format('not both stores have the barcode %s: where it is missing the SKU was taken', j.barcode)
            end,
            case
                when j.handle is not null and greatest(j.s_strength, j.d_strength) > 3
                    then format('not both stores have the handle %s: where it is missing the SKU was taken', j.handle)
            end,
            case
                when j.match_by not in ('link', 'origin', 'mapping', 'sku', 'barcode', 'handle')
                    then format('match_by %s is no way of matching, and was passed over', j.match_by)
            end,
            case
                when j.command = 'DELETE' and j.is_same and j.untold > 0
                    then format('%s units sold there are not known to the source yet and count on: see crossdock movements list', j.untold)
            end
        ) as warning
    from judged as j
)

select
    a.row_no,
    case
        when a.error is not null then 'error'
        when a.command <> 'IGNORE' and a.warning <> '' then 'warning'
        when a.action is null then 'unchanged'
        else 'ok'
    end as result,
    a.action,
    concat_ws(
        '. ',
        a.error,
        case a.action
            when 'link' then format('Links %s with %s', a.s_label, a.d_label)
            when 'relink' then format('Links %s with %s instead of %s', a.d_label, a.s_label, coalesce(a.l_source_sku, a.l_source::text))
            when 'change' then format('Changes the link of %s with %s', a.s_label, a.d_label)
            when 'unlink'
                then format(
                    'Unlinks %s from %s: the product stays as it is, its stock is written no more and its sales reach the source no more',
                    a.d_label, a.s_label
                )
            when 'forget' then format('Takes the mapping of %s to %s away', a.m_source_sku, a.m_dest_sku)
            when 'apart' then format('Keeps %s and %s apart: they are not linked by themselves', a.s_label, a.d_label)
        end,
        case
            when a.action in ('link', 'relink', 'change')
                then nullif(
                    concat_ws(
                        ', ',
                        case
                            when a.factor_then <> coalesce(case when a.is_own then a.l_factor end, 1)
                                then format('%s at the source make one here', a.factor_then)
                        end,
                        case
                            when a.price_per_then <> coalesce(case when a.is_own then a.l_price_per end, 'unit')
                                then 'its price is per ' || a.price_per_then
                        end,
                        case
                            when a.existing_then is distinct from case when a.is_own then a.l_existing end
                                then 'of its fields: ' || coalesce(replace(a.existing_then, '_', ' '), 'as the connection says')
                        end,
                        case when a.note_then is distinct from case when a.is_own then a.l_note end then 'with a note' end
                    ),
                    ''
                )
        end,
        case when a.action in ('link', 'relink', 'change') and a.is_wider then 'The next change sets wait for a person' end,
        case
            when a.command = 'IGNORE' then 'Passed over'
            when a.command = 'DELETE' and a.action is null and a.error is null then 'They are not linked'
        end,
        case when a.error is null and a.command <> 'IGNORE' then nullif(a.warning, '') end
    ) as message,
    concat_ws(
        ' ', a.s_variant, a.d_variant, a.l_connection, a.l_source, a.factor_then, a.price_per_then, a.existing_then, a.note_then
    ) as effect,
    a.s_variant,
    a.s_product,
    a.s_sku,
    a.d_variant,
    a.d_product,
    a.d_item,
    a.d_sku,
    a.m_dest_sku,
    a.l_source,
    a.factor_then,
    a.price_per_then,
    a.existing_then,
    a.note_then,
    a.is_wider
from acting as a;
