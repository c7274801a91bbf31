import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Database, type Queryable, transaction } from '../../sql/database.ts'
import { askForEnd, endsOf, type Numbers } from '../../sql/ends/ask.ts'
import { reconnect, unblock } from '../../sql/ends/resume.ts'
import { askToJoin } from '../../sql/joins/ask.ts'
import { makeJoinKey } from '../../sql/joins/decide.ts'
import { somebodyWaits, testDatabase } from '../helpers/database.ts'
import { buildTown, NORTHWIND } from './town.ts'

const WHOSE = { account_id: 1, who: 'bob' }

async function town(t: TestContext): Promise<Database> {
    const { db } = await testDatabase(t)
    await buildTown(db)
    return db
}

/** Does `first`, lets `second` begin before it is committed, and commits once `second` waits for it or is over. */
async function atOnce<T>(db: Database, first: (tx: Queryable) => Promise<T>, second: () => Promise<T>) {
    let isOver = false
    const { one, other } = await transaction(db, async (tx) => {
        const one = await first(tx)
        const other = Promise.allSettled([second()]).finally(() => {
            isOver = true
        })
        while (!isOver && !(await somebodyWaits(db)));
        return { one, other: () => other }
    })
    const [ended] = await other()
    return { one, other: ended! }
}

test('a key used by two destinations at the same moment connects one of them', async (t) => {
    const db = await town(t)
    const wish = { store_id: NORTHWIND, domain: null, location_id: null, days: 7 }
    const typed = await makeJoinKey(db, WHOSE, wish)
    const ask = (q: Queryable, store_id: number, domain: string) =>
        askToJoin(q, { ...WHOSE, destination: { store_id, domain }, typed, location_id: null })
    const [left, right] = await newcomers(db)
    const { one, other } = await atOnce(
        db,
        (tx) => ask(tx, left!, 'left.example'),
        () => ask(db, right!, 'right.example'),
    )
    assert.equal(one.came, 'approved')
    assert.deepEqual(other, { status: 'fulfilled', value: { came: 'unknown' } })
    const { rows } = await db.send(`select destination_store_id from joins where state = 'approved'`)
    assert.deepEqual(rows, [{ destination_store_id: left }])
})

/** Two destinations that are connected with nobody. */
async function newcomers(db: Database): Promise<number[]> {
    const { rows } = await db.send<{ store_id: number }>(`
        insert into stores (account_id, domain, role, origin, api_version, credentials)
        values
            (1, 'left.example', 'destination', 'http://127.0.0.1:9', '2026-07', ''),
            (1, 'right.example', 'destination', 'http://127.0.0.1:9', '2026-07', '')
        returning store_id`)
    return rows.map(({ store_id }) => store_id)
}

const NUMBERS: Numbers = {
    ...{ items: 1, products: 1, made: 1, published: 1, units: 1, lines: 1 },
    ...{ movements: 0, movement_units: 0 },
}

test('D14: what a source has asked for is not overwritten by its destination at the same moment, nor told as done', async (t) => {
    const db = await town(t)
    const ends = await endsOf(db, 1, 1)
    const { other } = await atOnce(
        db,
        (tx) => askForEnd(tx, WHOSE, ends, { to: 'blocked', items: 'zero', numbers: NUMBERS }),
        () => askForEnd(db, WHOSE, ends, { to: 'disconnected', items: 'leave', numbers: NUMBERS }),
    )
    assert.match(String(other.status === 'rejected' && other.reason), /has changed meanwhile, so nothing was done/)
    const { rows } = await db.send('select ending, ending_items from connections where connection_id = 1')
    assert.deepEqual(rows, [{ ending: 'blocked', ending_items: 'zero' }])
    assert.equal(await asked(db), 1)
})

async function asked(db: Database, what = 'connection.end_asked'): Promise<number> {
    const { rowCount } = await db.send('select from audit_events where what = $1', [what])
    return rowCount ?? 0
}

test('D14: who unblocks or reconnects what somebody else has changed meanwhile is told so, and no event says it was done', async (t) => {
    const db = await town(t)
    for (const [state, resume, what] of [
        ['blocked', unblock, 'connection.unblocked'],
        ['disconnected', reconnect, 'connection.reconnected'],
    ] as const) {
        await db.send('update connections set state = $1, ending = null where connection_id = 1', [state])
        const ends = await endsOf(db, 1, 1)
        await db.send(`update connections set state = 'connected' where connection_id = 1`)
        await assert.rejects(resume(db, WHOSE, ends), /has changed meanwhile, so nothing was done/)
        assert.equal(await asked(db, what), 0)
    }
})
