import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startSandbox } from '../../connectors/sandbox/sandbox.ts'
import { addStore, connect } from '../../jobs/connect.ts'
import type { Arguments } from '../../jobs/context.ts'
import { approveHeld } from '../../jobs/decide.ts'
import { registry } from '../../jobs/registry.ts'
import { runHere } from '../../jobs/run_here.ts'
import { standing } from '../../sql/pages/standing.ts'
import { noticesOf } from '../../sql/runs/notices.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { storesOf } from '../../sql/stores/stores.ts'
import { testDatabase } from '../helpers/database.ts'
import { testHost } from '../helpers/host.ts'

const SOURCE = 'northwind.example'
const SHOP = 'corner-shop.example'
const STALL = 'market-stall.example'

/** Northwind feeding corner shop and market stall, both after their first sync. */
async function oneSourceTwoDestinations(t: TestContext) {
    const { db } = await testDatabase(t, { max: 8 })
    const catalogue = { products: 6, seed: 2, oddities: false }
    const sandbox = await startSandbox({
        shops: [
            { domain: SOURCE, catalogue },
            { domain: SHOP },
            { domain: STALL, tokens: [{ token: `token-${STALL}` }, { token: 'another' }] },
        ],
    })
    t.after(() => sandbox.close())
    const host = testHost(db, { ...registry })
    const { account_id } = await addAccount(db, 'northwind')
    const whose = { account_id, who: 'ann' }
    const add = (domain: string, token = `token-${domain}`) =>
        addStore(host, whose, {
            domain,
            role: domain === SOURCE ? 'source' : 'destination',
            token,
            origin: sandbox.originOf(domain),
        })
    for (const domain of [SOURCE, SHOP, STALL]) await add(domain)
    for (const destination of [SHOP, STALL]) {
        await connect(host, whose, { source: SOURCE, destination, settings: { orders: 'none' } })
    }
    const run = (job: string, args: Arguments = {}) =>
        runHere(host, { account_id, job, arguments: args }, { signal: new AbortController().signal })
    await run('nightly')
    await approveHeld(db, whose, null)
    await run('load')
    const titles = (domain: string) =>
        [...(sandbox.shops.get(domain)?.products.values() ?? [])].map(({ title }) => title)
    const stores = async () => new Map((await storesOf(db, account_id)).map((store) => [store.domain, store]))
    const notices = async () => (await noticesOf(db, account_id)).map(({ code }) => code)
    return { db, sandbox, run, add, titles, stores, notices }
}

test('rule 90: a store that lets us in no more stops its own work only, and goes on when it does again', async (t) => {
    const { sandbox, run, add, titles, stores, notices } = await oneSourceTwoDestinations(t)
    const [old = ''] = titles(SOURCE)
    const [product] = [...(sandbox.shops.get(SOURCE)?.products.values() ?? [])].filter(({ title }) => title === old)
    await sandbox.control('product.edit', { shop: SOURCE, id: product?.id, set: { title: 'Renamed overnight' } })
    await sandbox.control('token.expire', { shop: STALL, token: `token-${STALL}` })

    const night = await run('nightly')
    assert.equal(night.state, 'failed')
    assert.match(night.error ?? '', /^The rest was done, but: market-stall\.example could not be read/)
    assert.ok(titles(SHOP).includes('Renamed overnight'))
    assert.ok(titles(STALL).includes(old))
    assert.equal((await stores()).get(STALL)?.state, 'stopped')
    assert.ok((await notices()).includes('store_stopped'))
    assert.ok((await notices()).includes('connection_waits'))

    const hour = await run('hourly')
    assert.equal(hour.state, 'done', 'it is asked no more until a person acts')
    await add(STALL, 'another')
    const next = await run('nightly')
    assert.equal(next.state, 'done', next.error ?? '')
    assert.ok(titles(STALL).includes('Renamed overnight'))
    assert.deepEqual(await notices(), [])
})

test('how long ago stock was written is told of the connection that waits longest, whatever a run was narrowed to', async (t) => {
    const { db, sandbox, run } = await oneSourceTwoDestinations(t)
    const isStale = async () => Number((await standing(db)).since_stock) >= 5 * 3600
    const hoursPass = () =>
        db.send(`
            update runs set ended_at = ended_at - interval '5 hours';
            update connections set accepted_at = accepted_at - interval '9 hours'`)
    assert.equal(await isStale(), false)
    await hoursPass()
    await run('hourly', { connection: 1 })
    assert.equal(await isStale(), true)
    await run('nightly', { store: STALL, dry_run: true })
    assert.equal(await isStale(), true)
    await run('hourly', { store: STALL })
    assert.equal(await isStale(), false)
    await hoursPass()
    await sandbox.control('token.expire', { shop: STALL, token: `token-${STALL}` })
    assert.equal((await run('hourly')).state, 'failed')
    assert.equal((await run('hourly')).state, 'done')
    assert.equal(await isStale(), true, 'the stall is stopped, and passed over')
})
