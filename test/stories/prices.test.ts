import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, single, sized } from '../helpers/cast.ts'
import { plain, type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const mug = (price: string, more = {}) => single('Mug', 'MUG-1', { variant: { price, ...more } })

const selling = (price: string, settings: SettingsDocument, destination = OUTLET, more = {}) => ({
    goods: { [NORTHWIND]: [mug(price, more)] },
    connections: [{ destination, settings: plain(settings) }],
})

const priceOf = async (story: Story, shop = OUTLET) => (await story.variant(shop, 'MUG-1')).price
const reprice = (story: Story, shop: string, price: string) =>
    story.edit(shop, 'variant.edit', { sku: 'MUG-1', set: { price } })
const locked = (mode: string) => ({ lock_rules: [{ field: 'price', mode }] })

test('rule 37: ten percent on 100.00 gives 110.00, and 25.27 percent 125.27', async (t) => {
    const story = await syncedStory(t, selling('100.00', { price_rules: [{ percent: '10' }] }))
    assert.equal(await priceOf(story), '110.00')
    await story.settings(OUTLET, plain({ price_rules: [{ percent: '25.27' }] }))
    await story.nightly()
    assert.equal(await priceOf(story), '125.27')
})

test('rule 37: the most specific rule decides, floors raise what it gives', async (t) => {
    const price_rules = [{ percent: '50' }, { scope: 'sku', scope_value: 'MUG-1', min_margin_pct: '20', round: '.99' }]
    const story = await syncedStory(t, selling('10.00', { price_rules }, OUTLET, { cost: '9.00' }))
    assert.equal(await priceOf(story), '10.99')
})

test('rule 38: 12.30 ends as 11.99, 12.50 as 12.99', async (t) => {
    const story = await syncedStory(t, selling('12.30', { price_rules: [{ round: '.99' }] }))
    assert.equal(await priceOf(story), '11.99')
    await reprice(story, NORTHWIND, '12.50')
    await story.hourly()
    assert.equal(await priceOf(story), '12.99')
})

test('rule 39: without a rate nothing is priced one to one: the product waits, and is listed', async (t) => {
    const story = await startStory(t, selling('10.00', { rates: [] }, CORNER_SHOP))
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await story.settings(CORNER_SHOP, plain())
    await story.firstSync()
    assert.equal(await priceOf(story, CORNER_SHOP), '8.00')
})

test('rule 39: with a rate that grew old prices stand, and an edit made meanwhile stands after it', async (t) => {
    const story = await syncedStory(t, selling('10.00', {}, CORNER_SHOP))
    await story.settings(
        CORNER_SHOP,
        plain({ rates: [{ from: 'USD', to: 'GBP', rate: '0.8', as_of: '2026-01-01T00:00:00Z' }] }),
    )
    await reprice(story, CORNER_SHOP, '7.00')
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await story.settings(CORNER_SHOP, plain())
    await story.nightly()
    assert.equal(await priceOf(story, CORNER_SHOP), '7.00')
})

/** The problems of a connection by code, with the product each is about. */
const problemsIn = async ({ db }: Story) =>
    (await db.send('select code, label from problems order by label')).rows as { code: string; label: string }[]

const bothHave = (settings: SettingsDocument) => ({
    goods: { [NORTHWIND]: [mug('10.00')], [CORNER_SHOP]: [single('Mug', 'MUG-1', { variant: { price: '7.00' } })] },
    connections: [{ destination: CORNER_SHOP, settings: plain(settings) }],
})

test('rule 39: the prices of a linked item wait for a rate, are listed, and follow once there is one', async (t) => {
    const story = await startStory(t, bothHave({ rates: [], existing_items: 'overwrite' }))
    await story.nightly()
    assert.deepEqual(await problemsIn(story), [{ code: 'fx_missing', label: 'mug' }])
    await reprice(story, NORTHWIND, '12.00')
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    assert.equal(await priceOf(story, CORNER_SHOP), '7.00')
    await story.settings(CORNER_SHOP, plain({ existing_items: 'overwrite' }))
    await story.firstSync()
    assert.deepEqual([await problemsIn(story), await priceOf(story, CORNER_SHOP)], [[], '9.60'])
})

test('rule 39: a source price that moves while the rate is too old is written with the next rate, not one to one', async (t) => {
    const story = await syncedStory(t, selling('10.00', {}, CORNER_SHOP))
    const old = { from: 'USD', to: 'GBP', rate: '0.8', as_of: '2026-01-01T00:00:00Z' }
    await story.settings(CORNER_SHOP, plain({ rates: [old] }))
    await reprice(story, NORTHWIND, '12.00')
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    assert.deepEqual(await problemsIn(story), [{ code: 'fx_missing', label: 'mug' }])
    await story.settings(CORNER_SHOP, plain())
    await story.hourly()
    assert.deepEqual([await problemsIn(story), await priceOf(story, CORNER_SHOP)], [[], '9.60'])
})

test('rule 39: what waits for no rate is not listed: stock only, prices of nobody to write, a rule with its own rate', async (t) => {
    const own = { price_rules: [{ scope: 'sku', scope_value: 'MUG-1', rate: '0.5' }], existing_items: 'overwrite' }
    const lock_rules = ['price', 'compare_at_price'].map((field) => ({ field, mode: 'create_only' }))
    for (const settings of [{}, { existing_items: 'overwrite', lock_rules }, own]) {
        const story = await syncedStory(t, bothHave({ rates: [], ...settings }))
        assert.deepEqual(await problemsIn(story), [])
    }
})

test('rule 40: the compare-at price follows the same rule and is cleared where it is no higher', async (t) => {
    const story = await syncedStory(
        t,
        selling('10.00', { price_rules: [{ percent: '10' }] }, OUTLET, { compareAtPrice: '12.00' }),
    )
    assert.equal((await story.variant(OUTLET, 'MUG-1')).compareAtPrice, '13.20')
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'MUG-1', set: { compareAtPrice: '9.00' } })
    await story.hourly()
    assert.equal((await story.variant(OUTLET, 'MUG-1')).compareAtPrice, null)
})

test('rule 41: another rate proposes every price at the next run, by itself', async (t) => {
    const story = await syncedStory(t, selling('10.00', {}, CORNER_SHOP))
    await story.settings(CORNER_SHOP, plain({ rates: [{ from: 'USD', to: 'GBP', rate: '0.75' }] }))
    await story.hourly()
    assert.equal(await priceOf(story, CORNER_SHOP), '7.50')
})

test('rule 42: on create_only the price of the destination stays, whatever the source does', async (t) => {
    const story = await syncedStory(t, selling('100.00', locked('create_only')))
    await reprice(story, OUTLET, '90.00')
    await story.nightly()
    await reprice(story, NORTHWIND, '120.00')
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    await story.nightly()
    assert.equal(await priceOf(story), '90.00')
})

test('rule 42: on enforced a price edited at the destination returns', async (t) => {
    const story = await syncedStory(t, selling('100.00', locked('enforced')))
    await reprice(story, OUTLET, '95.00')
    await story.hourly()
    assert.equal(await priceOf(story), '100.00')
})

test('rule 42: on follow 95 stands until the price of the source changes', async (t) => {
    const story = await syncedStory(t, selling('100.00', {}))
    await reprice(story, OUTLET, '95.00')
    await story.hourly()
    await story.nightly()
    assert.equal(await priceOf(story), '95.00')
    await reprice(story, NORTHWIND, '101.00')
    await story.hourly()
    assert.equal(await priceOf(story), '101.00')
})

test('rule 43: a product made while the price is create_only gets the computed price once', async (t) => {
    const story = await syncedStory(
        t,
        selling('100.00', { ...locked('create_only'), price_rules: [{ percent: '-50' }] }),
    )
    assert.equal(await priceOf(story), '50.00')
})

test('rule 44: a variant added later takes the computed price on create_only, that of the first variant on never', async (t) => {
    for (const [mode, price] of [
        ['create_only', '22.00'],
        ['never', '15.00'],
    ] as const) {
        const story = await syncedStory(t, {
            goods: { [NORTHWIND]: [sized('Tee', 'TEE', ['S', 'M'])] },
            connections: [{ destination: OUTLET, settings: plain() }],
        })
        await story.settings(OUTLET, plain(locked(mode)))
        await story.edit(OUTLET, 'variant.edit', { sku: 'TEE-S', set: { price: '15.00' } })
        const more = { options: ['L'], sku: 'TEE-L', price: '22.00', tracked: true, available: 7 }
        await story.edit(NORTHWIND, 'variant.create', { handle: 'tee', ...more })
        await story.nightly()
        assert.equal((await story.variant(OUTLET, 'TEE-L')).price, price)
    }
})

test('rule 14: made while the price is never, a product is a draft at 0.00 until a person prices it', async (t) => {
    const story = await syncedStory(t, selling('10.00', locked('never')))
    const made = await story.product(OUTLET, 'mug')
    assert.deepEqual([made.status, made.variants[0]!.price, made.publishedOn], ['DRAFT', '0.00', []])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await reprice(story, OUTLET, '14.00')
    await story.nightly()
    const priced = await story.product(OUTLET, 'mug')
    assert.deepEqual([priced.status, priced.publishedOn.length], ['ACTIVE', 1])
})

test('rule 14: made while the price is never, a product takes its price and goes on sale once the rule is gone', async (t) => {
    const story = await syncedStory(t, selling('10.00', locked('never')))
    await story.settings(OUTLET, plain())
    await story.nightly()
    await story.nightly()
    const priced = await story.product(OUTLET, 'mug')
    assert.deepEqual([priced.variants[0]!.price, priced.status], ['10.00', 'ACTIVE'])
})

test('rule 14: no run publishes a product without a price, also where the source asks nothing for it', async (t) => {
    const story = await syncedStory(t, selling('0.00', locked('never')))
    await story.nightly()
    assert.equal((await story.product(OUTLET, 'mug')).status, 'DRAFT')
})

test('rule 37: a rule that starts from cost finds none: the price stands, and no empty one is written', async (t) => {
    const price_rules = [{ base: 'cost', percent: '100' }]
    const story = await syncedStory(t, selling('10.00', { price_rules }, OUTLET, { cost: '4.00' }))
    assert.equal(await priceOf(story), '8.00')
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'MUG-1', set: { cost: null } })
    await story.nightly()
    assert.equal(await priceOf(story), '8.00')
})

test('rule 14: a field on never is absent from a new product', async (t) => {
    const lock_rules = ['barcode', 'description_html', 'tags'].map((field) => ({ field, mode: 'never' }))
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [sized('Tee', 'TEE', ['S'])] },
        connections: [{ destination: OUTLET, settings: plain({ lock_rules }) }],
    })
    const made = await story.product(OUTLET, 'tee')
    assert.deepEqual([made.descriptionHtml, made.tags, made.variants[0]!.barcode], ['', [], null])
})

test('rule 45: with draft for new products status is create_only', async (t) => {
    const story = await syncedStory(t, selling('10.00', { new_products: 'draft' }))
    assert.equal((await story.product(OUTLET, 'mug')).status, 'DRAFT')
    await story.edit(OUTLET, 'product.edit', { handle: 'mug', set: { status: 'ACTIVE' } })
    await story.nightly()
    assert.equal((await story.product(OUTLET, 'mug')).status, 'ACTIVE')
})
