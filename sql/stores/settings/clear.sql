with scopes_gone as (
    delete from scopes where account_id = :account_id and connection_id = :connection_id
),

lock_rules_gone as (
    delete from lock_rules where account_id = :account_id and connection_id = :connection_id
),

price_rules_gone as (
    delete from price_rules where account_id = :account_id and connection_id = :connection_id
),

exchange_rates_gone as (
    delete from exchange_rates where account_id = :account_id and connection_id = :connection_id
),

buffers_gone as (
    delete from buffers where account_id = :account_id and connection_id = :connection_id
)

-- what was uploaded stays: no document names it
delete from mappings where account_id = :account_id and connection_id = :connection_id and origin = 'settings'
