import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { endEmbedded } from '../../sql/embedded.ts'
import { saidUntil, siteIn } from '../helpers/said.ts'
import { browserAt } from '../helpers/site.ts'
import { temporaryFolder } from '../helpers/temporary.ts'

const projectFolder = join(import.meta.dirname, '..', '..')

type Written = { created: { products: number }; set: { quantities: number } }
type Told = {
    products: number
    started: 'anew' | 'further'
    round: number
    nightly: { first_sets: unknown[]; connections: Written[] }
    hourly: { happened: unknown[]; connections: Written[] }
    differences: unknown[]
}

/** The demo as its README has it typed, in a home of this test; what to do while it stays up, if it does. */
type Demo = (words: string[], whileUp?: (said: string) => Promise<void>) => Promise<Told>

async function demoIn(t: TestContext): Promise<Demo> {
    const home = await temporaryFolder('demo')
    t.after(async () => {
        // which outlives the demo by a moment, and goes on writing
        await endEmbedded(join(home, 'demo', 'postgres'))
        await rm(home, { recursive: true, force: true })
    })
    // PostgreSQL's user, where root runs this, has to get in.
    await chmod(home, 0o755)
    const env = { ...process.env, CROSSDOCK_HOME: home }
    return async (words, whileUp) => {
        const line = ['run', '--silent', 'demo', '--', '--json', ...(whileUp ? [] : ['--exit']), ...words]
        const npm = spawn('npm', line, { cwd: projectFolder, env, signal: t.signal, stdio: ['ignore', 'pipe', 'pipe'] })
        const code = new Promise<number | null>((resolve, reject) => npm.once('close', resolve).once('error', reject))
        const saying = whileUp ? saidUntil(npm.stderr, 'Ctrl-C ends it') : null
        const ends = saying?.then(whileUp).finally(() => npm.kill('SIGTERM'))
        const [out, err] = await Promise.all([text(npm.stdout), saying ?? text(npm.stderr)])
        await ends
        assert.equal(await code, whileUp ? null : 0, err)
        return JSON.parse(out)
    }
}

/** Signs in at the site as the demo says. */
async function lookAround(said: string): Promise<void> {
    const { url, name, password } = siteIn(said)
    const browser = browserAt(url)
    await browser.open('/sign-in')
    const { html } = await browser.send('/sign-in', { name, password })
    assert.match(html, /corner-shop\.example/)
}

const sum = (all: Written[], of: (it: Written) => number) => all.reduce((total, it) => total + of(it), 0)

test('the demo ends well with its counts and without a difference; a second start goes on, and serves the site', async (t) => {
    const demo = await demoIn(t)
    const first = await demo(['--reset', '--products', '60'])
    assert.deepEqual([first.products, first.started, first.round, first.differences], [60, 'anew', 1, []])
    assert.equal(first.nightly.connections.length, 3)
    assert.ok(first.nightly.first_sets.length > 0)
    assert.ok(sum(first.nightly.connections, (it) => it.created.products) > 60)
    assert.ok(sum(first.hourly.connections, (it) => it.set.quantities) > 0)
    const second = await demo([], lookAround)
    assert.deepEqual([second.products, second.started, second.round, second.differences], [60, 'further', 2, []])
    assert.deepEqual(second.nightly.first_sets, [])
    assert.equal(
        sum(second.nightly.connections, (it) => it.created.products),
        0,
    )
    assert.ok(second.hourly.happened.length > 0)
})
