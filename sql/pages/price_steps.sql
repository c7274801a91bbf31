-- How a price comes about, part by part, by the function that the comparison uses: each part joins those before it.
with

given as (
    select
        base_price(:base::text, :price::numeric, :compare_at_price::numeric, :cost::numeric) * :factor::integer as base,
        :cost::numeric * :factor::integer as cost,
        :compare_at_price::numeric * :factor::integer as compare_at,
        :rate::numeric as rate,
        :percent::numeric as percent,
        :amount::numeric as amount,
        :ending::text as ending,
        :min_price::numeric as min_price,
        :min_margin_pct::numeric as min_margin_pct,
        :digits::integer as digits
)

select
    trim_scale(g.base)::text as base,
    trim_scale(g.rate)::text as rate,
    derived_price(g.base, null, g.rate, 0, 0, 'none', null, null, g.digits)::text as converted,
    derived_price(g.base, null, g.rate, g.percent, 0, 'none', null, null, g.digits)::text as with_percent,
    derived_price(g.base, null, g.rate, g.percent, g.amount, 'none', null, null, g.digits)::text as with_amount,
    derived_price(g.base, g.cost, g.rate, g.percent, g.amount, 'none', g.min_price, g.min_margin_pct, g.digits)::text as raised,
    derived_price(
        g.base, g.cost, g.rate, g.percent, g.amount, g.ending, g.min_price, g.min_margin_pct, g.digits
    )::text as price,
    derived_price(
        g.compare_at, g.cost, g.rate, g.percent, g.amount, g.ending, g.min_price, g.min_margin_pct, g.digits
    )::text as compare_at_price
from given as g
