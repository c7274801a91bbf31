import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CORNER_SHOP, cornerGoods, dozen, NORTHWIND } from '../helpers/cast.ts'
import { testDatabase } from '../helpers/database.ts'
import { operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { plain, startStory } from '../helpers/story.ts'
import { buildTown, CORNER_SHOP as CORNER, linesIn, NORTHWIND as SOURCE } from './town.ts'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    return { db, browser, ann: await operatorOf(db, browser(), 1) }
}

test('a first sync by the site: the guide, the held set line by line, a rejection, the approval, the load, a rollback', async (t) => {
    const story = await startStory(t, {
        goods: { [NORTHWIND]: dozen, [CORNER_SHOP]: cornerGoods },
        connections: [{ destination: CORNER_SHOP, settings: plain() }],
    })
    const { db, account_id } = story
    const { browser } = await siteFor(t, db)
    const ann = await operatorOf(db, browser(), account_id)
    assert.match((await ann.open('/account')).html, /3 of 7 done/)
    await story.nightly()

    const overview = (await ann.open('/account')).html
    assert.match(overview, /4 of 7 done[\s\S]*Decide the first change set[\s\S]*Waits for you/)
    const sets = (await ann.open('/account/changes?state=held')).html
    const set = /changes\/(\d+)">\d+<\/a><\/td>\s*<td data-label="Kind">catalogue/.exec(sets)![1]!
    const page = (await ann.open(`/account/changes/${set}`)).html
    assert.match(page, /It waits for a person:<\/strong> first sync/)
    const mug = linesIn(page).find(({ label, field }) => label === 'mug' && field === 'new product')!
    const rejected = await ann.send(`/account/changes/${set}/decisions`, { line: mug.id, decision: 'reject' })
    assert.match(rejected.html, /\d+ lines?: rejected/)
    assert.match(rejected.html, /by ann/)
    for (const [, id] of sets.matchAll(/changes\/(\d+)">/g)) {
        await ann.open(`/account/changes/${id}`)
        await ann.send(`/account/changes/${id}/decisions`, { scope: 'whole', decision: 'approve' })
    }
    assert.match((await ann.open('/account')).html, /5 of 7 done/)

    await ann.open(`/account/changes/${set}`)
    const asked = await ann.send(`/account/changes/${set}/load`)
    assert.match(asked.html, /Run \d+, load[\s\S]*It waits for a worker/)
    const { rows } = await db.send(`select who, what from audit_events where what = 'run.queued' and who = 'ann'`)
    assert.equal(rows.length, 1)
    const { run_id } = await story.run('load')
    assert.match((await ann.open(`/account/runs/${run_id}`)).html, /badge good">done/)
    await assert.rejects(story.product(CORNER_SHOP, 'mug'))
    assert.equal((await story.product(CORNER_SHOP, 'tee')).title, 'Tee')

    const loaded = await ann.open(`/account/changes/${set}`)
    assert.match(loaded.html, /Deletions and orders cannot be taken back/)
    const back = await ann.send(`/account/changes/${set}/roll-back`)
    assert.match(back.html, /Run \d+, rollback/)
})

test('the set-up guide says the first thing to do, and nothing that only an operator can to the people of a store', async (t) => {
    const { db } = await testDatabase(t)
    const { browser } = await siteFor(t, db)
    const ann = await operatorOf(db, browser(), 1)
    const { html } = await ann.open('/account')
    assert.match(html, /0 of 7 done[\s\S]*crossdock store add --role source/)
    for (const path of ['connections', 'products', 'changes', 'orders', 'runs', 'stores']) {
        const empty = await ann.open(`/account/${path}`)
        assert.equal(empty.status, 200)
        assert.match(empty.html, /class="nothing"[\s\S]*<(?:a|code)/, `${path} says what to do next`)
    }
})

test('the people of a store see their own steps, and what is for the operator is left to the operator', async (t) => {
    const { db, browser } = await town(t)
    const bob = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER })
    const { html } = await bob.open('/')
    assert.match(html, /2 of 5 done|1 of 5 done/)
    assert.doesNotMatch(html, /npx crossdock (store add|start)/)
})

test('D2: how a price was derived, and with it what the source pays, is shown to nobody', async (t) => {
    const { db, browser } = await town(t)
    const payload = {
        base: { 111: '20.00/-/777.77' },
        inputs: {},
        origin: 'x',
        product: { title: 'Pot' },
        variants: [{ sku: 'P', price: '9.90' }],
    }
    await db.send(
        `insert into changes (account_id, change_set_id, connection_id, entity, action, source_product_id, item_id, label, after, origin, rule, status)
        values (1, 1, 1, 'product', 'create', 109, 109, 'pot', $1, 'first_sync', 'create', 'held')`,
        [JSON.stringify(payload)],
    )
    await db.send(`
        insert into deviations (account_id, connection_id, entity, item_id, field, source_product_id, label, desired, actual, origin, mode, rule)
        values (1, 1, 'variant', 112, 'cost', 101, 'SKU-1', '"777.77"', '"1.00"', 'source_changed', 'never', 'default: cost never')`)
    const bob = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER })
    const set = await bob.open('/stores/corner-shop.example/changes/1')
    assert.match(set.html, /Pot, 1 variant[\s\S]*9\.90/)
    assert.doesNotMatch(set.html, /777\.77/)
    assert.doesNotMatch((await bob.open('/stores/corner-shop.example/connections/1/products/101')).html, /777\.77/)
    const source = await peopleOf(db, browser(), { account_id: 1, store_id: SOURCE })
    assert.match((await source.open('/stores/northwind.example/connections/1/products/101')).html, /777\.77/)
})

test('a product says the first gate that keeps it from being synced, and what to do', async (t) => {
    const { db, browser } = await town(t)
    await db.send(`
        insert into staging.products (account_id, store_id, product_id, title, handle, tags, status, read_at)
        values
            (1, 1, 901, 'A hidden one', 'hidden', '{for-1,Crossdock-Hidden}', 'ACTIVE', now()),
            (1, 1, 902, 'B outside', 'outside', '{}', 'ACTIVE', now()),
            (1, 1, 903, 'C without SKU', 'bare', '{for-1}', 'ACTIVE', now()),
            (1, 1, 904, 'D that waits', 'waiting', '{for-1}', 'ACTIVE', now()),
            (1, 1, 905, 'E just made', 'new', '{for-1}', 'ACTIVE', now());
        insert into problems (account_id, connection_id, code, entity, item_id, source_product_id, detail)
        values
            (1, 1, 'near_miss', 'variant', 9031, 903, 'nearly'),
            (1, 1, 'missing_sku', 'variant', 9032, 903, 'no SKU');
        insert into changes (account_id, change_set_id, connection_id, entity, action, source_product_id, item_id, label, after, origin, rule, status)
        values (1, 1, 1, 'product', 'create', 904, 904, 'waiting', '{}', 'first_sync', 'create', 'held')`)
    const source = await peopleOf(db, browser(), { account_id: 1, store_id: SOURCE })
    const told = async (product: number) => {
        const { html } = await source.open(`/stores/northwind.example/connections/1/products/${product}`)
        return /first gate that said no: ([^<]*)/.exec(html)?.[1]
    }
    assert.deepEqual(await Promise.all([901, 902, 903, 904, 905].map(told)), [
        'hide tag',
        'scope',
        'identifier',
        'change set',
        'run',
    ])
    await db.send(`delete from changes where item_id = 112`)
    assert.equal(await told(101), undefined, 'it is synced')
    const list = await source.open('/stores/northwind.example/connections/1/products?state=not_linked')
    assert.match(
        list.html,
        /A hidden one[\s\S]*It carries a hide tag[\s\S]*B outside[\s\S]*does not take it[\s\S]*C without SKU[\s\S]*has no SKU/,
    )
    assert.match(
        (await source.open('/stores/northwind.example/connections/1/products?search=SKU-1')).html,
        /Offered to 1/,
    )
})

test('products are listed by title, a page at a time, each once', async (t) => {
    const { db, ann } = await town(t)
    await db.send(`
        insert into staging.products (account_id, store_id, product_id, title, handle, tags, status, read_at)
        select 1, 1, 5000 + n, case when n % 2 = 0 then 'same title' else 'Title ' || n end, 'h' || n, '{for-1}', 'ACTIVE', now()
        from generate_series(1, 120) as n`)
    const ids: string[] = []
    let next: string | null = '/account/connections/1/products'
    while (next) {
        const { html }: { html: string } = await ann.open(next)
        ids.push(...[...html.matchAll(/products\/(\d+)"/g)].map((match) => match[1]!))
        next = /href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? null
    }
    assert.equal(new Set(ids).size, ids.length)
    assert.equal(ids.length, 122, 'those of the other connection too, which a source sees as out of scope')
})

test('orders are pushed, held and released from their page, by who may', async (t) => {
    const { db, browser } = await town(t)
    const bob = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER })
    const at = '/stores/corner-shop.example/connections/1/orders'
    await bob.open(at)
    const held = await bob.send(`${at}/decisions`, { order: ['131', '132'], decision: 'hold' })
    assert.match(held.html, /2 orders: held/)
    const one = await bob.send(`${at}/decisions`, { order: '132', decision: 'push', from: 'one' })
    assert.match(one.html, /Order #KEPT-1[\s\S]*1 order: to be pushed|1 order: to be pushed[\s\S]*Order #KEPT-1/)
    const { rows } = await db.send('select order_id, decision, who from order_decisions order by order_id')
    assert.deepEqual(rows, [
        { order_id: '131', decision: 'hold', who: 'bob' },
        { order_id: '132', decision: 'push', who: 'bob' },
    ])
    const asked = await db.send(`select job, arguments from runs where job = 'push_orders'`)
    assert.deepEqual(asked.rows, [{ job: 'push_orders', arguments: { connection: 1 } }])
    await bob.send(`${at}/decisions`, { order: ['131', '231'], decision: 'release' })
    const left = await db.send('select order_id from order_decisions')
    assert.deepEqual(left.rows, [{ order_id: '132' }], "another connection's order is passed over")
})

test('run now asks for a run of the whole account, or of a store for its people; a second wish is the same run', async (t) => {
    const { db, browser, ann } = await town(t)
    await ann.open('/account/runs')
    assert.match((await ann.send('/account/runs', { job: 'nightly' })).html, /Run 4, nightly/)
    await ann.open('/account/runs')
    assert.match((await ann.send('/account/runs', { job: 'nightly' })).html, /Run 4, nightly/)
    const bob = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER })
    const at = '/stores/corner-shop.example/runs'
    await bob.open(at)
    assert.match((await bob.send(at, { job: 'nightly' })).html, /no such run to ask for/)
    await bob.send(at, { job: 'hourly' })
    const { rows } = await db.send(`select job, arguments, state from runs where state = 'queued' order by run_id`)
    assert.deepEqual(rows, [
        { job: 'nightly', arguments: {}, state: 'queued' },
        { job: 'hourly', arguments: { store: 'corner-shop.example' }, state: 'queued' },
    ])
})

test('a run is asked after every two seconds until it is over', async (t) => {
    const { db, browser, ann } = await town(t)
    await db.send(
        `update runs set state = 'running', heartbeat_at = now(), progress = '{"reading": {"done": 3, "total": 9}}', error = null`,
    )
    const { html } = await ann.open('/account/runs/1/progress')
    assert.doesNotMatch(html, /<html/)
    assert.match(html, /hx-get="\/account\/runs\/1\/progress" hx-trigger="every 2s"[\s\S]*3 of 9/)
    const bob = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER })
    assert.match(
        (await bob.open('/stores/corner-shop.example/runs/1/progress')).html,
        /hx-trigger="every 2s"[\s\S]*3 of 9/,
    )
    await db.send(`update runs set state = 'done', ended_at = now()`)
    assert.doesNotMatch((await ann.open('/account/runs/1/progress')).html, /hx-trigger/)
})
