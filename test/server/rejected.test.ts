import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approveHeld, decide } from '../../jobs/decide.ts'
import { setsOf } from '../../sql/changes/changes.ts'
import { CORNER_SHOP, NORTHWIND, single } from '../helpers/cast.ts'
import { operatorOf, siteFor } from '../helpers/site.ts'
import { plain, startStory } from '../helpers/story.ts'
import { sheetsOf } from '../reports/reading.ts'

test('rule 88: what a person rejected is told as rejected, also once a later comparison has taken the place of its set', async (t) => {
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
