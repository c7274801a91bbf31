-- What moved while nothing was compared is no count by hand (D4 two_way): what the source shows wins, as at a first sync.
update baseline.levels as b
set unsettled = '{available}'
from connections as c
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and c.settings ->> 'orders' = 'two_way'
    and b.account_id = c.account_id
    and b.connection_id = c.connection_id
