import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import { startSandbox } from '../../connectors/sandbox/sandbox.ts'
import type { ShopOptions } from '../../connectors/sandbox/shop/options.ts'
import { addStore } from '../../jobs/connect.ts'
import type { Arguments } from '../../jobs/context.ts'
import { registry } from '../../jobs/registry.ts'
import { runHere } from '../../jobs/run_here.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { storeByDomain } from '../../sql/stores/stores.ts'
import { CORNER_SHOP, currencies, MARKET_STALL, NORTHWIND, OUTLET } from '../helpers/cast.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, peopleOf, siteFor } from '../helpers/site.ts'

const DESTINATIONS = [CORNER_SHOP, OUTLET, MARKET_STALL]

/** A source and three destinations that are not connected yet, each with somebody of its own at the site. */
export async function apart(t: TestContext, shops: { [domain: string]: Partial<ShopOptions> } = {}) {
    const domains = [NORTHWIND, ...DESTINATIONS]
    const sandbox = await startSandbox({
        shops: domains.map((domain) => ({ domain, currency: currencies[domain], ...shops[domain] })),
    })
    t.after(() => sandbox.close())
    const { db } = await testDatabase(t)
    const host = { db, log: pino({ level: 'silent' }), key: randomBytes(32), jobs: registry }
    const { account_id } = await addAccount(db, 'story')
    const add = (domain: string, token = `token-${domain}`) => {
        const role = domain === NORTHWIND ? 'source' : 'destination'
        return addStore(host, { account_id, who: 'ann' }, { domain, role, origin: sandbox.originOf(domain), token })
    }
    for (const domain of domains) await add(domain)
    const { browser } = await siteFor(t, db)
    const come = async (domain: string) => {
        const { store_id } = (await storeByDomain(db, account_id, domain))!
        return peopleOf(db, browser(), { account_id, store_id })
    }
    const run = (job: string, args: Arguments = {}) =>
        runHere(host, { account_id, job, arguments: args }, { signal: t.signal })
    return { db, account_id, sandbox, run, add, browser, north: await come(NORTHWIND), come }
}

export const join = (domain: string) => `/stores/${domain}/join`
export const codeIn = (html: string) => /<code>(CD-[A-Z0-9-]+)<\/code>/.exec(html)![1]!
export const wishIn = (html: string) => /wishes\/(\d+)\//.exec(html)![1]!

export async function ask(browser: Browser, domain: string, code: string) {
    await browser.open(join(domain))
    return browser.send(join(domain), { code })
}

/** Makes a key by the source's page; returns it. */
export async function keyFrom(north: Browser, fields: Record<string, string> = {}) {
    await north.open(join(NORTHWIND))
    const { html } = await north.send(`${join(NORTHWIND)}/keys`, { days: '7', domain: '', ...fields })
    return /value="(CDK-[\w-]{32})" readonly/.exec(html)![1]!
}
