-- A name is one operator however it is written: that is how they are found when they sign in.
with

known as (
    update users
    set
        password = :password::text,
        password_at = now()
    where account_id = :account_id::integer and lower(name) = lower(:name::text)
    returning account_id, user_id, name
),

new as (
    insert into users (account_id, name, password)
    select :account_id::integer, :name::text, :password::text
    where not exists (select from known)
    returning account_id, user_id, name
)

select account_id, user_id, name from known
union all
select account_id, user_id, name from new
