-- What a pair looks like when it agrees: as long as both ends look so, a whole comparison passes it over.
update variant_links as l
set source_digest = r.source_digest, destination_digest = r.destination_digest
from (
    select
        destination_variant_id,
        case when agrees then source_digest end as source_digest,
        case when agrees then destination_digest end as destination_digest
    from variant_rows as r
    cross join lateral (
        select [[ fields: r.desired_# is not distinct from r.actual_# || and ]] as agrees
    ) as compared
) as r
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and l.destination_variant_id = r.destination_variant_id
    and (l.source_digest, l.destination_digest) is distinct from (r.source_digest, r.destination_digest);
