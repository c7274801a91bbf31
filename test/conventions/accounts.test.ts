import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlText } from '../../sql/query.ts'
import { testDatabase } from '../helpers/database.ts'
import { sourcesNamed } from '../helpers/sources.ts'
import { listsFor } from '../helpers/sql_files.ts'

/**
 * Everything of an account can be placed together (on one node of a distributed PostgreSQL) as long as account_id
 * leads every key and is in every join.
 */
const { db } = await testDatabase()

/** The tenants themselves, the migrator's own, and the session store's, which knows no tenants. */
const OF_NO_ACCOUNT = ['accounts', 'migrations', 'migrations_lock', 'migration_checksums', 'sessions']

type Table = { name: string; has_account: boolean }

const { rows: tables } = await db.send<Table>(`
    select
        case when n.nspname = 'public' then c.relname else n.nspname || '.' || c.relname end as name,
        exists (select from pg_attribute as a where a.attrelid = c.oid and a.attname = 'account_id') as has_account
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
    order by name`)

test('every table has the account its rows belong to', () => {
    const without = tables.filter(({ name, has_account }) => !has_account && !OF_NO_ACCOUNT.includes(name))
    assert.deepEqual(without, [])
})

test('account_id leads every primary key and unique index', async () => {
    const { rows } = await db.send<{ index: string; first: string }>(
        `
        select i.indexrelid::regclass::text as index, coalesce(a.attname, '') as first
        from pg_index as i
        join pg_class as c on c.oid = i.indrelid
        join pg_namespace as n on n.oid = c.relnamespace
        left join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indisunique and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            and not c.oid = any ($1::regclass[])`,
        [OF_NO_ACCOUNT],
    )
    assert.ok(rows.length > 20)
    const wrong = rows.filter(({ first }) => first !== 'account_id').map(({ index }) => index)
    assert.deepEqual(wrong, [])
})

test('every foreign key carries the account along', async () => {
    const { rows } = await db.send<{ key: string }>(`
        select k.conrelid::regclass || ': ' || pg_get_constraintdef(k.oid) as key
        from pg_constraint as k
        where k.contype = 'f' and not pg_get_constraintdef(k.oid) like 'FOREIGN KEY (account_id%'`)
    assert.deepEqual(rows, [])
})

const tenantTables = new Set(tables.filter(({ has_account }) => has_account).map(({ name }) => name))

/** A join, from its table to where its condition can no longer be. */
const JOIN =
    /\bjoin\s+(?<table>[a-z_.]+)(?<condition>[\s\S]*?)(?=\b(?:join|where|group by|order by|select|returning|union)\b|$)/g
const LOOK_UP = /\b(?:from|update|into|using)\s+(?<table>[a-z_.]+)/g

/** What a statement does to an account's tables without naming the account; nothing if it only takes their columns. */
function faultsOf(text: string): string[] {
    if (text.includes('with no data')) return []
    const joins = [...text.matchAll(JOIN)].filter(
        ({ groups }) => tenantTables.has(groups!.table!) && !groups!.condition!.includes('account_id'),
    )
    if (joins.length > 0) return joins.map(([join]) => join.trim())
    const looked = [...text.matchAll(LOOK_UP)].filter(({ groups }) => tenantTables.has(groups!.table!))
    return text.includes('account_id') ? [] : looked.map(([look]) => look)
}

test('a join and a look-up without the account are found', () => {
    const good =
        'select from stores as s join staging.variants as v on v.account_id = s.account_id where s.account_id = $1'
    assert.deepEqual(faultsOf(good), [])
    const join = 'join staging.variants as v on v.store_id = s.store_id'
    assert.deepEqual(faultsOf(`select from stores as s ${join} where s.account_id = $1`), [join])
    assert.deepEqual(faultsOf('delete from changes where change_id = $1'), ['from changes'])
})

test('account_id is in every join and every look-up', async () => {
    const faults: string[] = []
    for (const path of sourcesNamed('.sql', ['sql']).filter((path) => !path.startsWith('sql/migrations/'))) {
        const name = path.replace(/^sql\/|\.sql$/g, '')
        const text = await sqlText(name, listsFor(name))
        faults.push(...faultsOf(text).map((fault) => `${path}: ${fault}`))
    }
    assert.deepEqual(faults, [])
})
