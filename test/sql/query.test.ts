import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { transaction } from '../../sql/database.ts'
import { execute, type Parameters, query, queryBatches, queryFirst, queryOne } from '../../sql/query.ts'
import { codes, isRefusal, QueryError } from '../../sql/query_error.ts'
import { testDatabase } from '../helpers/database.ts'

// Queries are files under sql/, so these tests lay out some there for as long as they run.
const folder = `test_query_${process.pid}`
const path = join(import.meta.dirname, '..', '..', 'sql', folder)
const { db } = await testDatabase()
let files = 0

before(() => mkdirSync(path))
after(() => rmSync(path, { recursive: true }))

function file(sql: string): string {
    const name = `query_${++files}`
    writeFileSync(join(path, `${name}.sql`), sql)
    return `${folder}/${name}`
}

function ask<Row>(sql: string, parameters?: Parameters): Promise<Row[]> {
    return query<Row>(db, file(sql), parameters)
}

test('money, ids and times come back as the strings they are, also in lists', async () => {
    const [row] = await ask(`
        select 9007199254740993::bigint as id, 1.10::numeric as money, array[2.50, null]::numeric[] as prices,
            array[9007199254740993]::bigint[] as ids, timestamptz '2026-07-01 12:00:00.123456+02' as at,
            array[timestamptz '2026-07-01 12:00+02'] as times, date '2026-07-01' as day, 7 as count, 0.5::float8 as share`)
    assert.deepEqual(row, {
        id: '9007199254740993',
        money: '1.10',
        prices: ['2.50', null],
        ids: ['9007199254740993'],
        at: '2026-07-01T10:00:00.123456Z',
        times: ['2026-07-01T10:00:00Z'],
        day: '2026-07-01',
        count: 7,
        share: 0.5,
    })
})

test('values of every kind arrive as they were given', async () => {
    const given = {
        text: `it's "so" :x ? $1 \\`,
        ids: ['9007199254740993', '2'],
        money: '12345678901234567890.10',
        words: ['a,b', '{"c"}', 'null', ''],
        at: new Date('2026-07-01T10:00:00.5Z'),
        nothing: null,
        big: 9007199254740993n,
    }
    const [row] = await ask(
        `select :text::text as text, :ids::bigint[] as ids, :money::numeric as money, :words::text[] as words,
            :at::timestamptz as at, :nothing::int as nothing, :big::bigint as big`,
        given,
    )
    assert.deepEqual(row, { ...given, at: '2026-07-01T10:00:00.5Z', big: '9007199254740993' })
})

test('lists and objects for a jsonb parameter go as JSON', async () => {
    const [row] = await ask('select :list::jsonb as list, :object::jsonb as object, :text::jsonb as text', {
        list: [{ sku: 'A-1' }, 'x', null],
        object: { price: '1.10', nested: [1] },
        text: '"12.00"',
    })
    assert.deepEqual(row, { list: [{ sku: 'A-1' }, 'x', null], object: { price: '1.10', nested: [1] }, text: '12.00' })
})

test('question mark operators, comments and casts pass through', async () => {
    const sql = `-- does it know :key? 'tis :asked
        select jsonb '{"a": 1}' ? :key as known /* :not_this */, '1'::int as one`
    assert.deepEqual(await ask(sql, { key: 'a' }), [{ known: true, one: 1 }])
})

test('missing and superfluous parameters are named', async () => {
    const name = file('select :store_id::int, :at::timestamptz')
    await assert.rejects(query(db, name, { store: 1, at: null }), {
        message: `sql/${name}.sql: it needs store_id; it does not know store.`,
    })
})

test('a name outside sql/ and one without a file are refused', async () => {
    await assert.rejects(query(db, '../package'), /named by its path under sql\//)
    await assert.rejects(query(db, 'diff/no_such_query'), /There is no sql\/diff\/no_such_query\.sql/)
})

test('an error says file and line, what PostgreSQL said, and keeps its code', async () => {
    const name = file('-- one\n/* two\nthree */ select :a::int,\n    no_such_column')
    const error = await query(db, name, { a: 1 }).catch((caught) => caught)
    assert.ok(error instanceof QueryError)
    assert.equal(error.message, `sql/${name}.sql line 4: column "no_such_column" does not exist`)
    assert.equal(error.code, '42703')
})

test('a refusal can be told from others by its code and constraint', async () => {
    const name = file('insert into accounts (account_id, name) overriding system value values (7, :name)')
    await execute(db, name, { name: 'one' })
    const error = await execute(db, name, { name: 'again' }).catch((caught) => caught)
    assert.ok(isRefusal(error, codes.uniqueViolation, 'accounts_pkey'))
    assert.ok(!isRefusal(error, codes.uniqueViolation, 'stores_pkey'))
    assert.ok(!isRefusal(error, codes.deadlock))
})

test('execute tells how many rows changed', async () => {
    const name = file('insert into accounts (name) select word from unnest(:names::text[]) as t (word)')
    assert.equal(await execute(db, name, { names: ['a', 'b', 'c'] }), 3)
})

test('a file without parameters may hold several statements and yields the last rows', async () => {
    await transaction(db, async (tx) => {
        const name = file(
            'create temporary table scratch (a int); insert into scratch values (1); select a from scratch;',
        )
        assert.deepEqual(await query(tx, name), [{ a: 1 }])
    })
})

test('one row means one row', async () => {
    const name = file('select n from generate_series(1, :count::int) as t (n)')
    assert.equal(await queryFirst(db, name, { count: 0 }), null)
    assert.deepEqual(await queryOne(db, name, { count: 1 }), { n: 1 })
    await assert.rejects(queryOne(db, name, { count: 0 }), /expected one row, got none for {"count":0}/)
    await assert.rejects(queryFirst(db, name, { count: 2 }), /expected one row at most, got 2/)
})

test('batches come in order, the last one short, and stopping early harms nothing', async () => {
    const name = file('select n from generate_series(1, :count::int) as t (n)')
    const sizes: number[] = []
    await transaction(db, async (tx) => {
        for await (const rows of queryBatches(tx, name, { count: 25 }, 10)) sizes.push(rows.length)
        for await (const rows of queryBatches<{ n: number }>(tx, name, { count: 25 }, 10)) {
            assert.equal(rows[0]?.n, 1)
            break
        }
    })
    assert.deepEqual(sizes, [10, 10, 5])
})
