import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runHere } from '../../jobs/run_here.ts'
import { CORNER_SHOP, NORTHWIND, OUTLET } from '../helpers/cast.ts'
import { later } from '../helpers/later.ts'
import { figures, mirrors, movements, orderAt, type Pushed, pushed, refunds, twinsAgree } from '../helpers/mirroring.ts'
import { pushing } from '../helpers/pushing.ts'
import type { Story } from '../helpers/story.ts'

const both = { destinations: [CORNER_SHOP, OUTLET] }
const mug = [{ sku: 'MUG', quantity: 1 }]

/** An order of two mugs that is shipped at both stores. */
async function shipped(story: Story): Promise<Pushed> {
    const order = await pushed(story, [{ sku: 'MUG', quantity: 2, price: '10.00' }])
    await story.edit(NORTHWIND, 'order.ship', { id: order.twin })
    await story.hourly()
    return order
}

const returns = async (story: Story, shop: string, id: number) =>
    (await orderAt(story, shop, id)).returns.map(({ status, lines }) => {
        const units = lines.map(({ quantity, processedQuantity }) => `${processedQuantity} of ${quantity}`)
        return `${status} ${units.join()}`
    })

test('rule 69: a return that is asked for at the destination, approved and taken back at the source goes step by step', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await shipped(story)
    const at = (shop: string) => returns(story, shop, shop === NORTHWIND ? twin : sold.id)
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'request', lines: mug })
    await story.hourly()
    assert.deepEqual(await at(NORTHWIND), ['REQUESTED 0 of 1'])
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'approve' })
    await story.hourly()
    assert.deepEqual(await at(CORNER_SHOP), ['OPEN 0 of 1'])
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'process', amount: '0' })
    await story.hourly()
    assert.deepEqual(await at(CORNER_SHOP), ['CLOSED 1 of 1'])
    assert.deepEqual(await at(NORTHWIND), ['CLOSED 1 of 1'])
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['1 RETURN, 0.00'])
    await later(story)
    await story.hourly()
    await story.nightly()
    assert.deepEqual(await figures(story), [49, 49, 49])
    assert.deepEqual(await movements(story), ['sale -2 shown', 'restock 1 shown'])
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    await twinsAgree(story)
})

test('rule 69: a step within the second in which the return was told and read is done by a nightly run', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await shipped(story)
    const { host, account_id } = story
    const hourly = () => runHere(host, { account_id, job: 'hourly', arguments: {} }, { signal: t.signal })
    await story.edit(CORNER_SHOP, 'clock.stop')
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'request', lines: mug })
    await hourly()
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'approve' })
    await hourly()
    await story.edit(CORNER_SHOP, 'clock.go')
    assert.deepEqual(await returns(story, CORNER_SHOP, sold.id), ['REQUESTED 0 of 1'])
    await later(story)
    await story.run('nightly')
    assert.deepEqual(await returns(story, CORNER_SHOP, sold.id), ['OPEN 0 of 1'])
})

test('rule 69: a return that the destination opens and takes back is so at the source, its money booked there', async (t) => {
    const story = await pushing(t, both)
    const { sold, twin } = await shipped(story)
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'open', lines: mug })
    await story.hourly()
    assert.deepEqual(await returns(story, NORTHWIND, twin), ['OPEN 0 of 1'])
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'process' })
    await story.hourly()
    await later(story)
    await story.hourly()
    assert.deepEqual(await returns(story, NORTHWIND, twin), ['CLOSED 1 of 1'])
    assert.deepEqual(await refunds(story, NORTHWIND, twin), ['1 RETURN, 0.00', '12.50'])
    assert.deepEqual(await figures(story), [49, 49, 49])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await twinsAgree(story)
})

test('rule 69: a return that comes and is taken back within one hour arrives whole', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await shipped(story)
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'open', lines: mug })
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'process', restock: false, amount: '0' })
    await story.hourly()
    await later(story)
    await story.hourly()
    assert.deepEqual(await returns(story, CORNER_SHOP, sold.id), ['CLOSED 1 of 1'])
    assert.deepEqual(await refunds(story, CORNER_SHOP, sold.id), ['1 NO_RESTOCK, 0.00'])
    assert.deepEqual(await figures(story), [48, 48])
    await twinsAgree(story)
})

test('rule 69: where both answered a request, the source’s answer stands', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await shipped(story)
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'request', lines: mug })
    await story.hourly()
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'decline' })
    await story.hourly()
    assert.deepEqual(await returns(story, CORNER_SHOP, sold.id), ['DECLINED 0 of 1'])
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'request', lines: mug })
    await story.hourly()
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'decline' })
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'approve' })
    await story.run('hourly')
    // a request that was declined cannot be approved any more: a person has to look
    assert.deepEqual(await mirrors(story, ['held']), ['return_step to destination: held NO_WAY'])
    assert.deepEqual(await returns(story, NORTHWIND, twin), ['DECLINED 0 of 1', 'OPEN 0 of 1'])
})

test('rule 69: a return that people opened at both stores alike is one', async (t) => {
    const story = await pushing(t)
    const { sold, twin } = await shipped(story)
    await story.edit(CORNER_SHOP, 'order.return', { id: sold.id, step: 'open', lines: mug })
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'open', lines: mug })
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    assert.deepEqual(await mirrors(story), ['fulfillment to destination: answered', 'return to source: adopted'])
    await story.edit(NORTHWIND, 'order.return', { id: twin, step: 'process', amount: '0' })
    await story.hourly()
    assert.deepEqual(await returns(story, CORNER_SHOP, sold.id), ['CLOSED 1 of 1'])
})
