import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { startSandbox } from '../../connectors/sandbox/sandbox.ts'
import { commands } from '../../jobs/commands/index.ts'
import { testDatabase } from '../helpers/database.ts'
import { temporaryFolder } from '../helpers/temporary.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'jobs', 'crossdock.js')
const SOURCE = 'northwind.example'
const DESTINATION = 'corner-shop.example'

type Ended = { code: number | null; out: string; err: string; json: Record<string, unknown> }

/** The command line as people have it: processes of their own, at a database of this test, with a folder for files. */
async function commandLine(t: TestContext) {
    const { url } = await testDatabase(t)
    const folder = await temporaryFolder('cli')
    t.after(() => rm(folder, { recursive: true }))
    const env = {
        ...process.env,
        DATABASE_URL: url,
        CROSSDOCK_HOME: folder,
        CROSSDOCK_KEY: randomBytes(32).toString('hex'),
    }
    const crossdock = async (...words: string[]): Promise<Ended> => {
        const child = spawn(process.execPath, [MAIN, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
        const code = new Promise<number | null>((resolve) => child.once('close', resolve))
        const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
        const isObject = words.includes('--json') && out !== ''
        return { code: await code, out, err, json: isObject ? JSON.parse(out) : {} }
    }
    const file = async (content: unknown) => {
        const path = join(folder, 'file.json')
        await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
        return path
    }
    return { crossdock, file }
}

test('every command has a sentence, and an example that begins as it is typed', () => {
    for (const { name, does, example } of commands) {
        assert.match(does, /^[A-Z].*\.$/, name)
        const line = new RegExp(`^(\\w+=\\S+ )?crossdock ${name}( |$)`)
        for (const typed of example.split('\n')) assert.match(typed, line)
    }
    assert.equal(new Set(commands.map(({ name }) => name)).size, commands.length)
})

test('wrong use ends with 2 and says what to do, help with 0; nothing is opened for either', async (t) => {
    const { crossdock } = await commandLine(t)
    const [help, unknown, lacking, wrong] = await Promise.all([
        crossdock('changes', 'approve', '--help'),
        crossdock('status', '--bogus', '--json'),
        crossdock('store', 'add', '--domain', SOURCE, '--role', 'source', '--json'),
        crossdock('run', 'nightly', '--connection', 'two'),
    ])
    assert.equal(help.code, 0)
    assert.match(help.out, /Example:\n {2}crossdock changes approve 12 13/)
    assert.match(help.out, /--json/)
    assert.deepEqual([unknown.code, unknown.json], [2, { error: "unknown option '--bogus'" }])
    assert.equal(lacking.code, 2)
    assert.match(String(lacking.json.error), /^--token: expected either --token, or .*\nSee crossdock store add --help/)
    assert.equal(wrong.code, 2)
    assert.equal(wrong.out, '')
    assert.match(wrong.err, /^error: --connection: expected a whole number\n/)
})

test('a first sync from the command line: stores, settings, a run that is held, a decision, a load', async (t) => {
    const { crossdock, file } = await commandLine(t)
    const catalogue = { products: 12, seed: 3, oddities: false }
    const sandbox = await startSandbox({
        shops: [
            { domain: SOURCE, catalogue },
            { domain: DESTINATION, tokens: [{ token: 'narrow', scopes: ['read_products'] }, { token: 'wide' }] },
        ],
    })
    t.after(() => sandbox.close())
    const add = (domain: string, role: string, token: string, ...more: string[]) =>
        crossdock(
            'store',
            'add',
            '--domain',
            domain,
            '--role',
            role,
            '--token',
            token,
            '--origin',
            sandbox.originOf(domain),
            ...more,
        )

    const refused = await add(SOURCE, 'source', 'shpat_guess')
    assert.equal(refused.code, 1)
    assert.match(refused.err, /There was no account: account 1, default, is made/)
    assert.match(refused.err, /northwind\.example, Shop: expected .* came 401 .*Give the store a new token/)
    assert.doesNotMatch(refused.err, /shpat_guess|\n {4}at /)
    const traced = await add(DESTINATION, 'destination', 'narrow', '--verbose', '--json')
    assert.match(traced.err, /missing read_inventory, .*write_files.*\n {4}at /s)
    assert.match(String(traced.json.error), /missing read_inventory/)

    const source = await add(SOURCE, 'source', `token-${SOURCE}`, '--json')
    assert.deepEqual([source.code, source.json.role, source.json.currency], [0, 'source', 'USD'])
    await add(DESTINATION, 'destination', 'wide')

    const settings = (path: string) =>
        crossdock('connect', '--source', SOURCE, '--destination', DESTINATION, '--settings', path)
    const misspelt = await settings(await file({ orders: 'never' }))
    assert.equal(misspelt.code, 2)
    assert.match(misspelt.err, /orders: .*See connect --help-settings/s)
    const swapped = await crossdock('connect', '--source', DESTINATION, '--destination', SOURCE)
    assert.equal(swapped.code, 1)
    assert.match(swapped.err, /Expected a source: corner-shop\.example is a destination, and a store has one role only/)
    const connected = await settings(await file({ orders: 'none' }))
    assert.deepEqual([connected.code, connected.err], [0, ''])

    const night = await crossdock('run', 'nightly', '--json')
    assert.deepEqual([night.code, night.json.state], [3, 'held'])
    const { held } = night.json.counts as { held: string[] }
    assert.equal(held.length, 1)
    const approved = await crossdock('changes', 'approve', ...held, '--json')
    assert.equal(approved.code, 0)
    const loaded = await crossdock('changes', 'load', '--json')
    const status = await crossdock('status', '--json')
    // The stock of what was just created is compared once it is there.
    assert.deepEqual([loaded.code, loaded.json.state], [0, 'done'], loaded.err)
    assert.deepEqual(
        (status.json.connections as { first_sync_over_at: unknown }[]).map((one) => one.first_sync_over_at !== null),
        [true],
    )
    assert.equal(sandbox.shops.get(DESTINATION)?.products.size, 12)
})
