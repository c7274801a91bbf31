-- What a price rule says, as one text: a price is derived anew when it moves (rule 41).
create or replace view price_rule_signatures as
select
    r.account_id,
    r.connection_id,
    r.price_rule_id,
    r.scope,
    r.scope_value,
    r.priority,
    r.base,
    r.rate,
    r.percent,
    r.amount,
    r.ending,
    r.min_price,
    r.min_margin_pct,
    concat_ws(
        ' ',
        r.base,
        nullif(r.percent, 0)::text || '%',
        '+' || nullif(r.amount, 0)::text,
        '@' || r.rate::text,
        'round ' || nullif(r.ending, 'none'),
        'min ' || r.min_price::text,
        'margin ' || r.min_margin_pct::text || '%'
    ) as signature
from price_rules as r
where coalesce(r.valid_from <= now(), true) and coalesce(r.valid_to > now(), true);
