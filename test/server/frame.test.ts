import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { settingsFrom } from '../../server/settings.ts'
import { transaction } from '../../sql/database.ts'
import { somebodyWaits, testDatabase } from '../helpers/database.ts'
import { operatorOf, siteFor } from '../helpers/site.ts'
import { buildTown } from './town.ts'

async function townSite(t: TestContext, options: { metricsToken?: string; publicUrl?: string } = {}) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    return { db, ...(await siteFor(t, db, options)) }
}

test('every answer carries a policy under which no script but ours runs', async (t) => {
    const { browser } = await townSite(t)
    for (const path of ['/sign-in', '/account', '/nothing', '/healthz', '/assets/site.css']) {
        const { headers } = await browser().ask(path)
        const policy = headers.get('content-security-policy') ?? ''
        assert.match(policy, /default-src 'none';script-src 'self';style-src 'self'/, path)
        assert.match(policy, /frame-ancestors 'none'/)
        assert.equal(headers.get('x-content-type-options'), 'nosniff')
        assert.equal(headers.get('x-powered-by'), null)
    }
})

test('no page has a script or a style of its own', async (t) => {
    const { db, browser } = await townSite(t)
    const ann = await operatorOf(db, browser(), 1)
    for (const path of ['/account', '/account/changes/1', '/account/connections/1/products', '/account/runs']) {
        const { html, headers } = await ann.open(path)
        assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/, path)
        assert.equal(headers.get('cache-control'), 'no-store')
    }
})

test('what merchants wrote is shown as text', async (t) => {
    const { db, browser } = await townSite(t)
    const bad = `<script>alert(1)</script>"'`
    await db.send(`update staging.products set title = $1 where product_id = 101`, [bad])
    await db.send(`update changes set label = $1, after = to_jsonb($1::text), message = $1`, [bad])
    const ann = await operatorOf(db, browser(), 1)
    for (const path of [
        '/account/connections/1/products',
        '/account/connections/1/products/101',
        '/account/changes/1',
    ]) {
        const { html } = await ann.open(path)
        assert.match(html, /&lt;script&gt;alert\(1\)/, path)
        assert.doesNotMatch(html, /<script>alert/)
    }
    const { html } = await ann.open(`/account/connections/1/products?search=${encodeURIComponent(bad)}`)
    assert.doesNotMatch(html, /<script>alert/)
})

test('a browser is sent on only once what was said to it is kept, since it follows at once', async (t) => {
    const { db, browser, url } = await townSite(t)
    const ann = await operatorOf(db, browser(), 1)
    const path = '/account/connections/1/push'
    await ann.open(path)
    const form = { method: 'POST', body: new URLSearchParams(ann.hidden()), headers: { cookie: ann.cookie() } }
    const { told } = await transaction(db, async (tx) => {
        await tx.send('lock table sessions in exclusive mode')
        let isTold = false
        const told = fetch(`${url}${path}`, { ...form, redirect: 'manual' }).finally(() => {
            isTold = true
        })
        while (!isTold && !(await somebodyWaits(db)));
        // what was sent before this was asked for is here when it is answered
        await (await fetch(`${url}/healthz`)).text()
        assert.ok(!isTold, 'the way on was told before the session was kept')
        return { told }
    })
    assert.equal((await told).status, 303)
    assert.match((await ann.open(path)).html, /No product was chosen: nothing was done/)
})

test('a page that is not there says so, as a page and as a part of one', async (t) => {
    const { db, browser } = await townSite(t)
    const ann = await operatorOf(db, browser(), 1)
    const page = await ann.ask('/account/runs/99')
    assert.equal(page.status, 404)
    assert.match(page.html, /<h1>Not here[\s\S]*There is no run here, or it is not yours to see/)
    const part = await ann.ask('/account/runs/99/progress', { headers: { 'hx-request': 'true' } })
    assert.doesNotMatch(part.html, /<html/)
    assert.match(part.html, /role="alert"/)
    const stranger = await browser().ask('/account/runs/1/progress', { headers: { 'hx-request': 'true' } })
    assert.equal(stranger.headers.get('hx-redirect'), '/sign-in?next=%2Faccount%2Fruns%2F1%2Fprogress')
})

test('what fails is told without its insides, under a number that stands in the log', async (t) => {
    const { db, browser } = await townSite(t)
    const ann = await operatorOf(db, browser(), 1)
    await db.send('alter table runs rename column requested_at to elsewhere')
    const { status, html } = await ann.open('/account/runs')
    assert.equal(status, 500)
    assert.match(html, /under number \w+/)
    assert.doesNotMatch(html, /column|select|sql\//)
})

test('numbers and words that are none are no page, and never an error of ours', async (t) => {
    const { db, browser } = await townSite(t)
    const ann = await operatorOf(db, browser(), 1)
    for (const path of [
        ...['/account/changes/0', '/account/changes/9999999999999999999', "/account/changes/1'", '/account/runs/-1'],
        ...['/account/connections/99999999999', '/account/connections/1/orders/x', '/stores/%27', '/stores/%00'],
    ]) {
        const { status } = await ann.ask(path)
        assert.ok(status === 404 || status === 400, `${path}: ${status}`)
    }
    for (const query of ["?state=' or 1=1", '?before=x', '?after=x.y', '?search=%25', '?state[]=a', '?kind=nothing']) {
        for (const path of [
            '/account/changes',
            '/account/changes/1',
            '/account/runs',
            '/account/connections/1/orders',
            '/account/connections/1/products',
        ]) {
            assert.equal((await ann.ask(`${path}${query}`)).status, 200, path + query)
        }
    }
})

test('the site answers to its own name alone', async (t) => {
    const { url } = await townSite(t, { publicUrl: 'https://crossdock.example' })
    assert.equal(url, 'https://crossdock.example')
    const local = await townSite(t)
    const { request } = await import('node:http')
    const statusFor = (host: string) =>
        new Promise<number>((resolve, reject) => {
            const { port } = new URL(local.url)
            request({ host: '127.0.0.1', port, path: '/sign-in', headers: { host } }, (answer) => {
                answer.resume()
                resolve(answer.statusCode ?? 0)
            })
                .once('error', reject)
                .end()
        })
    assert.equal(await statusFor('localhost:3000'), 200)
    assert.equal(await statusFor('evil.example'), 421)
})

test('/healthz says whether the database answers and for how long stock waited where it waited longest', async (t) => {
    const { db, browser } = await townSite(t)
    const asked = async () => {
        const { status, html } = await browser().ask('/healthz')
        return [status, JSON.parse(html)]
    }
    const hours = async () => Math.floor((await asked())[1].seconds_since_stock / 3600)
    /** A run that ended so many hours ago, with what became of connections. */
    const ran = (account: number, ago: number, connections: object, more = '', job = 'hourly') =>
        db.send(
            `insert into runs (account_id, job, reason, state, ended_at, result, arguments)
            values ($1, $2, 'schedule', 'done', now() - make_interval(hours => $3), $4, $5)`,
            [account, job, ago, JSON.stringify({ connections }), more || '{}'],
        )
    const loaded = { sets: 0, loaded: { sets: 0 } }
    await db.send(`delete from runs`)
    assert.ok((await hours()) >= 89 * 24, 'never looked after: since it was accepted')
    await ran(1, 3, { 1: loaded, 2: loaded })
    await ran(2, 5, { 3: loaded })
    await ran(1, 0, { 1: loaded }, '{"connection": 1}')
    assert.equal(await hours(), 5, 'the longest of all accounts')
    await ran(2, 0, { 3: { failed: 'why' } })
    await ran(2, 0, { 3: { waits_for: ['harbour.example'] } })
    await ran(2, 0, { 3: { sets: 0, loaded: { dry_run: {} } } }, '{"dry_run": true}')
    await ran(2, 0, { 3: loaded }, '{}', 'push_products')
    assert.equal(await hours(), 5, 'none of these wrote its stock')
    await ran(2, 0, { 3: loaded })
    assert.equal(await hours(), 3, 'the connection that the narrowed run passed over')
    await db.send('update connections set accepted_at = now() where connection_id = 2')
    assert.equal(await hours(), 0, 'connected anew')
    await db.send(`update connections set state = 'disconnected'`)
    assert.deepEqual(await asked(), [200, { database: 'answers', seconds_since_stock: null }])
    await db.send('alter table change_sets rename to elsewhere')
    assert.deepEqual(await asked(), [503, { database: 'does not answer', seconds_since_stock: null }])
})

test('/metrics is closed to strangers', async (t) => {
    const closed = await townSite(t)
    assert.equal((await closed.browser().ask('/metrics')).status, 404)
    const { browser } = await townSite(t, { metricsToken: 'a token for machines' })
    assert.equal((await browser().ask('/metrics')).status, 401)
    const wrong = await browser().ask('/metrics', { headers: { authorization: 'Bearer a token for people' } })
    assert.equal(wrong.status, 401)
    const { status, html } = await browser().ask('/metrics', {
        headers: { authorization: 'Bearer a token for machines' },
    })
    assert.equal(status, 200)
    assert.match(html, /crossdock_held_change_sets 3/)
    assert.match(html, /crossdock_web_request_seconds_bucket\{[^}]*route="\/metrics"/)
})

test('assets may be kept, and come packed', async (t) => {
    const { browser } = await townSite(t)
    const { html } = await browser().open('/sign-in')
    const paths = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]*)"/g)].map((match) => match[1]!)
    assert.ok(paths.length >= 5)
    for (const path of paths) {
        const { status, headers } = await browser().ask(path, { headers: { 'accept-encoding': 'br' } })
        assert.equal(status, 200, path)
        assert.equal(headers.get('content-encoding'), 'br')
        assert.match(headers.get('cache-control') ?? '', /immutable/)
    }
    assert.equal((await browser().ask('/assets/..%2fmain.ts')).status, 404)
})

test('where the site listens: this machine alone while everything is on it', () => {
    assert.deepEqual(settingsFrom({}), { port: 3000, host: '127.0.0.1', publicUrl: null, metricsToken: null })
    assert.equal(settingsFrom({ DATABASE_URL: 'postgres://x' }).host, '0.0.0.0')
    assert.equal(settingsFrom({ PUBLIC_URL: 'https://crossdock.example/' }).publicUrl, 'https://crossdock.example')
    assert.equal(settingsFrom({ DATABASE_URL: 'postgres://x', HOST: '::1' }).host, '::1')
    assert.throws(
        () => settingsFrom({ PORT: 'x', PUBLIC_URL: 'crossdock' }),
        /PORT: .*\nPUBLIC_URL: expected an address/,
    )
})
