/**
 * How long pages take over a large store: p97.5 of each, asked by two at a time, and what may take 200 ms:
 *
 *   npm run page-times                        200,000 variants a side and 100,000 orders
 *   npm run page-times -- --variants 20000    another size
 *   npm run page-times -- --only reports      pages whose address holds this word
 *
 * Ends with 1 where a page was slower, or did not answer with a page. What is written for the first time after a run is not
 * counted: each page is opened once before.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { pino } from 'pino'
import { startSite } from '../../../server/site.ts'
import { type Database, transaction } from '../../../sql/database.ts'
import { lookAtSkus } from '../../../sql/health/look.ts'
import { addAccount } from '../../../sql/stores/accounts.ts'
import { parseSettings } from '../../../sql/stores/settings.ts'
import { testDatabase } from '../../helpers/database.ts'
import { browserAt, operatorOf, peopleOf } from '../../helpers/site.ts'
import { addressesFor } from './addresses.ts'

const LIMIT_MS = 200
const REQUESTS = 40

const { values } = parseArgs({
    options: {
        variants: { type: 'string', default: '200000' },
        only: { type: 'string', default: '' },
    },
})
const products = Math.ceil(Number(values.variants) / 3)

const tell = (text: string) => console.error(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${text}`)
const ends: (() => Promise<void>)[] = []
try {
    const { db } = await testDatabase({ after: (end) => ends.unshift(end) }, { max: 10 })
    await fill(db)
    const log = pino({ level: 'error' })
    const key = randomBytes(32)
    const site = await startSite({ db, key, log, publicUrl: null, metricsToken: null, host: '127.0.0.1', port: 0 })
    ends.unshift(() => site.stop())
    const people = (store_id: number) => peopleOf(db, browserAt(site.url), { account_id: 1, store_id })
    const places = [
        { path: '/account', role: null, browser: await operatorOf(db, browserAt(site.url), 1) },
        { path: '/stores/northwind.example', role: 'source', browser: await people(1) },
        { path: '/stores/corner-shop.example', role: 'destination', browser: await people(2) },
    ] as const
    for (const { path, role, browser } of places) {
        const pages = addressesFor(role).map((one) => `${path}${one}`)
        for (const page of pages.filter((one) => one.includes(values.only))) {
            const began = performance.now()
            const { status } = await browser.ask(page)
            const first = performance.now() - began
            const ms = await percentile(`${site.url}${page}`, browser.cookie())
            const isFine = status === 200 && ms <= LIMIT_MS
            if (!isFine) process.exitCode = 1
            const note = isFine ? '' : status === 200 ? '  too slow' : `  answered ${status}`
            console.log(`${ms.toFixed(0).padStart(6)} ms  first ${first.toFixed(0).padStart(6)} ms  ${page}${note}`)
        }
    }
} finally {
    for (const end of ends) await end()
}

async function fill(db: Database): Promise<void> {
    tell(`making ${values.variants} variants a side`)
    await addAccount(db, 'bench')
    const text = await readFile(join(import.meta.dirname, 'fill.sql'), 'utf8')
    const settings = JSON.stringify(parseSettings({}))
    for (const statement of text.split(/;\n/).filter((one) => one.trim())) {
        const filled = statement
            .replaceAll(':products', String(products))
            .replaceAll(':orders', String(Math.ceil(products * 1.5)))
            .replace(':settings', settings)
        await db.send(filled)
    }
    await db.send('vacuum analyze')
    tell('looking at its SKUs')
    const began = performance.now()
    await transaction(db, (tx) => lookAtSkus(tx, { account_id: 1, connection_id: 1 }, '1'))
    await db.send('analyze sku_findings')
    tell(`looked at its SKUs in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

async function percentile(url: string, cookie: string): Promise<number> {
    const told = await autocannon({ url, connections: 2, amount: REQUESTS, headers: { cookie }, timeout: 60 })
    if (told.non2xx + told.errors > 0) return Number.POSITIVE_INFINITY
    return told.latency.p97_5
}
