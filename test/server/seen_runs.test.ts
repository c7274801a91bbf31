import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '../helpers/database.ts'
import { operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, MARKET_STALL, NORTHWIND } from './town.ts'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    const come = (store_id: number) => peopleOf(db, browser(), { account_id: 1, store_id })
    const [corner, source, stall] = [await come(CORNER_SHOP), await come(NORTHWIND), await come(MARKET_STALL)]
    return { db, browser, corner, source, stall }
}

test("rule 91: a store's people see how a run about theirs alone is going and why it failed, and nothing of another store", async (t) => {
    const { db, browser, corner, source, stall } = await town(t)
    const { html: list } = await corner.open('/stores/corner-shop.example/runs')
    assert.match(list, /runs\/1"[\s\S]*error-of-1/)
    assert.doesNotMatch(list, /runs\/[23]"/, "another connection's run is not there")
    const { html } = await corner.open('/stores/corner-shop.example/runs/1')
    assert.match(html, /error-of-1/)
    assert.doesNotMatch(html, /result-of|The operator/)
    assert.equal((await stall.open('/stores/market-stall.example/runs/1')).status, 404)
    await db.send(`
        update runs
        set state = 'failed', error = 'corner-shop.example: its-own-fault', progress = '{
            "corner-shop.example: reading items": {"done": 31}, "northwind.example: reading items": {"done": 47},
            "market-stall.example: reading orders": {"done": 53}, "variants": {"done": 61, "total": 67}
        }'
        where run_id = 1`)
    const { html: own } = await corner.open('/stores/corner-shop.example/runs/1')
    assert.match(own, /its-own-fault[\s\S]*corner-shop\.example: reading items[\s\S]*>31<[\s\S]*61 of 67/)
    assert.doesNotMatch(own, />47<|>53<|northwind\.example: |market-stall/)
    const { html: other } = await source.open('/stores/northwind.example/runs/1')
    assert.match(other, />47<[\s\S]*61 of 67/)
    assert.doesNotMatch(other, /its-own-fault|>31<|>53</)
    assert.match(other, /It failed[\s\S]*another store/)
    const operator = await operatorOf(db, browser(), 1)
    assert.match((await operator.open('/account/runs/2')).html, /error-of-2[\s\S]*result-of-2/)
})

/** What a run may be about, by how it is asked for; each is of connection 1 or one of its stores. */
const ABOUT = [
    { connection: 1 },
    { change_set: '1', stock: true },
    { store: 'corner-shop.example' },
    { join: 1 },
    { connection: 1, upload: '1' },
]

test('rule 91: whatever names something of theirs is told of; a run over several stores, and what names another, is not', async (t) => {
    const { db, corner, source, stall } = await town(t)
    const fail = async (args: object, error = 'a-plain-fault') => {
        const { rows } = await db.send<{ run_id: string }>(`
            insert into runs (account_id, job, arguments, reason, state, progress, error)
            values (1, 'hourly', '${JSON.stringify(args)}', 'person', 'failed', '{"compare: pair": {"done": 59}}', '${error}')
            returning run_id`)
        return rows[0]!.run_id
    }
    for (const args of ABOUT) {
        const { html } = await corner.open(`/stores/corner-shop.example/runs/${await fail(args)}`)
        assert.match(html, /a-plain-fault[\s\S]*>59</, JSON.stringify(args))
    }
    const all = await fail({})
    const both = await fail({ connection: 1 }, 'a-plain-fault; market-stall.example could not be read')
    for (const run of [all, both]) {
        const { html } = await corner.open(`/stores/corner-shop.example/runs/${run}`)
        assert.match(html, /It failed[\s\S]*another store/)
        assert.doesNotMatch(html, /a-plain-fault/)
    }
    assert.doesNotMatch((await corner.open(`/stores/corner-shop.example/runs/${all}`)).html, />59</)
    const upload = await fail({ connection: 1, upload: '1' })
    assert.doesNotMatch((await source.open(`/stores/northwind.example/runs/${upload}`)).html, /a-plain-fault|>59</)
    assert.doesNotMatch((await stall.open('/stores/market-stall.example/runs')).html, /a-plain-fault/)
})
