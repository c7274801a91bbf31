-- What the destination itself suggests for units that are just given back: what a person is asked, where the source names no
-- sum, and never more than that (D19).
update mirror_intents
set
    amount = least(coalesce(amount, :amount::numeric), :amount::numeric),
    payload = payload || jsonb_build_object('suggested', :amount),
    changed_at = now()
where account_id = :account_id::integer
    and order_push_id = :order_push_id::bigint
    and kind = 'refund_money'
    and towards = 'destination'
    and origin_id = :origin_id::bigint
    and state in ('planned', 'proposed')
