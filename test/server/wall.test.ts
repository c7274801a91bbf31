import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { createApp } from '../../server/app.ts'
import { bareRoutes, doorRoutes, pageRoutes } from '../../server/routes/index.ts'
import { finders, PLACES } from '../../server/wall.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { everything, ofNorth } from './everything.ts'
import { addressesOf, fill, subjects } from './subjects.ts'
import { buildTown, CORNER_SHOP, MARKET_STALL, NORTHWIND } from './town.ts'

type Registered = { method: string; path: string }

/** Every route, as the app itself has it: one that was added past the tables of routes is here too. */
async function registered(t: TestContext): Promise<Registered[]> {
    const { db } = await testDatabase(t)
    const desk = { db, key: Buffer.alloc(32), log: pino({ level: 'silent' }), publicUrl: null, metricsToken: null }
    const { app, close } = createApp(desk)
    t.after(close)
    type Layer = { route?: { path: string; methods: Record<string, boolean> } }
    return (app.router.stack as Layer[]).flatMap(({ route }) =>
        route ? Object.keys(route.methods).map((method) => ({ method, path: route.path })) : [],
    )
}

const PUBLIC = [
    ...['get /', 'get /healthz', 'get /metrics', 'get /assets/:file'],
    ...['get /sign-in', 'post /sign-in', 'post /sign-out', 'get /enter/:key', 'post /enter/:key'],
    ...['get /shopify', 'get /shopify/callback'],
]

test('every route of the app is a public one that is named here, or passes the wall', async (t) => {
    const known = new Set([
        ...PUBLIC,
        ...PLACES.flatMap((place) => pageRoutes.map(({ method, path }) => `${method} ${place}${path}`)),
    ])
    const routes = (await registered(t)).map(({ method, path }) => `${method} ${path}`)
    assert.ok(routes.length > 40)
    assert.deepEqual(
        routes.filter((route) => !known.has(route)),
        [],
        'a route with no rule: put it into pageRoutes, or name it here if everybody may use it',
    )
    const tables = [...bareRoutes, ...doorRoutes].map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(tables.toSorted(), PUBLIC.toSorted())
})

test('whatever a path may name is found by the wall', () => {
    const named = pageRoutes.flatMap(({ path }) => [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!))
    assert.ok(named.length > 10)
    assert.deepEqual(
        named.filter((name) => !(name in finders)),
        [],
        'give it a finder in server/wall.ts',
    )
})

const DOMAINS = [
    'northwind.example',
    'corner-shop.example',
    'market-stall.example',
    'southwind.example',
    'harbour.example',
]
const places = ['/account', ...DOMAINS.map((domain) => `/stores/${domain}`)]

/** Every page and act of every place, about what one connection has. */
function walk(values: Record<string, string>) {
    return places.flatMap((place) =>
        addressesOf(values).map((route) => ({ ...route, place, to: `${place}${route.to}` })),
    )
}

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    const accounts = await buildTown(db)
    return { db, ...accounts, site: await siteFor(t, db) }
}

/** Asks for a page, or sends its form with this browser's own token. */
async function attempt(browser: Browser, { method, to, place }: { method: string; to: string; place: string }) {
    const key = place.replace('/stores/', '').replace('/', '')
    const known = browser.hidden()._token
    if (method === 'get') return browser.ask(to)
    return browser.sendOnly(to, { _place: key, ...(known && { _token: known }), ...anything })
}

const anything = { decision: 'approve', scope: 'whole', job: 'hourly', order: '131', line: '1', items: 'leave' }

test('rule 91: a stranger is shown no page and does nothing', async (t) => {
    const { db, site } = await town(t)
    const before = await everything(db)
    for (const route of walk(subjects(1, 'corner-shop.example'))) {
        const { status, html } = await attempt(site.browser(), route)
        assert.ok(status === 303 || status === 401, `${route.method} ${route.to}: ${status}`)
        assert.doesNotMatch(html, /SKU-|Offered|Northwind/)
    }
    assert.deepEqual(await everything(db), before)
})

test("rule 91: another account's operator finds none of it", async (t) => {
    const { db, site, other_account_id } = await town(t)
    const south = await operatorOf(db, site.browser(), other_account_id)
    const before = await everything(db)
    for (const route of walk(subjects(1, 'corner-shop.example'))) {
        const { status, html } = await attempt(south, route)
        assert.doesNotMatch(html, /SKU-1|SKU-2|Offered to [12]|#\w+-[12]|-of-[12]/, route.to)
        const isTheirs = ['/account', '/stores/southwind.example', '/stores/harbour.example'].includes(route.place)
        const namesSomething = /:/.test(route.path)
        if (!isTheirs || namesSomething) assert.equal(status, 404, `${route.method} ${route.to}`)
    }
    const after = await everything(db)
    for (const table of ['changes', 'decisions', 'connections', 'joins', 'keys', 'codes', 'settings']) {
        assert.deepEqual(ofNorth(after[table]), ofNorth(before[table]))
    }
})

test("rule 91: a store's people find nothing of another connection's, and no place but their own", async (t) => {
    const { db, site } = await town(t)
    const stall = await peopleOf(db, site.browser(), { account_id: 1, store_id: MARKET_STALL })
    const before = await everything(db)
    for (const route of walk(subjects(1, 'corner-shop.example'))) {
        const { status, html } = await attempt(stall, route)
        assert.doesNotMatch(html, /SKU-1|Offered to 1|#\w+-1|-of-1|corner-shop(?!\.example, and this page)/, route.to)
        const isTheirs = route.place === '/stores/market-stall.example'
        if (!isTheirs || /:/.test(route.path)) assert.equal(status, 404, `${route.method} ${route.to}`)
    }
    const after = await everything(db)
    for (const table of ['changes', 'decisions', 'connections', 'joins', 'keys', 'codes', 'settings']) {
        assert.deepEqual(after[table], before[table])
    }
})

test('rule 91: a destination sees what it is offered and how its own orders fare', async (t) => {
    const { db, site } = await town(t)
    const corner = await peopleOf(db, site.browser(), { account_id: 1, store_id: CORNER_SHOP })
    const at = '/stores/corner-shop.example'
    const { html: products } = await corner.open(`${at}/products`)
    assert.match(products, /Offered to 1/)
    assert.doesNotMatch(products, /Offered to 2/)
    const { html: orders } = await corner.open(`${at}/orders`)
    assert.match(orders, /#PUSHED-1[\s\S]*#TWIN-1/)
    assert.match(orders, /#KEPT-1[\s\S]*NOT_PAID/)
    const { html: product } = await corner.open(`${at}/connections/1/products/101`)
    assert.doesNotMatch(product, /Stock at the source/, "the source's stock is its own business")
    assert.equal((await corner.open(`${at}/connections/1/products/201`)).status, 404, 'not offered here')
})

test('rule 91: a source sees of a destination the orders that were pushed to it, and their lines', async (t) => {
    const { db, site } = await town(t)
    const source = await peopleOf(db, site.browser(), { account_id: 1, store_id: NORTHWIND })
    const at = '/stores/northwind.example'
    const { html: orders } = await source.open(`${at}/connections/1/orders`)
    assert.match(orders, /#PUSHED-1/)
    assert.doesNotMatch(orders, /#KEPT-1|24\.00/)
    assert.equal((await source.open(`${at}/connections/1/orders/132`)).status, 404)
    const { html: order } = await source.open(`${at}/connections/1/orders/131`)
    assert.match(order, /Travelled 1/)
    assert.doesNotMatch(order, /Stayed 1|24\.00/)
    const { html: connection } = await source.open(`${at}/connections/1`)
    assert.doesNotMatch(connection, /not pushed/)
})

test('rule 91: only its destination, or an operator, decides a change set and the orders; only its source blocks and agrees', async (t) => {
    const { db, site } = await town(t)
    const source = await peopleOf(db, site.browser(), { account_id: 1, store_id: NORTHWIND })
    const at = '/stores/northwind.example'
    await source.open(`${at}/changes/1`)
    const before = await everything(db)
    for (const route of pageRoutes.filter(({ who, method }) => who === 'destination' && method === 'post')) {
        const to = `${at}${fill(route.path, subjects(1, ''))}`
        const { status, html } = await attempt(source, { ...route, to, place: at })
        assert.equal(status, 403, to)
        assert.match(
            html,
            /Only corner-shop\.example, the destination of this connection|Only a destination may do this/,
        )
    }
    for (const route of pageRoutes.filter(({ who, method }) => who === 'destination' && method === 'get')) {
        const { status, html } = await source.ask(`${at}${fill(route.path, subjects(1, ''))}`)
        assert.equal(status, 403, route.path)
        assert.doesNotMatch(html, /map-of-1/)
    }
    assert.deepEqual(await everything(db), before)
    const corner = await peopleOf(db, site.browser(), { account_id: 1, store_id: CORNER_SHOP })
    const home = '/stores/corner-shop.example'
    await corner.open(`${home}/changes/1`)
    const entered = await everything(db)
    for (const route of pageRoutes.filter(({ who }) => who === 'source')) {
        const { html } = await corner.sendOnly(`${home}${fill(route.path, subjects(1, ''))}`, anything)
        assert.match(html, /Only northwind\.example, the source of this|Only a source may do this|There is no key here/)
    }
    assert.deepEqual(await everything(db), entered)
    const { html } = await corner.send('/stores/corner-shop.example/changes/1/decisions', anything)
    assert.match(html, /1 line: approved/)
})

/** How a browser says that another site made it send a form. */
const FROM_ELSEWHERE: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example' },
]

test('a form without the token of its session, with a wrong one, or from another site does nothing', async (t) => {
    const { db, site } = await town(t)
    const operator = await operatorOf(db, site.browser(), 1)
    const before = await everything(db)
    const acts = [
        ...walk(subjects(1, 'corner-shop.example'))
            .filter(({ method, place }) => method === 'post' && /account|corner/.test(place))
            .map(({ to, place }) => ({ to, _place: place.replace('/stores/', '').replace('/', '') })),
        { to: '/sign-in', _place: '' },
        { to: '/sign-out', _place: '' },
    ]
    assert.ok(acts.length > 10)
    for (const { to, _place } of acts) {
        const { _token = '' } = operator.hidden()
        for (const token of ['', 'x'.repeat(_token.length), _token.slice(1)]) {
            const { status } = await operator.sendOnly(to, { ...anything, _place, _token: token })
            assert.equal(status, 403, `${to} with the token "${token}"`)
        }
        for (const headers of FROM_ELSEWHERE) {
            const body = new URLSearchParams({ ...anything, _place, _token })
            const { status } = await operator.ask(to, {
                method: 'POST',
                body,
                headers: headers as Record<string, string>,
            })
            assert.equal(status, 403, `${to} from ${JSON.stringify(headers)}`)
        }
    }
    assert.deepEqual(await everything(db), before)
})

test('a form of one store sent to another does nothing, also by whoever may act for both', async (t) => {
    const { db, site } = await town(t)
    const operator = await operatorOf(db, site.browser(), 1)
    await operator.open('/stores/corner-shop.example/changes/1')
    const before = await everything(db)
    const { status, html } = await operator.sendOnly('/stores/market-stall.example/changes/2/decisions', anything)
    assert.equal(status, 403)
    assert.match(html, /belongs to another store/)
    assert.deepEqual(await everything(db), before)
})

test('a browser that comes in for a second store acts for that one alone, and says so to what is left of the first', async (t) => {
    const { db, site } = await town(t)
    const browser = site.browser()
    await peopleOf(db, browser, { account_id: 1, store_id: CORNER_SHOP })
    await browser.open('/stores/corner-shop.example/changes/1')
    const oldForm = browser.hidden()
    await peopleOf(db, browser, { account_id: 1, store_id: MARKET_STALL })
    const { status, html } = await browser.sendOnly('/stores/corner-shop.example/changes/1/decisions', {
        ...oldForm,
        ...anything,
    })
    assert.equal(status, 404)
    assert.match(html, /signed in for market-stall\.example, and this page belongs to another store/)
    assert.match((await browser.open('/')).html, /<strong>market-stall\.example<\/strong>/)
})
