import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { storeByDomain } from '../../sql/stores/stores.ts'
import { NORTHWIND, OUTLET, single } from '../helpers/cast.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { plain } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'

/** Northwind feeds the outlet, which had a jug of its own; people of both look at their connection. */
async function connected(t: TestContext) {
    const jug = single('Jug', 'JUG-1', { variant: { available: 4 } })
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1'), jug], [OUTLET]: [jug] },
        connections: [{ destination: OUTLET, settings: plain() }],
    })
    const { db, account_id } = story
    const { browser } = await siteFor(t, db)
    const come = async (domain: string) => {
        const store_id = (await storeByDomain(db, account_id, domain))!.store_id
        return peopleOf(db, browser(), { account_id, store_id })
    }
    const id = story.connections.get(OUTLET)!
    const at = (domain: string) => `/stores/${domain}/connections/${id}`
    await story.run('extract', { store: OUTLET, kind: 'incremental' })
    return { story, db, account_id, id, at, browser, north: await come(NORTHWIND), outlet: await come(OUTLET) }
}

/** Opens the page of an end, and confirms what it shows. */
async function confirm(browser: Browser, path: string, fields: Record<string, string>) {
    const { html } = await browser.open(path)
    const seen = /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? ''
    return { html, told: await browser.send(path, { seen, ...fields }) }
}

const figures = (html: string) =>
    Object.fromEntries(
        [...html.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)].map(([, name, value]) => [name, value]),
    )

test('D14: a source blocks by page: it sees the numbers first, a worker writes what it chose, and it unblocks again', async (t) => {
    const { story, db, id, at, north, outlet } = await connected(t)
    const { html, told } = await confirm(north, `${at(NORTHWIND)}/block`, { items: 'zero' })
    assert.deepEqual(figures(html), {
        ...{ 'Linked items': '2', 'In products': '2', 'Made by Crossdock': '1', 'Published there': '2' },
        ...{ 'Units on sale there': '19', 'Open stock movements': '0' },
    })
    assert.match(html, /value="zero" required checked[\s\S]*Set their stock to 0<\/strong> at 2 places/)
    assert.doesNotMatch(html, /value="delete"/, 'a source deletes nothing at a destination')
    assert.match(told.html, /about to be blocked[\s\S]*Nothing else is/)
    const waiting = await db.send(`select arguments from runs where job = 'end_connection' and state = 'queued'`)
    assert.deepEqual(waiting.rows, [{ arguments: { connection: id } }])
    assert.equal((await story.variant(OUTLET, 'MUG-1')).levels[0]?.available, 15, 'the site writes to no store itself')
    assert.match((await north.open(`${at(NORTHWIND)}/block`)).html, /about to be blocked, so it cannot be blocked now/)

    await story.run('end_connection', { connection: id })
    for (const sku of ['MUG-1', 'JUG-1']) assert.equal((await story.variant(OUTLET, sku)).levels[0]?.available, 0)
    const list = (await outlet.open(`/stores/${OUTLET}/connections`)).html
    assert.match(list, /<h2[^>]*>Blocked[\s\S]*badge bad">blocked/)
    const theirs = await outlet.open(at(OUTLET))
    assert.match(theirs.html, /only northwind\.example can unblock it/i)
    assert.doesNotMatch(theirs.html, /\/unblock"/)
    const { rows } = await db.send<{ who: string; what: string }>(
        `select who, what from audit_events where what like 'connection.%' and what <> 'connection.set' order by event_id`,
    )
    assert.deepEqual(rows, [
        { who: 'bob', what: 'connection.end_asked' },
        { who: 'bob', what: 'connection.blocked' },
    ])
    await north.open(at(NORTHWIND))
    const { html: again } = await north.send(`${at(NORTHWIND)}/unblock`)
    assert.match(again, /It is unblocked/)
    await story.run('hourly')
    assert.equal((await story.variant(OUTLET, 'MUG-1')).levels[0]?.available, 15)
})

test('D14: only the source blocks and unblocks, only the destination disconnects and reconnects', async (t) => {
    const { at, north, outlet } = await connected(t)
    for (const [browser, domain, verbs, owner] of [
        [north, NORTHWIND, ['disconnect', 'reconnect'], 'destination'],
        [outlet, OUTLET, ['block', 'unblock'], 'source'],
    ] as const) {
        const { html } = await browser.open(at(domain))
        for (const verb of verbs) {
            assert.doesNotMatch(html, new RegExp(`/${verb}"`))
            const { status, html: refused } = await browser.sendOnly(`${at(domain)}/${verb}`, { items: 'leave' })
            assert.equal(status, 403)
            assert.match(refused, new RegExp(`the ${owner} of this connection, may do this`))
        }
    }
})

test('D14, rule 86: a destination disconnects and deletes, once it said that it knows, and no brake holds what it confirmed', async (t) => {
    const { story, db, id, at, outlet } = await connected(t)
    const path = `${at(OUTLET)}/disconnect`
    const unsure = await confirm(outlet, path, { items: 'delete' })
    assert.match(unsure.html, /Delete them<\/strong>: 1 product that Crossdock made[\s\S]*1 other stays/)
    assert.match(unsure.told.html, /cannot be brought back: tick that you know it/)
    const { told } = await confirm(outlet, path, { items: 'delete', sure: 'yes' })
    assert.match(told.html, /about to be disconnected/)
    await story.run('end_connection', { connection: id })
    assert.deepEqual(
        (await story.state(OUTLET)).products.map(({ handle }) => handle),
        ['jug'],
    )
    const { rows } = await db.send(`select state, approved_by from change_sets where kind = 'life_cycle'`)
    assert.deepEqual(rows, [{ state: 'loaded', approved_by: 'bob' }])
    const page = await outlet.open(at(OUTLET))
    assert.match(page.html, /badge plain">disconnected[\s\S]*Reconnect<\/button>/)
    assert.match((await outlet.send(`${at(OUTLET)}/reconnect`)).html, /connected again, with its links/)
    await story.run('nightly')
    assert.match((await outlet.open(`/stores/${OUTLET}/changes?state=held`)).html, /first sync/)
})

test('an end is not confirmed by numbers that have changed, nor by a choice that its side does not have', async (t) => {
    const { db, account_id, id, at, north, browser } = await connected(t)
    const path = `${at(NORTHWIND)}/block`
    await north.open(path)
    const stale = await north.send(path, { items: 'zero', seen: 'zero 99, leave 0, draft 1' })
    assert.match(stale.html, /numbers have changed since the page was opened, so nothing was done/)
    await db.send(`update staging.levels set available = 0 where available = 4 and store_id = 2`)
    const older = await confirm(north, path, { items: 'zero' })
    assert.match(older.told.html, /numbers have changed[\s\S]*at 1 place,/, 'and the next page says the new ones')
    for (const items of ['delete', '']) {
        assert.match((await confirm(north, path, { items })).told.html, /Choose what shall become of the items/)
    }
    const ann = await operatorOf(db, browser(), account_id)
    await ann.open(`/account/connections/${id}`)
    assert.match((await ann.send(`/account/connections/${id}/unblock`)).html, /Expected a connection that is blocked/)
    const { rows } = await db.send('select state, ending from connections')
    assert.deepEqual(rows, [{ state: 'connected', ending: null }])
})

test('the page of an end shows the numbers of the last comparison, also to whom it showed older ones a moment ago', async (t) => {
    const { story, at, outlet } = await connected(t)
    const path = `${at(OUTLET)}/disconnect`
    const before = figures((await outlet.open(path)).html)
    await story.edit(NORTHWIND, 'product.create', single('Kettle', 'KETTLE-1'))
    await story.run('hourly')
    await story.run('extract', { store: OUTLET, kind: 'incremental' })
    await story.run('hourly')
    const { html, told } = await confirm(outlet, path, { items: 'leave' })
    const counts = (of: Record<string, string>) => [of['Linked items'], of['Made by Crossdock']]
    assert.deepEqual(
        [counts(before), counts(figures(html))],
        [
            ['2', '1'],
            ['3', '2'],
        ],
    )
    assert.match(told.html, /about to be disconnected/)
})

test('D14: where the store lets us in no more the page says beforehand that what is there stands', async (t) => {
    const { story, db, id, at, outlet } = await connected(t)
    await db.send(`update stores set state = 'stopped', state_reason = 'the app was removed' where domain = $1`, [
        OUTLET,
    ])
    const { html } = await confirm(outlet, `${at(OUTLET)}/disconnect`, { items: 'zero' })
    assert.match(html, /lets us in no more\. Whatever you choose, its items and their stock stand/)
    await story.run('end_connection', { connection: id })
    assert.match((await outlet.open(at(OUTLET))).html, /lets us in no more: its linked items and their stock stand/)
})
