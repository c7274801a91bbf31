import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { copyIn, copyOut } from '../../sql/copy.ts'
import { transaction, withConnection } from '../../sql/database.ts'
import { testDatabase } from '../helpers/database.ts'

const folder = `test_copy_${process.pid}`
const path = join(import.meta.dirname, '..', '..', 'sql', folder)
const target = { table: 'staging.lines', columns: ['number', 'text'] }
const { db } = await testDatabase(undefined, { migrated: false })

before(async () => {
    await db.send('create schema staging; create table staging.lines (number int, text text)')
    mkdirSync(path)
    writeFileSync(join(path, 'out.sql'), 'copy (select number, text from staging.lines order by number) to stdout')
})
after(() => rmSync(path, { recursive: true }))

async function count(): Promise<string | undefined> {
    return (await db.send<{ count: string }>('select count(*) from staging.lines')).rows[0]?.count
}

test('rows go in whole however the bytes are cut, and come out the same', async () => {
    const text = Array.from({ length: 5000 }, (_, n) => `${n}\tgrün ${'x'.repeat(n % 50)}\n`).join('')
    const bytes = Buffer.from(text)
    const pieces = Array.from({ length: Math.ceil(bytes.length / 997) }, (_, n) =>
        bytes.subarray(n * 997, n * 997 + 997),
    )
    await transaction(db, async (tx) => {
        await tx.send('truncate staging.lines')
        assert.equal(await copyIn(tx, target, pieces), 5000)
        const out: Buffer[] = []
        for await (const chunk of copyOut(tx, `${folder}/out`)) out.push(chunk)
        assert.equal(Buffer.concat(out).toString(), text)
    })
})

test('csv is taken as csv, an empty field as null', async () => {
    const rows = await transaction(db, async (tx) => {
        await tx.send('truncate staging.lines')
        await copyIn(tx, { ...target, format: 'csv' }, ['1,"a, ""b"""\n', '2,\n'])
        return (await tx.send('select number, text from staging.lines order by number')).rows
    })
    assert.deepEqual(rows, [
        { number: 1, text: 'a, "b"' },
        { number: 2, text: null },
    ])
})

test('an error of the source is the error one sees, and nothing of the copy stays', async () => {
    const before = await count()
    async function* breaking() {
        yield '1\ta\n'.repeat(100_000)
        throw new Error('the download was cut')
    }
    await assert.rejects(
        transaction(db, (tx) => copyIn(tx, target, breaking())),
        /^Error: the download was cut$/,
    )
    assert.equal(await count(), before)
})

test('what the server refuses says which line, and the source is not read on', async () => {
    let given = 0
    async function* wrong() {
        for (; given < 10_000_000; given++) yield given === 3 ? 'x\ta\n' : `${given}\t${'y'.repeat(1000)}\n`
    }
    const refused = transaction(db, (tx) => copyIn(tx, target, wrong()))
    await assert.rejects(refused, (error: Error & { where?: string }) => {
        assert.match(error.message, /invalid input syntax for type integer: "x"/)
        assert.match(error.where ?? '', /line 4/)
        return true
    })
    assert.ok(given < 10_000_000, 'the source was read to its end')
})

test('a connection lost in the middle is an error, not a wait without end', async () => {
    async function* endless(pid: number | undefined) {
        for (let n = 0; ; n++) {
            if (n === 5000) await db.send('select pg_terminate_backend($1)', [pid])
            yield `${n}\t${'z'.repeat(1000)}\n`
        }
    }
    const lost = withConnection(db, async (connection) => {
        const { rows } = await connection.send<{ pid: number }>('select pg_backend_pid() as pid')
        await copyIn(connection, target, endless(rows[0]?.pid))
    })
    await assert.rejects(lost, /terminat|ECONNRESET|EPIPE/)
})

test('the source is asked for more only as fast as the server takes it', async () => {
    // Another transaction's lock stops the server from taking anything; the source must then stop being asked.
    let given = 0
    const stopped = Promise.withResolvers<void>()
    async function* rows() {
        for (; given < 40_000; given++) {
            if (given === 100) stopped.resolve()
            yield `${given}\t${'w'.repeat(1000)}\n`
        }
    }
    await db.send('create unique index lines_number on staging.lines (number)')
    await db.send('truncate staging.lines')
    let copied: Promise<number> = Promise.resolve(0)
    await transaction(db, async (tx) => {
        await tx.send('insert into staging.lines values (5)') // the copy waits to learn whether 5 stays
        copied = transaction(db, (other) => copyIn(other, target, rows()))
        copied.catch(() => {})
        await stopped.promise
        for (let before = -1; before !== given; ) {
            before = given
            await tx.send('select pg_sleep(0.2)')
        }
        assert.ok(given < 20_000, `${given} rows were taken from the source while the server took none`)
        await tx.send('delete from staging.lines where number = 5')
    })
    assert.equal(await copied, 40_000)
})

test('one who stops reading early can go on using the connection', async () => {
    await transaction(db, async (tx) => {
        for await (const chunk of copyOut(tx, `${folder}/out`)) {
            assert.ok(chunk.length > 0)
            break
        }
        assert.deepEqual((await tx.send('select 1 as one')).rows, [{ one: 1 }])
    })
})
