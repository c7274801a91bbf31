import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import { startSandbox } from '../../connectors/sandbox/sandbox.ts'
import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import { addStore } from '../../jobs/connect.ts'
import { registry } from '../../jobs/registry.ts'
import { startWorker } from '../../jobs/worker.ts'
import { makeEntryLink } from '../../sql/site/entry_links.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { NORTHWIND, OUTLET } from '../helpers/cast.ts'
import { testDatabase } from '../helpers/database.ts'
import { siteFor } from '../helpers/site.ts'
import type { ShopState } from '../oracle/state.ts'
import { startChromium } from './chromium.ts'
import { personAt } from './person.ts'

/** Ample, so that nobody waits for their turn. */
const THROTTLE = { maximumAvailable: 100_000, restoreRate: 50_000 }

/** A figure that moved less than ten minutes ago is not raised yet. */
const AWHILE_S = 900

/** A source and a destination that are not connected yet, the site, and a worker that does what is asked for there. */
export async function openWorld(t: TestContext, goods: { [domain: string]: readonly ActionBody[] }) {
    const domains = [NORTHWIND, OUTLET]
    const shops = domains.map((domain) => ({ domain, currency: 'USD' }))
    const sandbox = await startSandbox({ shops, throttle: THROTTLE })
    t.after(() => sandbox.close())
    for (const [shop, products] of Object.entries(goods)) {
        for (const product of products) await sandbox.control('product.create', { shop, ...product })
    }
    // what stood there before was not sold a moment ago
    await sandbox.control('clock.advance', { seconds: AWHILE_S })
    const { db } = await testDatabase(t, { max: 8 })
    const host = { db, log: pino({ level: 'silent' }), key: randomBytes(32), jobs: registry }
    const { account_id } = await addAccount(db, 'story')
    const links: { [domain: string]: string } = {}
    for (const domain of domains) {
        const role = domain === NORTHWIND ? 'source' : 'destination'
        const store = { domain, role, origin: sandbox.originOf(domain), token: `token-${domain}` } as const
        const { store_id } = await addStore(host, { account_id, who: 'ann' }, store)
        links[domain] = await makeEntryLink(db, { account_id, store_id, who: 'ann' })
    }
    const site = await siteFor(t, db, { key: host.key })
    const worker = await startWorker(host)
    t.after(() => worker.stop())
    const chromium = await startChromium(t)
    const state = async (domain: string) => {
        const answer = await fetch(`${sandbox.url}/control/state?shop=${domain}`)
        return (await answer.json()) as ShopState
    }

    return {
        state,
        /** Something a merchant does in a shop. */
        edit: (shop: string, verb: string, body: ActionBody) => sandbox.control(verb, { shop, ...body }),
        /** Somebody of a store, who comes in by the link that the operator made for them. */
        async comeIn(domain: string, who: string) {
            const context = await chromium.newContext({ acceptDownloads: true })
            const person = personAt(await context.newPage(), `${site.url}/stores/${domain}`)
            await person.page.goto(`${site.url}${links[domain]}`)
            await person.page.getByLabel('Your name').fill(who)
            await person.press('Come in')
            return person
        },
        /** A variant of a shop, by its SKU. */
        async variant(domain: string, sku: string) {
            const found = (await state(domain)).products
                .flatMap(({ variants }) => variants)
                .find((it) => it.sku === sku)
            if (!found) throw new Error(`Expected ${domain} to have ${sku}.`)
            return found
        },
        titles: async (domain: string) => (await state(domain)).products.map(({ title }) => title).toSorted(),
    }
}
