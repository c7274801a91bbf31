import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { approveHeld, decide } from '../../jobs/decide.ts'
import { setsOf } from '../../sql/changes/changes.ts'
import type { Database } from '../../sql/database.ts'
import { storeByDomain } from '../../sql/stores/stores.ts'
import { CORNER_SHOP, NORTHWIND, single } from '../helpers/cast.ts'
import { operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { plain, startStory } from '../helpers/story.ts'
import { sheetsOf } from '../reports/reading.ts'

/** The morning after a first night, on which a person rejected a mug and approved the rest; `set` holds both. */
async function rejected(t: TestContext) {
    const story = await startStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1'), single('Lamp', 'LAMP-1')] },
        connections: [{ destination: CORNER_SHOP, settings: plain() }],
    })
    const { db, account_id } = story
    await story.run('nightly')
    const [first] = await setsOf(db, account_id, { state: 'held' })
    const set = first!.change_set_id
    const whose = { account_id, who: 'ann' }
    await decide(db, { ...whose, set, filter: { label: 'mug' }, decision: 'reject' })
    await approveHeld(db, whose, null)
    return { story, set }
}

test('rule 88: what a person rejected is told as rejected, also once a later comparison has taken the place of its set', async (t) => {
    const { story, set } = await rejected(t)
    const { db, account_id } = story
    await story.run('nightly')
    assert.equal((await setsOf(db, account_id, { set }))[0]?.state, 'superseded')

    const { browser } = await siteFor(t, db)
    const ann = await operatorOf(db, browser(), account_id)
    const { html } = await ann.open('/account/connections/1/products?search=mug')
    assert.match(html, new RegExp(`A person rejected it <a href="/account/changes/${set}">`))
    assert.match((await ann.open('/account')).html, /Why products are not synced[\s\S]*A person rejected it/)
    const sheets = await sheetsOf(story, 'product-sync', { connection: '1', run: '2' })
    const details = sheets['Not synced']!.filter(({ handle }) => handle === 'mug').map(({ detail }) => detail)
    assert.deepEqual(details, [`rejected in set ${set}`])
})

test('rule 88: a creation that a person rejected is offered again by its destination, and the next comparison proposes it', async (t) => {
    const { story, set } = await rejected(t)
    const { db, account_id } = story
    await story.run('load')
    assert.equal((await setsOf(db, account_id, { set }))[0]?.state, 'loaded')
    await story.run('hourly')
    assert.deepEqual(await waiting(db), [])

    const { browser } = await siteFor(t, db)
    const at = async (domain: string) => {
        const { store_id } = (await storeByDomain(db, account_id, domain))!
        return peopleOf(db, browser(), { account_id, store_id })
    }
    const { rows } = await db.send<{ product_id: string }>(
        `select product_id from staging.products where handle = 'mug'`,
    )
    const path = (domain: string) => `/stores/${domain}/connections/1/products/${rows[0]!.product_id}`
    const [north, corner] = await Promise.all([at(NORTHWIND), at(CORNER_SHOP)])
    const seen = await north.open(path(NORTHWIND))
    assert.match(seen.html, /A person rejected it[\s\S]*the destination offers it again on the page of the product/)
    assert.doesNotMatch(seen.html, /offer-again/)
    const refused = await north.send(`${path(NORTHWIND)}/offer-again`)
    assert.equal(refused.status, 403)

    assert.match((await corner.open(path(CORNER_SHOP))).html, /<button[^>]*>Offer it again</)
    assert.equal((await corner.sendOnly(`${path(CORNER_SHOP)}/offer-again`, { _token: 'forged' })).status, 403)
    await corner.open(path(CORNER_SHOP))
    const offered = await corner.send(`${path(CORNER_SHOP)}/offer-again`)
    assert.match(offered.html, /It is offered again: the next comparison proposes it/)
    assert.doesNotMatch(offered.html, /A person rejected it|>Offer it again</)
    const again = await corner.send(`${path(CORNER_SHOP)}/offer-again`)
    assert.match(again.html, /It was not rejected[^<]*: nothing was done/)
    const told = await db.send(`select who from audit_events where what = 'lines.offered_again'`)
    assert.equal(told.rows.length, 1)

    await story.run('hourly')
    assert.deepEqual(await waiting(db), ['mug'])
    const { html } = await corner.open(path(CORNER_SHOP))
    assert.doesNotMatch(html, /A person rejected it/)
})

/** Whether the mug's creation stands in a set again. */
async function waiting(db: Database): Promise<string[]> {
    const { rows } = await db.send<{ label: string }>(`
        select l.label from changes as l
        where l.entity = 'product' and l.action = 'create' and l.status <> 'rejected' and l.label = 'mug'`)
    return rows.map(({ label }) => label)
}
