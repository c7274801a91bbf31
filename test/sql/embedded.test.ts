import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Database, openDatabase, withConnection } from '../../sql/database.ts'
import { endEmbedded, startEmbedded } from '../../sql/embedded.ts'
import { killServerUsers, startServerUser } from '../helpers/server_users.ts'

/** One folder for all of these: making a cluster takes longest. Named so that a run to come sweeps it if need be. */
const dir = mkdtempSync(join(tmpdir(), `crossdock-test-${process.pid}-`))
const data = join(dir, 'cluster', 'data')
const pidFile = join(data, 'postmaster.pid')

afterEach(async () => {
    killServerUsers()
    await endEmbedded(dir)
})
after(() => rmSync(dir, { recursive: true, force: true }))

function postmasterPid(): number {
    return Number(readFileSync(pidFile, 'utf8').split('\n')[0])
}

/** An orphan whose new parent never asks for it is dead and yet listed (state Z). */
function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0)
        return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    } catch {
        return false
    }
}

/** Bounded by the test's own time limit. */
async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await setTimeout(20)
}

test('two processes starting a new server at once get one server', async () => {
    const users = await Promise.all([startServerUser({ dir }), startServerUser({ dir })])
    assert.equal(users[0]?.url, users[1]?.url)
    assert.notEqual(statSync(pidFile).uid, 0, 'root lends the server to another user')
})

test('the server listens on the loopback only, asks for its password, and only its user can read that', async () => {
    const { url } = await startServerUser({ dir })
    const db = await openDatabase(url)
    const { rows } = await db.send<{ listen_addresses: string; auth: string }>(
        "select current_setting('listen_addresses') as listen_addresses, rolpassword as auth from pg_authid where rolname = 'crossdock'",
    )
    await db.close()
    assert.equal(rows[0]?.listen_addresses, '127.0.0.1')
    assert.match(rows[0]?.auth ?? '', /^SCRAM-SHA-256/)
    assert.equal(statSync(join(dir, 'cluster', 'password')).mode & 0o777, 0o600)
    assert.equal(statSync(join(dir, 'cluster')).mode & 0o777, 0o700)
    await assert.rejects(openDatabase(url.replace(/:[^:@]+@/, ':wrong@')), /password authentication failed/)
})

test('a server stays for those who came later, and ends with the last', async () => {
    const first = await startServerUser({ dir })
    const second = await startServerUser({ dir })
    const pid = postmasterPid()
    first.process.kill('SIGTERM')
    await once(first.process, 'exit')
    const third = await startServerUser({ dir })
    assert.equal(third.url, second.url)
    assert.equal(postmasterPid(), pid)
    for (const user of [second, third]) user.process.stdin?.end()
    await until(() => !existsSync(pidFile))
})

/** A statement that looks at nothing but its numbers: how it ended, and the process that works on it. */
async function startBusySession(db: Database): Promise<{ pid: number; ended: Promise<string> }> {
    const started = Promise.withResolvers<number>()
    const ended = withConnection(db, async (session) => {
        const { rows } = await session.send<{ pid: number }>('select pg_backend_pid() as pid')
        const counted = session.send('select count(*) from generate_series(1, 1000000000000)')
        started.resolve(rows[0]!.pid)
        await counted
        return 'counted'
    }).catch((error: Error) => error.message)
    return { pid: await started.promise, ended }
}

test('a user killed without a chance to clean up takes the server along, and a busy session too', async (t) => {
    const user = await startServerUser({ dir })
    const db = await openDatabase(user.url)
    t.after(() => db.close())
    const busy = await startBusySession(db)
    const pid = postmasterPid()
    user.process.kill('SIGKILL')
    await until(() => !existsSync(pidFile))
    assert.match(await busy.ended, /terminat/)
    await until(() => !isRunning(pid))
})

test('a server killed in the middle of its work is started again, and no session of the old one is left', async (t) => {
    const first = await startServerUser({ dir })
    const db = await openDatabase(first.url)
    t.after(() => db.close())
    await db.send('create table if not exists kept (a int); insert into kept values (1)')
    await db.send('checkpoint') // an expendable server would lose what it committed in its last moments
    const busy = await startBusySession(db)
    process.kill(postmasterPid(), 'SIGKILL')
    const second = await startServerUser({ dir })
    assert.match(await busy.ended, /terminat|ECONNRESET/)
    assert.ok(!isRunning(busy.pid))
    const again = await openDatabase(second.url)
    t.after(() => again.close())
    assert.deepEqual((await again.send('select count(*) from kept')).rows, [{ count: '1' }])
})

test('a pid file whose number another program has by now does not stop the start', async () => {
    const user = await startServerUser({ dir })
    const text = readFileSync(pidFile, 'utf8')
    user.process.kill('SIGKILL')
    await until(() => !existsSync(pidFile))
    writeFileSync(pidFile, text.replace(/^\d+/, String(process.pid)))
    const next = await startServerUser({ dir })
    assert.match(next.url, /^postgres:/)
})

test("a test's server ends when it is told to, with whoever is connected", async () => {
    const server = await startEmbedded({ dir, expendable: true })
    const db = await openDatabase(server.url)
    assert.deepEqual((await db.send('show fsync')).rows, [{ fsync: 'off' }])
    await server.stop()
    assert.ok(!existsSync(pidFile))
    await assert.rejects(openDatabase(server.url), /ECONNREFUSED/)
    await db.close()
})

test('data of another PostgreSQL is refused with what to do', async () => {
    const version = join(data, 'PG_VERSION')
    writeFileSync(version, '17\n')
    try {
        await assert.rejects(
            startEmbedded({ dir }),
            /made by PostgreSQL 17, this is 18\. Move the data over with pg_dump/,
        )
    } finally {
        writeFileSync(version, '18\n')
    }
})
