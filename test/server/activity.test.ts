import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { audit } from '../../sql/runs/audit.ts'
import { requestRun } from '../../sql/runs/requests.ts'
import { testDatabase } from '../helpers/database.ts'
import { operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, MARKET_STALL, NORTHWIND } from './town.ts'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    const of = (store_id: number) => peopleOf(db, browser(), { account_id: 1, store_id })
    return { db, of, ann: await operatorOf(db, browser(), 1) }
}

const CORNER = '/stores/corner-shop.example/activity'

/** Who did what, as the rows of the page say it. */
const rowsIn = (html: string) =>
    [...html.matchAll(/data-label="Who">([^<]*)<\/td>\s*<td data-label="What">([^<]*)/g)].map(
        ([, who, what]) => `${who} ${what!.trim()}`,
    )

test('activity says who did what with a place, filtered by kind and connection, a page at a time', async (t) => {
    const { db, ann } = await town(t)
    const { html } = await ann.open('/account/activity')
    assert.deepEqual(rowsIn(html), [
        'ann set a password',
        'the first start made a one-time link',
        'somebody-of-2 approved lines of a change set',
        'somebody-of-1 approved lines of a change set',
    ])
    assert.deepEqual(rowsIn((await ann.open('/account/activity?connection=2')).html), [
        'somebody-of-2 approved lines of a change set',
    ])
    assert.deepEqual(rowsIn((await ann.open('/account/activity?kind=access')).html), [
        'ann set a password',
        'the first start made a one-time link',
    ])
    const nothing = await ann.open('/account/activity?kind=stores')
    assert.match(nothing.html, /Nothing of this kind was done[\s\S]*Show all/)
    for (let n = 0; n < 60; n++) await audit(db, { account_id: 1, who: `w${n}`, what: 'orders.hold', connection_id: 1 })
    const first = await ann.open('/account/activity?kind=decisions&connection=1')
    const next = /href="([^"]*)" rel="next"/.exec(first.html)![1]!.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')
    const second = await ann.open(next)
    const all = [...rowsIn(first.html), ...rowsIn(second.html)]
    assert.equal(all.length, 61)
    assert.equal(new Set(all).size, 61)
})

test('rule 91: a place sees what was done with its own connections and store, and nobody else sees that', async (t) => {
    const { db, of } = await town(t)
    await audit(db, { account_id: 1, who: 'stall-only', what: 'store.let_in', store_id: MARKET_STALL })
    await audit(db, { account_id: 1, who: 'everybody', what: 'account.created' })
    const corner = await of(CORNER_SHOP)
    const { html } = await corner.open(CORNER)
    assert.deepEqual(rowsIn(html), [
        'bob came in',
        'ann made a one-time link',
        'somebody-of-1 approved lines of a change set',
    ])
    assert.deepEqual(rowsIn((await corner.open(`${CORNER}?connection=2`)).html), rowsIn(html), 'a filter opens nothing')
    const north = await of(NORTHWIND)
    const theirs = rowsIn((await north.open('/stores/northwind.example/activity')).html).join()
    assert.match(theirs, /somebody-of-2[\s\S]*somebody-of-1/)
    assert.doesNotMatch(theirs, /stall-only|everybody/)
})

test('the steps of runs stand apart, but that a person asked for one is told', async (t) => {
    const { db, ann, of } = await town(t)
    const ask = (job: string, args: { [name: string]: unknown }, who?: string) =>
        requestRun(db, { account_id: 1, job, arguments: args, reason: who ? 'person' : 'schedule', who })
    await ask('hourly', {})
    await ask('load', { connection: 1 }, 'carol')
    await ask('load', { connection: 2 }, 'dave')
    const people = rowsIn((await ann.open('/account/activity')).html)
    assert.deepEqual(people.slice(0, 2), ['dave asked for a run (load)', 'carol asked for a run (load)'])
    assert.ok(!people.some((row) => row.startsWith('schedule')))
    assert.match(
        rowsIn((await ann.open('/account/activity?kind=runs')).html).join(),
        /schedule asked for a run \(hourly\)/,
    )
    const corner = rowsIn((await (await of(CORNER_SHOP)).open(CORNER)).html).join()
    assert.match(corner, /carol asked for a run/)
    assert.doesNotMatch(corner, /dave/)
})

test('what an event carries besides is not shown: no settings, codes or tokens', async (t) => {
    const { db, ann } = await town(t)
    const detail = {
        token: 'shh-1',
        settings: { rates: 'shh-2' },
        lines: { deep: 'shh-3' },
        for: 'shh-4',
        items: 'zero',
    }
    for (const what of ['connection.blocked', 'lines.keep', 'store.let_in', 'join.key_made', 'run.queued']) {
        await audit(db, { account_id: 1, who: 'carol', what, connection_id: 1, detail })
    }
    const { html } = await ann.open('/account/activity')
    assert.match(html, /blocked the connection \(stock set to 0\)/)
    assert.doesNotMatch(html, /shh-/)
    assert.doesNotMatch((await ann.open('/account/connections/1')).html, /shh-/)
})

test('help is open to everybody who is signed in, from every page, and sends each side to its own guide', async (t) => {
    const { ann, of } = await town(t)
    const corner = await of(CORNER_SHOP)
    const { html } = await corner.open('/stores/corner-shop.example')
    assert.match(html, /href="\/stores\/corner-shop\.example\/help"/)
    assert.match((await corner.open('/stores/corner-shop.example/help')).html, /Your store is a destination/)
    const help = (await ann.open('/account/help')).html
    for (const guide of ['source', 'destination', 'orders', 'reports', 'mistakes', 'questions']) {
        assert.match(help, new RegExp(`/account/help/${guide}"`))
        const page = await ann.open(`/account/help/${guide}`)
        assert.equal(page.status, 200)
        for (const [, to] of page.html.matchAll(/href="(\/account[^"]*)"/g)) {
            assert.equal((await ann.ask(to!.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))).status < 400, true, to)
        }
    }
})
