select
    count(*) filter (where :findings::jsonb -> code ->> 'weight' = 'unexplained')::integer as unexplained,
    count(*) filter (where :findings::jsonb -> code ->> 'weight' = 'noted')::integer as noted,
    (select count(*)::integer from report_proof_orders) as orders,
    (select count(*)::integer from report_proof_lines) as lines,
    (select count(*)::integer from report_proof_lines where finding = 'matched') as matched,
    (select count(*)::integer from report_proof_lines where finding = 'explained') as explained
from report_findings
