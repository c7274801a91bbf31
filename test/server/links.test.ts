import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../sql/database.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, NORTHWIND } from './town.ts'

/** Of pages that differ in what they are asked alone, one is followed. */
const kindOf = ({ pathname, searchParams }: URL) => `${pathname}?${[...new Set(searchParams.keys())].toSorted()}`

/** Where a page leads by itself or by its reader: links, and parts that are fetched. */
function leadsTo(html: string, from: string): URL[] {
    const named = [...html.matchAll(/<\w+\b[^>]*?\b(?:href|src|hx-get)="([^"]+)"/g)]
    return named.map(([, to = '']) => new URL(plain(to), from)).filter(({ protocol }) => protocol.startsWith('http'))
}

const plain = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')

/** Follows every link from a page on; returns how many pages there were, and those that are not there, with who leads to them. */
async function crawl(browser: Browser, url: string, begin: string) {
    const queue = [{ to: new URL(begin, url), from: 'the start' }]
    const known = new Set<string>()
    const dead: string[] = []
    for (const { to, from } of queue) {
        if (to.host !== new URL(url).host || known.has(kindOf(to))) continue
        known.add(kindOf(to))
        const { status, html, headers } = await browser.ask(to.pathname + to.search)
        if (status >= 400) dead.push(`${from} leads to ${to.pathname}${to.search}: ${status}`)
        const next = headers.has('location') ? [new URL(headers.get('location')!, to)] : leadsTo(html, to.href)
        queue.push(...next.map((link) => ({ to: link, from: to.pathname + to.search })))
        assert.ok(known.size < 2000, `links without end, the last to ${to.pathname}${to.search}`)
    }
    return { pages: known.size, dead }
}

const WHO: [string, (db: Database, browser: Browser) => Promise<Browser>][] = [
    ['an operator', (db, browser) => operatorOf(db, browser, 1)],
    ["a source's people", (db, browser) => peopleOf(db, browser, { account_id: 1, store_id: NORTHWIND })],
    ["a destination's people", (db, browser) => peopleOf(db, browser, { account_id: 1, store_id: CORNER_SHOP })],
    ['a stranger', async (_db, browser) => browser],
]

/** What is there but for one thing: pages lead nowhere else where less is there. */
const LESS: [string, string][] = [
    ['', ''],
    [' while nothing is connected', 'truncate connections, runs, joins, join_keys, notices cascade'],
    [' of a connection that was ended', `update connections set state = 'disconnected'`],
]

for (const [who, comes] of WHO) {
    for (const [when, less] of LESS) {
        test(`every link that ${who} finds${when} leads to a page`, async (t) => {
            const { db } = await testDatabase(t)
            await buildTown(db)
            if (less) await db.send(less)
            const site = await siteFor(t, db)
            const { pages, dead } = await crawl(await comes(db, site.browser()), site.url, '/')
            assert.ok(pages > (who === 'a stranger' ? 3 : 15), `only ${pages} pages`)
            assert.deepEqual(dead, [])
        })
    }
}
