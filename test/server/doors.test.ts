import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { makeEntryLink } from '../../sql/site/entry_links.ts'
import { setPassword } from '../../sql/site/users.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { testDatabase } from '../helpers/database.ts'
import { operatorOf, PASSWORD, peopleOf, siteFor } from '../helpers/site.ts'
import { buildTown, CORNER_SHOP, MARKET_STALL } from './town.ts'

/** An empty database with the site over it. */
async function newSite(t: TestContext) {
    const { db } = await testDatabase(t)
    return { db, ...(await siteFor(t, db)) }
}

const pathIn = (told: string[]) => /\/enter\/\S+/.exec(told.join(' '))?.[0] ?? ''

test('the first start makes an account and tells a link by which its operator sets a password, once', async (t) => {
    const { told, browser } = await newSite(t)
    const link = pathIn(told)
    const ann = browser()
    assert.match((await ann.open(link)).html, /Set your password/)
    assert.match((await ann.open(link)).html, /Set your password/, 'looking at a link uses nothing up')
    const fields = { name: 'ann', password: PASSWORD, again: PASSWORD }
    const { html } = await ann.send(link, fields)
    assert.match(html, /Welcome, ann/)
    assert.match(html, /Set up/)
    const stranger = browser()
    assert.equal((await stranger.open(link)).status, 404)
    await stranger.open('/sign-in')
    assert.equal((await stranger.send(link, fields)).status, 404)
})

test('a later start tells no link where somebody can sign in already', async (t) => {
    const { db } = await testDatabase(t)
    const { account_id } = await addAccount(db, 'north')
    await setPassword(db, { account_id, name: 'ann', password: PASSWORD })
    const { told } = await siteFor(t, db)
    assert.equal(told.length, 1)
})

test('a password that is short or differs is refused with a sentence, and the link stands', async (t) => {
    const { told, browser } = await newSite(t)
    const ann = browser()
    await ann.open(pathIn(told))
    for (const [password, again, why] of [
        ['short', 'short', /12 to 200 characters, got 5/],
        [PASSWORD, `${PASSWORD}!`, /two passwords differ/],
    ] as const) {
        const { status, html } = await ann.send(pathIn(told), { name: 'ann', password, again })
        assert.equal(status, 422)
        assert.match(html, why)
    }
    assert.equal((await ann.send(pathIn(told), { name: 'ann', password: PASSWORD, again: PASSWORD })).status, 200)
})

test('an operator signs in by name and password and out again; passwords are kept as scrypt hashes', async (t) => {
    const { db, browser } = await newSite(t)
    const ann = await operatorOf(db, browser(), 1)
    assert.match((await ann.open('/')).html, /All stores/)
    const { rows } = await db.send<{ password: string }>('select password from users')
    assert.match(rows[0]!.password, /^scrypt\$65536\$8\$1\$[\w+/=]{24}\$[\w+/=]{44}$/)
    await ann.send('/sign-out')
    assert.match((await ann.open('/account')).html, /<h1>Sign in/)
    assert.equal((await db.send('select from sessions where sess ? $1', ['viewer'])).rows.length, 0)
})

test('a wrong name, a wrong password and a wrong account are answered alike', async (t) => {
    const { db, browser } = await newSite(t)
    await setPassword(db, { account_id: 1, name: 'ann', password: PASSWORD })
    const told = new Set<string>()
    for (const fields of [
        { name: 'nobody', password: PASSWORD, account: '' },
        { name: 'ann', password: 'not the right one', account: '' },
        { name: 'ann', password: PASSWORD, account: '7' },
    ]) {
        const stranger = browser()
        await stranger.open('/sign-in')
        const { status, html } = await stranger.send('/sign-in', fields)
        assert.equal(status, 422)
        told.add(/role="alert">([^<]*)/.exec(html)?.[1] ?? '')
        assert.doesNotMatch(html, new RegExp(fields.password))
    }
    assert.equal(told.size, 1)
})

test('whoever guesses passwords is stopped', async (t) => {
    const { browser } = await newSite(t)
    const stranger = browser()
    await stranger.open('/sign-in')
    const statuses = new Set<number>()
    for (let n = 0; n < 21; n++) statuses.add((await stranger.sendOnly('/sign-in', { name: 'ann' })).status)
    assert.deepEqual([...statuses], [422, 429])
})

test('a new password ends the sessions of the old one', async (t) => {
    const { db, browser } = await newSite(t)
    const ann = await operatorOf(db, browser(), 1)
    await setPassword(db, { account_id: 1, name: 'ann', password: `${PASSWORD} more` })
    assert.match((await ann.open('/account')).html, /<h1>Sign in/)
})

test('a session ends 30 days after somebody came in, however busy it is', async (t) => {
    const { db, browser } = await newSite(t)
    const ann = await operatorOf(db, browser(), 1)
    const cameIn = (days: number) =>
        db.send(`update sessions set sess = jsonb_set(sess, '{since}', to_jsonb($1::bigint)) where sess ? 'viewer'`, [
            Date.now() - days * 86_400_000,
        ])
    await cameIn(29)
    assert.doesNotMatch((await ann.open('/account')).html, /<h1>Sign in/)
    await cameIn(31)
    assert.match((await ann.open('/account')).html, /<h1>Sign in/)
})

test('signing in leads on to the page that was asked for, and never off the site', async (t) => {
    const { db, browser } = await newSite(t)
    await setPassword(db, { account_id: 1, name: 'ann', password: PASSWORD })
    for (const [next, to] of [
        ['/account/changes?state=held', '/account/changes?state=held'],
        ['//evil.example/account', '/account'],
        ['/account//evil.example', '/account'],
        ['https://evil.example', '/account'],
        ['/sign-out', '/account'],
    ]) {
        const ann = browser()
        await ann.open(`/sign-in?next=${encodeURIComponent(next!)}`)
        const answer = await ann.sendOnly('/sign-in', { name: 'ann', password: PASSWORD, next: next! })
        assert.equal(answer.headers.get('location'), to)
    }
})

test("an operator makes a link for a store's people, which lets one of them in", async (t) => {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser, url } = await siteFor(t, db)
    const ann = await operatorOf(db, browser(), 1)
    await ann.open('/account/stores')
    const { html } = await ann.send('/account/stores/corner-shop.example/link')
    const link = /value="(http[^"]*\/enter\/[^"]*)"/.exec(html)?.[1] ?? ''
    assert.ok(link.startsWith(`${url}/enter/1-`))
    const path = new URL(link).pathname
    const bob = browser()
    assert.match((await bob.open(path)).html, /Come in for corner-shop\.example/)
    assert.match((await bob.send(path, { who: 'bob' })).html, /<strong>corner-shop\.example<\/strong>/)
    const eve = browser()
    await eve.open('/sign-in')
    assert.equal((await eve.send(path, { who: 'eve' })).status, 404)
    assert.equal((await bob.open('/account')).status, 404, 'the account is for operators')
})

test('a link that is too old, misspelt or of another account lets nobody in', async (t) => {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    const path = await makeEntryLink(db, { account_id: 1, store_id: CORNER_SHOP, who: 'ann' })
    for (const wrong of [path.replace('1-', '2-'), `${path.slice(0, -1)}_`, '/enter/1-abc']) {
        assert.equal((await browser().open(wrong)).status, wrong === path ? 200 : 404, wrong)
    }
    await db.send(`update entry_links set expires_at = now()`)
    assert.equal((await browser().open(path)).status, 404)
})

test('signing in begins a session of its own, so that one which somebody planted is worth nothing', async (t) => {
    const { db, browser } = await newSite(t)
    const ann = browser()
    const before = (await ann.open('/sign-in')).headers.getSetCookie()[0]!
    await operatorOf(db, ann, 1)
    const { status } = await browser().ask('/account', { headers: { cookie: before.split(';')[0]! } })
    assert.equal(status, 303)
    assert.match(before, /HttpOnly; SameSite=Lax/)
})

test('people of a store whose session holds a store that is gone are strangers', async (t) => {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    const bob = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER_SHOP })
    await db.send(`update sessions set sess = jsonb_set(sess, '{viewer,store_id}', '99')`)
    assert.match((await bob.open('/stores/corner-shop.example')).html, /<h1>Sign in/)
})

test('a name is one operator however it is written, so that nobody locks another out by capitals', async (t) => {
    const { db, browser } = await newSite(t)
    const ann = await setPassword(db, { account_id: 1, name: 'ann', password: PASSWORD })
    const again = await setPassword(db, { account_id: 1, name: 'Ann', password: `${PASSWORD} more` })
    assert.deepEqual(again, ann)
    const one = browser()
    await one.open('/sign-in')
    assert.match((await one.send('/sign-in', { name: 'ANN', password: `${PASSWORD} more` })).html, /Sign out/)
})

test("an operator signs a store's people out everywhere, and what links of theirs are open is dead", async (t) => {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    const whose = { account_id: 1, store_id: CORNER_SHOP }
    const [bob, bea] = [await peopleOf(db, browser(), whose), await peopleOf(db, browser(), whose)]
    const other = await peopleOf(db, browser(), { account_id: 1, store_id: MARKET_STALL })
    const link = await makeEntryLink(db, { ...whose, who: 'ann' })
    const ann = await operatorOf(db, browser(), 1)
    await ann.open('/account/stores')
    const { html } = await ann.send('/account/stores/corner-shop.example/sign-out')
    assert.match(html, /corner-shop\.example: everybody is signed out/)
    for (const one of [bob, bea]) assert.match((await one.open('/stores/corner-shop.example')).html, /<h1>Sign in/)
    assert.equal((await browser().open(link)).status, 404)
    assert.equal((await other.open('/stores/market-stall.example')).status, 200)
    assert.match((await ann.open('/account/activity')).html, /signed its people out/)
})

test('a page that fails tells the log no link that lets somebody in', async (t) => {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => void lines.push(line) })
    const { browser } = await siteFor(t, db, { log })
    const path = await makeEntryLink(db, { account_id: 1, store_id: CORNER_SHOP, who: 'ann' })
    await db.send('alter table entry_links rename to entry_links_away')
    assert.equal((await browser().open(path)).status, 500)
    assert.match(lines.join(''), /a page failed/)
    assert.ok(!lines.join('').includes(path.slice('/enter/1-'.length)), 'the key of the link')
})
