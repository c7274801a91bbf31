-- Whether money may go by itself: so much at most a refund, and so much in 24 hours (D19).
select
    :amount::numeric <= :most::numeric as is_small,
    :amount::numeric + coalesce(sum(amount), 0) <= :most_a_day::numeric as fits
from mirror_intents
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and kind = 'refund_money'
    and towards = 'destination'
    and approved_by is null
    and state in ('sent', 'unknown', 'answered', 'adopted')
    and first_sent_at > :at::timestamptz - interval '24 hours'
