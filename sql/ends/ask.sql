-- Remembered before anything is written, so that a run that finds it goes on with it. What the other side has asked for
-- meanwhile stands.
update connections
set
    ending = :to::text,
    ending_items = :items::text,
    ending_by = :who::text
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and state = any (:states::text[])
    and (ending is null or ending = :to::text)
