import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { lockables } from '../../connectors/entities/index.ts'
import { pageRoutes } from '../../server/routes/index.ts'
import { type Block, isList } from '../../server/rules/block.ts'
import { fieldBlocks } from '../../server/rules/fields.ts'
import { locationBlocks } from '../../server/rules/locations.ts'
import { offerBlocks } from '../../server/rules/offer.ts'
import { orderBlocks } from '../../server/rules/orders.ts'
import { priceBlocks } from '../../server/rules/prices.ts'
import type { Database } from '../../sql/database.ts'
import { settingsNow } from '../../sql/stores/revise.ts'
import { lockableFields, parseSettings } from '../../sql/stores/settings.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, NORTHWIND } from './town.ts'

const AT = '/account/connections/1'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    return { db, browser, ann: await operatorOf(db, browser(), 1) }
}

const settingsOf = async (db: Database) => (await settingsNow(db, { account_id: 1, connection_id: 1 })).settings

/** The form of one page as it stands, with something else in it. */
async function save(browser: Browser, page: string, form: string, fields: Record<string, string | string[]>) {
    const { html } = await browser.open(`${page}`)
    const seen_at = /name="seen_at" value="([^"]*)"/.exec(html)?.[1] ?? ''
    return browser.send(`${page}/${form}`, { seen_at, ...fields })
}

async function events(db: Database) {
    type Event = { who: string; detail: { part: string; before: object; after: object } }
    return (
        await db.send<Event>(`select who, detail from audit_events where what = 'settings.changed' order by event_id`)
    ).rows
}

test('every setting of a connection has its place on a page, and every field that can be locked its choice', () => {
    const blocks: Block[] = [
        ...[...fieldBlocks, ...priceBlocks, ...offerBlocks, ...orderBlocks([])],
        ...locationBlocks({ source: [], destination: [], links: [] }),
    ]
    const named = blocks.flatMap((block) => (isList(block) ? [block.path] : block.inputs.map(({ name }) => name)))
    const { push, mirror, brakes, ...rest } = parseSettings({})
    const within = Object.entries({ push, mirror, brakes }).flatMap(([name, inner]) =>
        Object.keys(inner).map((key) => `${name}.${key}`),
    )
    // Mappings come by file; which location feeds which has a form of its own.
    const all = [...Object.keys(rest), ...within].filter((key) => key !== 'mappings' && key !== 'locations')
    assert.deepEqual(
        all.filter((key) => !named.includes(key)),
        [],
        'add it to a block under server/rules',
    )
    assert.deepEqual(lockables.map(({ lock }) => lock).toSorted(), [...lockableFields].toSorted())
})

test('pages promise no look at a change that the same run writes, and say how to see it first', async (t) => {
    const { ann } = await town(t)
    for (const page of ['/account/help', ...['fields', 'prices', 'locations'].map((name) => `${AT}/${name}`)]) {
        const { html } = await ann.open(page)
        assert.doesNotMatch(html, /change is shown before it is made/, page)
        assert.match(html, /first sync[\s\S]*brake[\s\S]*Compare now|Compare now[\s\S]*brake/, page)
    }
})

test('a field is locked in plain words, the log has what was before and after, and as usual takes the rule away', async (t) => {
    const { db, ann } = await town(t)
    const locked = await save(ann, `${AT}/fields`, 'everything', { price: 'create_only', quantity: 'enforced' })
    assert.match(locked.html, /Saved\. The next run writes what neither a first sync nor a brake holds/)
    assert.match(locked.html, /Now: field lock, by lock rule 1 for everything/)
    const rules = (await db.send(`select field, mode, scope from lock_rules where connection_id = 1 order by 1`)).rows
    assert.deepEqual(rules, [
        { field: 'price', mode: 'create_only', scope: 'all' },
        { field: 'quantity', mode: 'enforced', scope: 'all' },
    ])
    await save(ann, `${AT}/fields`, 'everything', { quantity: 'enforced' })
    assert.deepEqual(
        (await settingsOf(db)).lock_rules.map(({ field }) => field),
        ['quantity'],
    )
    const [first, second] = await events(db)
    assert.equal(first!.who, 'ann')
    assert.deepEqual(first!.detail.before, { lock_rules: [] })
    assert.match(JSON.stringify(second!.detail.before), /create_only/)
    assert.doesNotMatch(JSON.stringify(second!.detail.after), /create_only/)
    const same = await save(ann, `${AT}/fields`, 'everything', { quantity: 'enforced' })
    assert.match(same.html, /Nothing was changed/)
    assert.equal((await events(db)).length, 2)
})

test('rule 14: a title that is never to be written is refused with a sentence beside its field', async (t) => {
    const { db, ann } = await town(t)
    const { html } = await ann.open(`${AT}/fields`)
    assert.doesNotMatch(/<select id="everything_title"[\s\S]*?<\/select>/.exec(html)![0], /never/)
    const { status, html: refused } = await save(ann, `${AT}/fields`, 'everything', { title: 'never', price: 'never' })
    assert.equal(status, 422)
    assert.match(
        refused,
        /<label for="everything_title">title<\/label>[\s\S]{0,900}?class="fault"[^>]*>title and option values cannot be never/,
    )
    assert.deepEqual((await settingsOf(db)).lock_rules, [])
})

test('what settings say against each other is refused with the sentence, and what was typed is kept', async (t) => {
    const { db, ann } = await town(t)
    await save(ann, `${AT}/fields`, 'everything', { quantity: 'enforced' })
    const { status, html } = await save(ann, `${AT}/order-rules`, 'sales', { orders: 'none', push_inventory: 'bypass' })
    assert.equal(status, 422)
    assert.match(html, /Nothing was saved\. <a href="#sales">What a sale/)
    assert.match(html, /a quantity can only be follow or never, since sales at the destination are subtracted nowhere/)
    assert.match(html, /name="orders" value="none" checked>/)
    assert.equal((await settingsOf(db)).orders, 'order_push')
    const bypass = await save(ann, `${AT}/order-rules`, 'sales', { orders: 'order_push', push_inventory: 'bypass' })
    assert.match(bypass.html, /id="sales_push_inventory"[\s\S]*?class="fault"[^>]*>with (?:&quot;|")orders/)
})

test('of several lock rules the page says which wins for a SKU', async (t) => {
    const { db, ann } = await town(t)
    await db.send(`update staging.products set vendor = 'Acme' where product_id = 101`)
    const rule = { do: 'add', field: 'price', scope_value: '', priority: '' }
    await save(ann, `${AT}/fields`, 'narrower', { ...rule, mode: 'never', scope: 'vendor', scope_value: 'Acme' })
    await save(ann, `${AT}/fields`, 'narrower', { ...rule, mode: 'enforced', scope: 'sku', scope_value: 'SKU-1' })
    const { html } = await ann.open(`${AT}/fields/winner?sku=SKU-1`)
    assert.match(html, /price<\/th><td[^>]*>sync lock, by lock rule 2 for SKU SKU-1/)
    assert.match(html, /cost<\/th><td[^>]*>left alone, as usual/)
    assert.match((await ann.open(`${AT}/fields/winner?sku=sku-1`)).html, /offers nothing with the SKU/)

    await save(ann, `${AT}/fields`, 'narrower', {
        ...rule,
        do: 'change',
        row: '1',
        mode: 'follow',
        scope: 'sku',
        scope_value: 'SKU-1',
    })
    assert.match((await ann.open(`${AT}/fields/winner?sku=SKU-1`)).html, /follows the source, by lock rule 2/)
    const gone = await save(ann, `${AT}/fields`, 'narrower', { do: 'remove', row: '1' })
    assert.match(gone.html, /price: left alone, for vendor Acme/)
    assert.match((await ann.open(`${AT}/fields/winner?sku=SKU-1`)).html, /left alone, by lock rule 1 for vendor Acme/)
})

test('rule 26: two locations that feed one are refused unless they are added up, with the sentence, and saved when they are', async (t) => {
    const { db, ann } = await town(t)
    await db.send(`
        insert into staging.locations (account_id, store_id, location_id, name, active, read_at)
        values (1, 1, 11, 'Main', true, now()), (1, 1, 12, 'Depot', true, now()), (1, 2, 21, 'Shop', true, now())`)
    const both = { 'to.11': '21', 'to.12': '21', 'priority.11': '5' }
    const refused = await save(ann, `${AT}/locations`, 'links', { ...both, 'mode.11': 'mirror', 'mode.12': 'sum_into' })
    assert.equal(refused.status, 422)
    assert.match(refused.html, /several source locations\s+feed one only with (?:&quot;|")mode/)
    assert.match(refused.html, /name="mode.12" value="sum_into" checked>/)
    await save(ann, `${AT}/locations`, 'links', { ...both, 'mode.11': 'sum_into', 'mode.12': 'sum_into' })
    const { rows } = await db.send(
        'select source_location_id, destination_location_id, mode, priority from location_links order by 1',
    )
    assert.deepEqual(rows, [
        { source_location_id: '11', destination_location_id: '21', mode: 'sum_into', priority: 5 },
        { source_location_id: '12', destination_location_id: '21', mode: 'sum_into', priority: 0 },
    ])
    await save(ann, `${AT}/locations`, 'buffers', {
        do: 'add',
        units: '2',
        percent: '10',
        zero_below: '1',
        scope: 'all',
    })
    assert.match(ann.page().html, /2 kept back, 10 % kept back, none shown below 1, for everything/)
    assert.equal((await db.send('select from location_links')).rowCount, 2, 'links stay where only buffers changed')
})

test('whoever names what to take in means that and not all besides; taking the last name away offers all again', async (t) => {
    const { db, ann } = await town(t)
    const scopes = async () =>
        (await settingsOf(db)).scopes.map(({ action, kind, value }) => `${action} ${kind} ${value}`)
    await save(ann, `${AT}/taking`, 'scopes', { do: 'add', action: 'exclude', kind: 'tag', value: 'secret' })
    assert.deepEqual(await scopes(), ['include all ', 'exclude tag secret'])
    await save(ann, `${AT}/taking`, 'scopes', { do: 'add', action: 'include', kind: 'collection', value: 'summer' })
    assert.deepEqual(await scopes(), ['exclude tag secret', 'include collection summer'])
    await save(ann, `${AT}/taking`, 'scopes', { do: 'remove', row: '1' })
    assert.deepEqual(await scopes(), ['include all ', 'exclude tag secret'])
})

test('a form that is older than the settings changes nothing, and says so', async (t) => {
    const { db, ann } = await town(t)
    const { html } = await ann.open(`${AT}/fields`)
    const seen_at = /name="seen_at" value="([^"]*)"/.exec(html)![1]!
    await save(ann, `${AT}/fields`, 'everything', { price: 'never' })
    const late = await ann.send(`${AT}/fields/everything`, { seen_at, weight: 'never' })
    assert.equal(late.status, 422)
    assert.match(late.html, /Somebody else changed these settings while this page was open/)
    assert.deepEqual(
        (await settingsOf(db)).lock_rules.map(({ field }) => field),
        ['price'],
    )
})

test('rule 91: each end of a connection decides what is its own, sees the rest, and its prices are nobody else’s to see', async (t) => {
    const { db, browser } = await town(t)
    const north = await peopleOf(db, browser(), { account_id: 1, store_id: NORTHWIND })
    const corner = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP })
    const [source, destination] = ['northwind', 'corner-shop'].map((name) => `/stores/${name}.example/connections/1`)
    assert.equal((await north.open(`${source}/prices`)).status, 403)
    assert.equal((await north.open(`${source}/locations`)).status, 403)
    assert.match((await north.open(`${source}/fields`)).html, /corner-shop\.example, the destination, decides this/)
    const offered = await save(north, `${source}/taking`, 'hidden', { hide_tags: 'hush, quiet', hidden_stock: 'zero' })
    assert.match(offered.html, /Saved/)
    assert.deepEqual((await settingsOf(db)).hide_tags, ['hush', 'quiet'])
    for (const [who, at, forms] of [
        [
            north,
            source,
            ['fields/everything', 'fields/narrower', 'taking/taking', 'order-rules/leaving', 'prices/rates'],
        ],
        [
            corner,
            destination,
            pageRoutes
                .filter(
                    ({ who, method, path }) => who === 'source' && method === 'post' && path.includes(':connection'),
                )
                .map(({ path }) => path.split('/').slice(3).join('/')),
        ],
    ] as const) {
        await who.open(`${at}/fields`)
        for (const form of forms) assert.equal((await who.sendOnly(`${at}/${form}`)).status, 403, form)
    }
    assert.equal((await events(db)).length, 1)
})

test('somebody who changed a rule asks for a comparison, which is a run like any other', async (t) => {
    const { db, ann } = await town(t)
    await ann.open(`${AT}/fields`)
    const { html } = await ann.send(`${AT}/run`, { job: 'compare' })
    assert.match(html, /Run \d+, compare[\s\S]*waits for a worker/)
    const { rows } = await db.send(`select arguments from runs where job = 'compare' and state = 'queued'`)
    assert.deepEqual(rows, [{ arguments: { connection: 1 } }])
    await db.send(`update connections set state = 'disconnected' where connection_id = 1`)
    assert.match(
        (await ann.send(`${AT}/run`, { job: 'hourly' })).html,
        /Nothing is read or compared before the stores are connected/,
    )
})
