import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP as CORNER, NORTHWIND as SOURCE } from './town.ts'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    return { db, browser, ann: await operatorOf(db, browser(), 1) }
}

/** What the page of a product says of where it stands: its badge, the first gate, and the section that tells why. */
async function toldOf(browser: Browser, path: string) {
    const { html } = await browser.open(path)
    return {
        badge: /<h1>[^<]*<span class="badge[^>]*>([^<]*)/.exec(html)?.[1],
        gate: /first gate that said no: ([^<]*)/.exec(html)?.[1],
        answer: /<section class="card answer"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '',
    }
}

test('of a connection that stands still every product says so first, and what to do', async (t) => {
    const { db, browser, ann } = await town(t)
    const bob = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER })
    await db.send(`
        insert into staging.products (account_id, store_id, product_id, title, tags, read_at)
        values (1, 1, 905, 'Just made', '{for-1}', now())`)
    const stands = [
        [`update connections set state = 'blocked' where connection_id = 1`, /The source has blocked the connection/],
        [`update connections set state = 'disconnected' where connection_id = 1`, /It is disconnected/],
        [
            `update connections set state = 'connected', ending = 'blocked', ending_items = 'leave', ending_by = 'ann' where connection_id = 1`,
            /The connection is about to end/,
        ],
        [
            `update connections set ending = null, ending_items = null, ending_by = null; update stores set state = 'stopped' where store_id = 1`,
            /access to the source was lost/,
        ],
        [
            `update stores set state = case store_id when 2 then 'stopped' else 'ready' end`,
            /access to the destination was lost/,
        ],
    ] as const
    for (const [change, text] of stands) {
        await db.send(change)
        for (const product of [101, 905]) {
            const told = await toldOf(bob, `/stores/corner-shop.example/connections/1/products/${product}`)
            assert.match(told.answer, text)
            assert.deepEqual([told.badge, told.gate], ['not synced', 'connection'])
            assert.doesNotMatch(told.answer, /Run now|next run reads/)
        }
        assert.match((await ann.open('/account/connections/1/products')).html, text)
    }
})

test('rule 91: of a linked product whose changes wait, both sides are told so, and in which set', async (t) => {
    const { db, browser } = await town(t)
    const sides = [
        [await peopleOf(db, browser(), { account_id: 1, store_id: CORNER }), '/stores/corner-shop.example'],
        [await peopleOf(db, browser(), { account_id: 1, store_id: SOURCE }), '/stores/northwind.example'],
    ] as const
    const told = () =>
        Promise.all(sides.map(([person, place]) => toldOf(person, `${place}/connections/1/products/101`)))
    for (const [n, { badge, gate, answer }] of (await told()).entries()) {
        const [person, place] = sides[n]!
        assert.deepEqual([badge, gate], ['waiting', 'change set'])
        assert.match(answer, /Changes wait in a change set for a person/)
        assert.match(answer, new RegExp(`href="${place}/changes/1">Set 1<`))
        const list = await person.open(`${place}/connections/1/products`)
        assert.match(list.html, new RegExp(`Changes wait[^<]* <a href="${place}/changes/1">Set 1<`))
    }
    await db.send(`update changes set status = 'approved'; update change_sets set state = 'approved'`)
    for (const { answer } of await told()) assert.match(answer, /Changes are approved and not loaded yet[\s\S]*Set 1</)
    // something else is told first: the set is told beside it
    await db.send(`
        insert into problems (account_id, connection_id, code, entity, item_id, source_product_id, detail)
        values (1, 1, 'untracked', 'variant', 111, 101, 'not tracked')`)
    for (const { answer } of await told()) {
        assert.match(answer, /not tracked[\s\S]*Changes are approved and not loaded yet[\s\S]*Set 1</)
    }
    await db.send(
        `delete from problems; update changes set status = 'applied'; update change_sets set state = 'loaded'`,
    )
    for (const { badge, answer } of await told()) assert.deepEqual([badge, answer], ['synced', ''])
})
