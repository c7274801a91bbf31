import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { startSandbox } from '../../connectors/sandbox/sandbox.ts'
import { isSignedBy } from '../../connectors/shopify/oauth.ts'
import { seal } from '../../sql/stores/seal.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, siteFor } from '../helpers/site.ts'
import { buildTown } from './town.ts'

const CORNER = 'corner-shop.example'
const NORTH = 'northwind.example'
const northApp = { clientId: 'north-app', clientSecret: 'north-secret' }
const app = { clientId: 'corner-app', clientSecret: 'corner-secret' }

/** The town, with the corner shop and northwind in a sandbox, each with an app of its owner. */
async function cornerAtShopify(t: TestContext, redirectUrls?: string[]) {
    const shops = [
        { domain: CORNER, ...app, redirectUrls },
        { domain: NORTH, ...northApp },
    ]
    const sandbox = await startSandbox({ shops })
    t.after(() => sandbox.close())
    const { db } = await testDatabase(t)
    await buildTown(db)
    const key = randomBytes(32)
    for (const { domain, clientId, clientSecret } of shops) {
        const sealed = seal(key, JSON.stringify({ kind: 'client', clientId, clientSecret }), domain)
        const values = [sealed, sandbox.originOf(domain), domain]
        await db.send('update stores set credentials = $1, origin = $2 where domain = $3', values)
    }
    const fixed = seal(key, JSON.stringify({ kind: 'static', token: 'token' }), 'market-stall.example')
    await db.send(`update stores set credentials = $1 where domain = 'market-stall.example'`, [fixed])
    return { db, site: await siteFor(t, db, { key }), sandbox }
}

/** Where Shopify sends the person back to. */
async function atShopify(html: string): Promise<Response> {
    const to = /content="0;url=([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? ''
    return fetch(to, { redirect: 'manual' })
}

test("a store's people come in by Shopify, and are named as Shopify names them", async (t) => {
    const { db, site } = await cornerAtShopify(t)
    const olive = site.browser()
    const { html } = await olive.open(`/shopify?shop=${CORNER}`)
    const back = (await atShopify(html)).headers.get('location')!
    assert.ok(back.startsWith(`${site.url}/shopify/callback?`))
    const seen = await olive.open(back)
    assert.match(seen.html, /<strong>corner-shop\.example<\/strong>[\s\S]*Olive Owner/)
    const { rows } = await db.send(`select who, what, detail from audit_events where what = 'store.entered'`)
    assert.deepEqual(rows, [{ who: 'Olive Owner', what: 'store.entered', detail: { by: 'shopify' } }])
    assert.equal((await site.browser().open(back)).status, 403, 'the same address in another browser')
    assert.equal((await olive.open(back)).status, 403, 'and a second time')
})

/** Begins a sign-in; returns where Shopify sends the person back to. */
async function beginAt(browser: Browser, shop: string): Promise<string> {
    return (await atShopify((await browser.open(`/shopify?shop=${shop}`)).html)).headers.get('location')!
}

test('spec row 12: two stores that are signed in for at once in one browser both come in, whichever is first, and each once', async (t) => {
    const { site } = await cornerAtShopify(t)
    for (const order of [
        [0, 1],
        [1, 0],
    ]) {
        const browser = site.browser()
        const begun = [
            { shop: CORNER, back: await beginAt(browser, CORNER) },
            { shop: NORTH, back: await beginAt(browser, NORTH) },
        ]
        for (const { shop, back } of order.map((n) => begun[n]!)) {
            const seen = await browser.open(back)
            assert.equal(seen.status, 200)
            assert.ok(seen.html.includes(`<strong>${shop}</strong>`))
        }
        for (const { back } of begun) assert.equal((await browser.open(back)).status, 403, 'a second time')
    }
})

test('what one sign-in is refused for leaves the other as it is, and no state lets in for another store', async (t) => {
    const { site } = await cornerAtShopify(t)
    const browser = site.browser()
    const [corner, north] = [new URL(await beginAt(browser, CORNER)), new URL(await beginAt(browser, NORTH))]
    const strange = new URL(corner)
    strange.searchParams.set('state', 'another')
    assert.equal((await browser.open(strange.href)).status, 403)
    const crossed = new URL(corner)
    crossed.searchParams.set('state', north.searchParams.get('state')!)
    crossed.searchParams.set('hmac', signed(crossed.searchParams))
    assert.match((await browser.open(crossed.href)).html, /not signed by the app/)
    assert.equal((await browser.open(north.href)).status, 403, 'its state was used')
    assert.equal((await browser.open(corner.href)).status, 200)
})

test('of sign-ins begun in one browser the last eight can be ended, within an hour', async (t) => {
    const { db, site } = await cornerAtShopify(t)
    const browser = site.browser()
    const backs: string[] = []
    for (let n = 0; n < 9; n++) backs.push(await beginAt(browser, CORNER))
    assert.equal((await browser.open(backs[0]!)).status, 403)
    assert.equal((await browser.open(backs[1]!)).status, 200)
    const age = (minutes: number) =>
        db.send(`update sessions set sess = jsonb_set(sess, '{atShopify,0,since}', to_jsonb($1::bigint))`, [
            Date.now() - minutes * 60_000,
        ])
    await age(61)
    assert.equal((await browser.open(backs[2]!)).status, 403)
    await age(59)
    assert.equal((await browser.open(backs[2]!)).status, 200)
    assert.equal((await browser.open(backs[8]!)).status, 200)
    await site.browser().open(backs[0]!)
    assert.equal(
        (await db.send('select from sessions')).rowCount,
        1,
        'nothing is kept of a stranger who comes back from nowhere',
    )
})

test('what Shopify sends back is refused when anything of it was changed', async (t) => {
    const { site } = await cornerAtShopify(t)
    const changes: [string, string, RegExp][] = [
        ['state', 'another', /not begun in this browser/],
        ['shop', 'market-stall.example', /not signed by the app/],
        ['code', 'another', /not signed by the app/],
        ['hmac', 'ab'.repeat(32), /not signed by the app/],
        ['hmac', '', /not signed by the app/],
        ['timestamp', '1', /not signed by the app/],
    ]
    for (const [name, value, why] of changes) {
        const browser = site.browser()
        const back = new URL(
            (await atShopify((await browser.open(`/shopify?shop=${CORNER}`)).html)).headers.get('location')!,
        )
        back.searchParams.set(name, value)
        const { status, html } = await browser.open(back.href)
        assert.equal(status, 403, name)
        assert.match(html, why)
        assert.match((await browser.open('/')).html, /<h1>Sign in/)
    }
})

test('a code that is none lets nobody in, though it is signed', async (t) => {
    const { site } = await cornerAtShopify(t)
    const browser = site.browser()
    const back = new URL(
        (await atShopify((await browser.open(`/shopify?shop=${CORNER}`)).html)).headers.get('location')!,
    )
    back.searchParams.set('code', 'another')
    back.searchParams.set('hmac', signed(back.searchParams))
    const { status, html } = await browser.open(back.href)
    assert.equal(status, 502)
    assert.match(html, /did not confirm who you are/)
})

test('a store that is unknown and one without an app of its owner are answered alike', async (t) => {
    const { site } = await cornerAtShopify(t)
    for (const shop of ['nobody.example', 'market-stall.example', '', '../x']) {
        const { status, html } = await site.browser().open(`/shopify?shop=${encodeURIComponent(shop)}`)
        assert.equal(status, 404)
        assert.match(html, /There is no way in by Shopify/)
    }
})

test('a store admin that sends somebody signs it; what it did not sign is refused', async (t) => {
    const { site } = await cornerAtShopify(t)
    const asked = new URLSearchParams({ shop: CORNER, timestamp: '1', host: 'x' })
    const good = await site.browser().open(`/shopify?${asked}&hmac=${signed(asked)}`)
    assert.match(good.html, /Going on to Shopify/)
    assert.equal((await site.browser().open(`/shopify?${asked}&hmac=${'00'.repeat(32)}`)).status, 403)
})

test('Shopify sends people back to exactly one address', async (t) => {
    const { site } = await cornerAtShopify(t, ['https://crossdock.example/shopify/callback'])
    const answer = await atShopify((await site.browser().open(`/shopify?shop=${CORNER}`)).html)
    assert.equal(answer.status, 400)
    assert.match(await answer.text(), /redirect_uri is not whitelisted/)
})

test('a parameter that comes twice is signed by nobody', () => {
    const twice = new URLSearchParams([
        ['shop', CORNER],
        ['shop', 'other.example'],
    ])
    twice.set('hmac', signed(twice))
    assert.equal(isSignedBy(app, twice), false)
})

/** As Shopify's documentation says: all but the signature, sorted, joined, with the app's secret. */
function signed(parameters: URLSearchParams): string {
    const text = [...parameters]
        .filter(([name]) => name !== 'hmac')
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('&')
    return createHmac('sha256', app.clientSecret).update(text).digest('hex')
}
