import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { putUpload, uploadById } from '../../sql/uploads/uploads.ts'
import { CORNER_SHOP, home, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { later, runsLater } from '../helpers/later.ts'
import { type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const byHand = { orders: 'order_push', push: { automatic: false } } as const

const selling = (t: TestContext, settings: SettingsDocument) =>
    syncedStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1')] },
        connections: [CORNER_SHOP, OUTLET].map((destination) => ({ destination, settings: { rates, ...settings } })),
    })

const of = async (story: Story, shop: string, sku = 'MUG-1') => (await story.variant(shop, sku)).levels[0]?.available
const figures = (story: Story) => Promise.all([NORTHWIND, CORNER_SHOP, OUTLET].map((shop) => of(story, shop)))
const sell = async (story: Story, sku = 'MUG-1', more = {}) =>
    (await story.edit(CORNER_SHOP, 'order.sell', {
        ...{ lines: [{ sku, quantity: 2 }], shippingAddress: home },
        ...more,
    })) as { id: number }

for (const orders of ['adjust', 'two_way'] as const) {
    test(`D4: of what the source was told by adjustment nothing is pushed as well, ${orders} before`, async (t) => {
        const story = await selling(t, { orders })
        await sell(story)
        await runsLater(story)
        await story.settings(CORNER_SHOP, { rates, orders: 'order_push' })
        await runsLater(story)
        assert.deepEqual(await figures(story), [13, 13, 13])
    })
}

test('D4, rule 24: what the source was told of by adjustment comes back to it also when orders are pushed by now', async (t) => {
    const story = await selling(t, { orders: 'adjust' })
    const { id } = await sell(story)
    await runsLater(story)
    await story.settings(CORNER_SHOP, { rates, ...byHand })
    await runsLater(story)
    await story.edit(CORNER_SHOP, 'order.cancel', { id, restock: true })
    await runsLater(story)
    assert.deepEqual(await figures(story), [15, 15, 15])
})

for (const [orders, more] of [
    ['order_push', byHand],
    ['adjust', {}],
] as const) {
    test(`D5, rule 17: no run puts a sale back on sale when unpaid orders count from now on, ${orders}`, async (t) => {
        const story = await selling(t, { orders, ...more })
        await sell(story, 'MUG-1', { payment: 'pending' })
        await runsLater(story)
        assert.deepEqual(await figures(story), [15, 13, 15])
        await story.settings(CORNER_SHOP, { rates, orders, ...more, counts_as_paid: 'any' })
        await runsLater(story, ['hourly'])
        assert.equal(await of(story, CORNER_SHOP), 13)
    })
}

/** The corner shop sells the source's mugs in packs of six. */
async function packs(t: TestContext, orders: 'adjust' | 'two_way' | 'order_push') {
    const mappings = [{ source_sku: 'MUG-1', destination_sku: 'MUG-PACK', factor: 6 }]
    const story = await startStory(t, {
        goods: {
            [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 60 } })],
            [CORNER_SHOP]: [single('Mugs', 'MUG-PACK', { variant: { available: 1 } })],
        },
        connections: [{ destination: CORNER_SHOP, settings: { rates, orders, mappings } }],
    })
    await later(story)
    await story.firstSync()
    await runsLater(story, ['nightly'])
    return story
}

async function upload({ db, account_id, connections, run }: Story, file: string) {
    const whose = { account_id, connection_id: connections.get(CORNER_SHOP)!, who: 'ann' }
    async function* bytes() {
        yield Buffer.from(file)
    }
    const put = await putUpload(db, { ...whose, kind: 'variant_map', file_name: 'map.csv' }, bytes())
    await run('preview_upload', { upload: put.upload_id })
    const { upload_id, digest } = await uploadById(db, put)
    await run('apply_upload', { upload: upload_id, who: 'ann', digest })
}

for (const [orders, factor, left] of [
    ['adjust', 12, 4],
    ['two_way', 12, 4],
    ['order_push', 12, 4],
    ['adjust', 3, 16],
] as const) {
    test(`rule 21b: what was settled stays so when the size of a pack is put right, ${orders}, 6 to ${factor}`, async (t) => {
        const story = await packs(t, orders)
        await sell(story, 'MUG-PACK')
        await runsLater(story)
        await upload(story, `source_sku,dest_sku,qty_factor\nMUG-1,MUG-PACK,${factor}\n`)
        await runsLater(story)
        assert.deepEqual([await of(story, NORTHWIND), await of(story, CORNER_SHOP, 'MUG-PACK')], [48, left])
    })
}
