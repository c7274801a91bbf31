select a.account_id, a.name
from accounts as a
where not exists (select from users as u where u.account_id = a.account_id)
order by a.account_id
