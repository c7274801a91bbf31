-- The settings document as rows. Its lists number their rows from 1: the older rule has the lower number.
with scope_rows as (
    insert into scopes (account_id, connection_id, kind, value, action)
    select distinct
        :account_id::integer,
        :connection_id::integer,
        kind,
        value,
        action
    from jsonb_to_recordset(:settings::jsonb -> 'scopes') as given (kind text, value text, action text)
),

lock_rule_rows as (
    insert into lock_rules (account_id, connection_id, lock_rule_id, scope, scope_value, field, mode, priority)
    select
        :account_id,
        :connection_id,
        place,
        scope,
        scope_value,
        field,
        mode,
        priority
    from rows from (
        jsonb_to_recordset(:settings::jsonb -> 'lock_rules')
            as (scope text, scope_value text, field text, mode text, priority integer)
    ) with ordinality as given (scope, scope_value, field, mode, priority, place)
),

price_rule_rows as (
    insert into price_rules (
        account_id, connection_id, price_rule_id, scope, scope_value, base, rate, percent, amount, ending,
        min_price, min_margin_pct, valid_from, valid_to, priority
    )
    select
        :account_id,
        :connection_id,
        place,
        scope,
        scope_value,
        base,
        rate,
        percent,
        amount,
        round,
        min_price,
        min_margin_pct,
        valid_from,
        valid_to,
        priority
    from rows from (
        jsonb_to_recordset(:settings::jsonb -> 'price_rules') as (
            scope text, scope_value text, base text, rate numeric, percent numeric, amount numeric, round text,
            min_price numeric, min_margin_pct numeric, valid_from timestamptz, valid_to timestamptz, priority integer
        )
    ) with ordinality as given (
        scope, scope_value, base, rate, percent, amount, round, min_price, min_margin_pct, valid_from, valid_to,
        priority, place
    )
),

rate_rows as (
    insert into exchange_rates (account_id, connection_id, from_currency, to_currency, rate, as_of)
    select
        :account_id,
        :connection_id,
        "from",
        "to",
        rate,
        coalesce(as_of, now())
    from jsonb_to_recordset(:settings::jsonb -> 'rates')
        as given ("from" text, "to" text, rate numeric, as_of timestamptz)
),

given_places as (
    select *
    from jsonb_to_recordset(:location_links::jsonb)
        as given (source_location_id bigint, destination_location_id bigint, mode text, priority integer)
),

-- since when each place of the destination is fed: what feeds it may change
fed_places as (
    select destination_location_id, case when bool_and(linked_at is not null) then min(linked_at) end as linked_at
    from location_links
    where account_id = :account_id and connection_id = :connection_id
    group by destination_location_id
),

places_gone as (
    delete from location_links
    where account_id = :account_id
        and connection_id = :connection_id
        and source_location_id not in (select source_location_id from given_places)
),

location_rows as (
    insert into location_links (
        account_id, connection_id, source_location_id, destination_location_id, mode, priority, linked_at
    )
    select
        :account_id,
        :connection_id,
        g.source_location_id,
        g.destination_location_id,
        g.mode,
        g.priority,
        case
            when f.destination_location_id is not null then f.linked_at
            when c.compared_at is not null then now()
        end
    from given_places as g
    join connections as c on c.account_id = :account_id and c.connection_id = :connection_id
    left join fed_places as f on f.destination_location_id = g.destination_location_id
    on conflict (account_id, connection_id, source_location_id) do update
    set
        destination_location_id = excluded.destination_location_id,
        mode = excluded.mode,
        priority = excluded.priority,
        linked_at = excluded.linked_at
),

buffer_rows as (
    insert into buffers (
        account_id, connection_id, buffer_id, scope, scope_value, buffer_units, buffer_pct, zero_below, priority
    )
    select
        :account_id,
        :connection_id,
        place,
        scope,
        scope_value,
        units,
        percent,
        zero_below,
        priority
    from rows from (
        jsonb_to_recordset(:settings::jsonb -> 'buffers') as (
            scope text, scope_value text, units integer, percent numeric, zero_below integer, priority integer
        )
    ) with ordinality as given (scope, scope_value, units, percent, zero_below, priority, place)
)

insert into mappings (
    account_id, connection_id, source_sku, destination_sku, factor, price_per, existing_items
)
select
    :account_id,
    :connection_id,
    source_sku,
    destination_sku,
    factor,
    price_per,
    existing_items
from jsonb_to_recordset(:settings::jsonb -> 'mappings')
    as given (source_sku text, destination_sku text, factor integer, price_per text, existing_items text)
-- of an upload and of settings that name its SKU again the later counts
on conflict (account_id, connection_id, destination_sku) do update
set
    source_sku = excluded.source_sku,
    factor = excluded.factor,
    price_per = excluded.price_per,
    existing_items = excluded.existing_items,
    note = null,
    origin = 'settings'
