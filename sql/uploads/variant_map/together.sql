-- Who is linked again is apart no more.
delete from unlinked_variants as u
using judged_rows as j
where u.account_id = :account_id::integer
    and u.connection_id = :connection_id::integer
    and j.action in ('link', 'relink', 'change')
    and u.source_variant_id = j.s_variant
