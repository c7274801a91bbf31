import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
    openDatabase,
    type Queryable,
    transaction,
    tryAdvisoryLock,
    withAdvisoryLock,
    withConnection,
} from '../../sql/database.ts'
import { testDatabase } from '../helpers/database.ts'

const { db, url } = await testDatabase(undefined, { migrated: false })
await db.send('create table notes (text text primary key)')

async function notes(of: Queryable): Promise<string[]> {
    return (await of.send<{ text: string }>('select text from notes order by text')).rows.map(({ text }) => text)
}

function note(on: Queryable, text: string) {
    return on.send('insert into notes values ($1)', [text])
}

async function pidOf(on: Queryable): Promise<number | undefined> {
    return (await on.send<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
}

test('a transaction that ends well stays, one that throws leaves nothing', async () => {
    await transaction(db, (tx) => note(tx, 'kept'))
    const failed = transaction(db, async (tx) => {
        await note(tx, 'dropped')
        throw new Error('no')
    })
    await assert.rejects(failed, /^Error: no$/)
    assert.deepEqual(await notes(db), ['kept'])
})

test('a transaction inside a transaction can fail alone', async () => {
    await transaction(db, async (tx) => {
        await note(tx, 'outer')
        await assert.rejects(
            transaction(tx, async (inner) => {
                await note(inner, 'inner')
                await note(inner, 'outer')
            }),
            /duplicate key/,
        )
    })
    assert.deepEqual(await notes(db), ['kept', 'outer'])
})

test('a transaction whose error was caught and passed over is refused, not silently rolled back', async () => {
    for (const values of [undefined, ['outer']]) {
        const text = values ? 'insert into notes values ($1)' : "insert into notes values ('outer')"
        const passedOver = transaction(db, async (tx) => {
            await note(tx, 'lost')
            await tx.send(text, values).catch(() => {})
        })
        await assert.rejects(passedOver, /nothing of it can be committed/)
    }
    assert.deepEqual(await notes(db), ['kept', 'outer'])
})

test('a transaction has the isolation it was asked for, also on a pinned connection', async () => {
    const show = async (tx: Queryable) => (await tx.send('show transaction_isolation')).rows
    const expected = [{ transaction_isolation: 'repeatable read' }]
    assert.deepEqual(await transaction(db, show, { isolation: 'repeatable read' }), expected)
    await withConnection(db, async (connection) => {
        assert.deepEqual(await transaction(connection, show, { isolation: 'repeatable read' }), expected)
    })
})

test('a pinned connection keeps its temporary tables across transactions', async () => {
    await withConnection(db, async (connection) => {
        await transaction(connection, (tx) => tx.send('create temporary table scratch (a int)'))
        await connection.send('insert into scratch values (1)')
        assert.deepEqual((await connection.send('select a from scratch')).rows, [{ a: 1 }])
    })
    await assert.rejects(db.send('select a from scratch'), /does not exist/)
})

test('a pinned connection is kept for the next, who finds nothing of the one before', async () => {
    const before = await withConnection(db, async (connection) => {
        await connection.send(
            `create temporary table scratch (a int); set work_mem = '77MB'; set time zone 'Asia/Tokyo'`,
        )
        await connection.send('select pg_advisory_lock(4711)')
        return pidOf(connection)
    })
    await withConnection(db, async (connection) => {
        assert.equal(await pidOf(connection), before)
        await assert.rejects(connection.send('select a from scratch'), /does not exist/)
        const { rows } = await connection.send(
            `select current_setting('work_mem') <> '77MB' as own, current_setting('TimeZone') as zone`,
        )
        assert.deepEqual(rows, [{ own: true, zone: 'UTC' }])
        assert.deepEqual((await db.send('select pg_try_advisory_lock(4711) as free')).rows, [{ free: true }])
    })
})

test('a pinned connection on which something failed is closed', async () => {
    let pid: number | undefined
    const failed = withConnection(db, async (connection) => {
        pid = await pidOf(connection)
        throw new Error('it went wrong')
    })
    await assert.rejects(failed, /it went wrong/)
    assert.notEqual(await withConnection(db, pidOf), pid)
})

test('a pool full of pinned connections and transactions still serves itself', async (t) => {
    const small = await openDatabase(url, { max: 1 })
    t.after(() => small.close())
    await withConnection(small, async () => {
        await withConnection(small, async (inner) => {
            await transaction(small, (tx) => tx.send('select 1'))
            await inner.send('select 1')
        })
    })
})

test('an advisory lock lets one in at a time', async () => {
    let inside = 0
    const order: string[] = []
    const enter = (name: string) =>
        withAdvisoryLock(db, 'stock of northwind', async (connection) => {
            inside++
            assert.equal(inside, 1)
            await connection.send('select pg_sleep(0.01)')
            order.push(name)
            inside--
        })
    await Promise.all([enter('a'), enter('b'), enter('c')])
    assert.deepEqual(order.sort(), ['a', 'b', 'c'])
})

test('trying for a lock that is held answers null, and another name is free', async () => {
    await withAdvisoryLock(db, 'held', async () => {
        assert.equal(await tryAdvisoryLock(db, 'held', async () => 'in'), null)
        assert.equal(await tryAdvisoryLock(db, 'other', async () => 'in'), 'in')
    })
    assert.equal(await tryAdvisoryLock(db, 'held', async () => 'in'), 'in')
})

test('a lock is free again when the one who held it threw or lost its connection', async () => {
    await assert.rejects(
        withAdvisoryLock(db, 'broken', async (connection) => {
            await connection.send('select pg_terminate_backend(pg_backend_pid())')
        }),
        /terminating connection|Connection terminated/,
    )
    await assert.rejects(
        withAdvisoryLock(db, 'broken', () => Promise.reject(new Error('no'))),
        /^Error: no$/,
    )
    assert.equal(await withAdvisoryLock(db, 'broken', async () => 'in'), 'in')
})

test('the pool survives the loss of its connections', async (t) => {
    const other = await openDatabase(url, { max: 2, name: 'to be cut' })
    t.after(() => other.close())
    await other.send('select 1')
    const waited = 10_000
    await db.send(
        `select pg_terminate_backend(pid, ${waited}) from pg_stat_activity where application_name = 'to be cut'`,
    )
    // That an idle connection ended is known when word of it arrives: one statement at most meets it before.
    await other.send('select 1').catch(() => {})
    assert.deepEqual((await other.send('select 1 as one')).rows, [{ one: 1 }])
})

test('a database that does not answer is an error at the start', async () => {
    await assert.rejects(openDatabase('postgres://nobody:x@127.0.0.1:1/none'), /ECONNREFUSED/)
})
