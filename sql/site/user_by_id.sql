select account_id, user_id, name
from users
where account_id = :account_id and user_id = :user_id
