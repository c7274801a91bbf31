import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import type { Database } from '../../sql/database.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { addressesOf, subjects } from '../server/subjects.ts'
import { buildTown, CORNER_SHOP, NORTHWIND } from '../server/town.ts'
import { startChromium, withoutChromium } from './chromium.ts'

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 390, height: 844 }

/** Every page that the site has, about the town's first connection; of reports each one, with its rows. */
const paths = addressesOf(subjects(1, 'corner-shop.example'))
    .filter(({ method }) => method === 'get')
    .map(({ to }) => to)

/** A page as whoever came in by a test's browser has it. Only the site's own policy would keep axe out. */
async function pageFor(t: TestContext, url: string, { cookie }: Browser): Promise<Page> {
    const chromium = await startChromium(t)
    const context = await chromium.newContext({ bypassCSP: true, reducedMotion: 'reduce' })
    const pairs = cookie().split('; ').filter(Boolean)
    const cookies = pairs.map((pair) => pair.split(/=(.*)/s))
    await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })))
    return context.newPage()
}

/** What axe finds wrong in the page that is open: the rule, and the first place of it. */
async function faults(page: Page, rules: string[] | null): Promise<string[]> {
    const found = await page.evaluate(async (only) => {
        const { run } = (globalThis as unknown as { axe: typeof axe }).axe
        const { violations } = await run(only ? { runOnly: only } : {})
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.failureSummary} ${nodes[0]?.html.slice(0, 200)}`)
    }, rules)
    return found
}

/** Looks at the page that is open: all of axe's rules by day, its colours by night, and whether a phone has to scroll sideways. */
async function look(page: Page): Promise<string[]> {
    await page.evaluate(axe.source)
    await page.emulateMedia({ colorScheme: 'light' })
    const wrong = (await faults(page, null)).map((fault) => `light, ${fault}`)
    await page.emulateMedia({ colorScheme: 'dark' })
    wrong.push(...(await faults(page, ['color-contrast', 'link-in-text-block'])).map((fault) => `dark, ${fault}`))
    for (const size of [NARROW, WIDE]) {
        await page.setViewportSize(size)
        const width = await page.evaluate('document.documentElement.scrollWidth')
        if (Number(width) > size.width) wrong.push(`${width} wide where ${size.width} are there`)
    }
    return wrong
}

/** Opens every page of a place; files and parts of pages are none, and of what is refused one page is like all others. */
async function lookAtAll(page: Page, browser: Browser, url: string, at: readonly string[]) {
    const wrong: string[] = []
    const looked = new Set<string>()
    for (const path of at) {
        const { status, html } = await browser.ask(path)
        if (status >= 500) wrong.push(`${path}: answered ${status}`)
        const isNew = !looked.has(status === 200 ? path : String(status))
        if (!/^\s*<!doctype html>/i.test(html) || !isNew) continue
        looked.add(status === 200 ? path : String(status))
        await page.goto(`${url}${path}`)
        wrong.push(...(await look(page)).map((fault) => `${path}: ${fault}`))
    }
    return { shown: looked.size, wrong }
}

type Site = { browser: () => Browser; url: string }
type Comes = (site: Site, db: Database) => Promise<Browser>

const operator: Comes = (site, db) => operatorOf(db, site.browser(), 1)
const of =
    (store_id: number): Comes =>
    (site, db) =>
        peopleOf(db, site.browser(), { account_id: 1, store_id })
const stranger: Comes = async (site) => site.browser()

const pagesAt = (place: string) => paths.map((path) => `${place}${path}`)
const SOURCE = '/stores/northwind.example'
const DESTINATION = '/stores/corner-shop.example'

/** An account as it is before its first store. */
const nothing = (db: Database) => addAccount(db, 'north')
/** Stores that are not connected, and have nothing yet. */
async function strangersToEachOther(db: Database) {
    await buildTown(db)
    await db.send('truncate connections, runs, joins, join_keys, notices, staging.products, staging.orders cascade')
}

type Looked = {
    who: string
    built(db: Database): Promise<unknown>
    comes: Comes
    at: readonly string[]
    /** So many pages are shown at the least. */
    least: number
}

const strangers = ['/', '/sign-in', '/enter/no-such-key', '/shopify', '/account', '/nowhere']
const LOOKED: Looked[] = [
    { who: 'an operator', built: buildTown, comes: operator, at: pagesAt('/account'), least: 30 },
    {
        ...{ who: "an operator at a store's place", built: buildTown, comes: operator, least: 2 },
        at: [DESTINATION, `${DESTINATION}/connections`],
    },
    { who: 'the people of a source', built: buildTown, comes: of(NORTHWIND), at: pagesAt(SOURCE), least: 25 },
    {
        who: 'the people of a destination',
        built: buildTown,
        comes: of(CORNER_SHOP),
        at: pagesAt(DESTINATION),
        least: 25,
    },
    { who: 'an operator without a store', built: nothing, comes: operator, at: pagesAt('/account'), least: 10 },
    {
        ...{ who: 'the people of a source that nobody joined', built: strangersToEachOther, comes: of(NORTHWIND) },
        ...{ at: pagesAt(SOURCE), least: 10 },
    },
    {
        ...{ who: 'the people of a destination that joined nobody', built: strangersToEachOther },
        ...{ comes: of(CORNER_SHOP), at: pagesAt(DESTINATION), least: 10 },
    },
    { who: 'a stranger', built: buildTown, comes: stranger, at: strangers, least: 2 },
]

for (const { who, built, comes, at, least } of LOOKED) {
    const name = `axe finds no fault in the pages of ${who}, by day and by night, and a phone shows them without scrolling sideways`
    test(name, { skip: withoutChromium }, async (t) => {
        const { db } = await testDatabase(t)
        await built(db)
        const site = await siteFor(t, db)
        const browser = await comes(site, db)
        const page = await pageFor(t, site.url, browser)
        const { shown, wrong } = await lookAtAll(page, browser, site.url, at)
        assert.ok(shown >= least, `only ${shown} of ${at.length} pages were shown`)
        assert.deepEqual(wrong, [])
    })
}
