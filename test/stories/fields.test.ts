import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, single, sized } from '../helpers/cast.ts'
import { type Goods, plain, type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const images = [1, 2, 3].map((number) => `https://pictures.example/tee-${number}.jpg`)
const tee = sized('Tee', 'TEE', ['S', 'M'], { images })

const selling = (northwind: Goods, settings: SettingsDocument = {}, outlet: Goods = []) => ({
    goods: { [NORTHWIND]: northwind, [OUTLET]: outlet },
    connections: [{ destination: OUTLET, settings: plain(settings) }],
})

const inOutlet = (story: Story, verb: string, body: object) => story.edit(OUTLET, verb, { handle: 'tee', ...body })
const atSource = (story: Story, verb: string, body: object) => story.edit(NORTHWIND, verb, { handle: 'tee', ...body })

test('D2: of what we made everything follows the source: texts, tags, SEO, status, options, pictures', async (t) => {
    const story = await syncedStory(t, selling([tee]))
    const set = { title: 'Long tee', descriptionHtml: '<p>Longer.</p>', productType: 'Tops', vendor: 'N.' }
    const seo = { title: 'Tee', description: 'A tee.' }
    await atSource(story, 'product.edit', {
        set: { ...set, tags: ['winter'], status: 'UNLISTED', seo, handle: 'long-tee' },
    })
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'TEE-M', set: { barcode: '4006381333931', taxable: false } })
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'TEE-S', set: { weight: { value: 1.5, unit: 'POUNDS' } } })
    await story.hourly()
    const made = await story.product(OUTLET, 'long-tee')
    assert.deepEqual(
        [made.title, made.tags, made.status, made.seo.description],
        ['Long tee', ['winter'], 'UNLISTED', 'A tee.'],
    )
    assert.deepEqual(made.variants[0]!.weight, { value: 680.39, unit: 'GRAMS' })
})

test('D1: a text edited at the destination stands on follow until the source changes it, and returns on enforced', async (t) => {
    for (const [mode, title] of [
        ['follow', 'Shirt'],
        ['enforced', 'Tee'],
    ] as const) {
        const story = await syncedStory(t, selling([tee], { lock_rules: [{ field: 'title', mode }] }))
        await inOutlet(story, 'product.edit', { set: { title: 'Shirt' } })
        await story.hourly()
        assert.equal((await story.product(OUTLET, 'tee')).title, title)
        await atSource(story, 'product.edit', { set: { title: 'Top' } })
        await story.hourly()
        assert.equal((await story.product(OUTLET, 'tee')).title, 'Top')
    }
})

test('D1: both changed and on_both hold: the line waits for a person, the others do not', async (t) => {
    const story = await syncedStory(t, selling([tee], { on_both: 'hold' }))
    await inOutlet(story, 'product.edit', { set: { title: 'Shirt' } })
    await atSource(story, 'product.edit', { set: { title: 'Top', vendor: 'N.' } })
    await story.nightly()
    const made = await story.product(OUTLET, 'tee')
    assert.deepEqual([made.title, made.vendor], ['Shirt', 'N.'])
})

test('D9: an item that was there takes stock only, has its blanks filled, or is overwritten', async (t) => {
    const outlet = [{ ...sized('Our tee', 'TEE', ['S', 'M'], { handle: 'tee' }), productType: '', tags: ['ours'] }]
    const story = await startStory(t, selling([tee], {}, outlet))
    await story.edit(OUTLET, 'level.set', { sku: 'TEE-S', available: 1 })
    await story.firstSync()
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await story.settings(OUTLET, plain({ existing_items: 'fill_blank' }))
    assert.deepEqual(await story.writes(() => story.nightly()), [], 'what a switch opens is shown first')
    await story.approveAll()
    const filled = await story.product(OUTLET, 'tee')
    assert.deepEqual([filled.title, filled.productType, filled.tags], ['Our tee', 'Shirts', ['ours', 'summer']])
    await story.settings(OUTLET, plain({ existing_items: 'overwrite' }))
    await story.firstSync()
    assert.equal((await story.product(OUTLET, 'tee')).title, 'Tee')
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 49: merged tags leave the shop its own and take back what came from the source; replaced ones do not', async (t) => {
    const story = await syncedStory(t, selling([tee]))
    await inOutlet(story, 'tag.add', { tag: 'Local hero' })
    await atSource(story, 'tag.add', { tag: 'New' })
    await atSource(story, 'tag.remove', { tag: 'summer' })
    await story.hourly()
    assert.deepEqual((await story.product(OUTLET, 'tee')).tags.toSorted(), ['Local hero', 'New'])
    await story.settings(OUTLET, plain({ tags: 'replace' }))
    await atSource(story, 'tag.add', { tag: 'Newer' })
    await story.nightly()
    assert.deepEqual((await story.product(OUTLET, 'tee')).tags.toSorted(), ['New', 'Newer'])
})

test('rule 46: a variant removed at the source stays and is told, or goes where that is asked for', async (t) => {
    const story = await syncedStory(t, selling([tee]))
    await story.edit(NORTHWIND, 'variant.delete', { sku: 'TEE-M' })
    await story.nightly()
    assert.equal((await story.product(OUTLET, 'tee')).variants.length, 2)
    await story.settings(OUTLET, plain({ remove_variants: true }))
    await story.nightly()
    assert.deepEqual(
        (await story.product(OUTLET, 'tee')).variants.map((it) => it.sku),
        ['TEE-S'],
    )
})

test('rule 46: a linked variant that was there before is told too when the source removes it, and never deleted', async (t) => {
    const outlet = [sized('Our tee', 'TEE', ['S', 'M'])]
    const story = await syncedStory(t, selling([tee], { remove_variants: true }, outlet))
    await story.edit(NORTHWIND, 'variant.delete', { sku: 'TEE-M' })
    await story.nightly()
    assert.equal((await story.product(OUTLET, 'our-tee')).variants.length, 2)
})

test('rule 47: variants that only the destination has survive any update', async (t) => {
    const story = await syncedStory(t, selling([tee]))
    await inOutlet(story, 'variant.create', { options: ['XXL'], sku: 'OWN-1', price: '5.00' })
    await atSource(story, 'product.edit', { set: { title: 'Top', tags: ['x'] } })
    await story.edit(NORTHWIND, 'variant.edit', { sku: 'TEE-S', set: { price: '30.00' } })
    await story.nightly()
    assert.equal((await story.variant(OUTLET, 'OWN-1')).price, '5.00')
})

test('rule 81: in a shop that alters every text it is given nothing is written again', async (t) => {
    const shops = { [OUTLET]: { settings: { texts: 'alters_every_text' as const } } }
    const story = await syncedStory(t, { ...selling([tee, single('Mug', 'MUG-1', { tags: ['eco', 'NEW'] })]), shops })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await atSource(story, 'product.edit', {
        set: { title: 'Top', descriptionHtml: '<p>Other  words.</p>', tags: ['new'] },
    })
    await story.hourly()
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 81: also where such a shop has tags of its own on an item that is overwritten', async (t) => {
    const shops = { [OUTLET]: { settings: { texts: 'alters_every_text' as const } } }
    const there = [sized('Our tee', 'TEE', ['S', 'M'], { tags: ['ours', 'Local'] })]
    const plot = selling([{ ...tee, tags: ['eco', 'NEW'] }], { existing_items: 'overwrite' }, there)
    const story = await syncedStory(t, { ...plot, shops })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('a product, hand-made at the destination, that nobody sells at the source is left alone', async (t) => {
    const story = await startStory(t, selling([tee], { existing_items: 'overwrite' }, [single('Own mug', 'OWN-9')]))
    const before = await story.product(OUTLET, 'own-mug')
    await story.firstSync()
    await story.nightly()
    assert.deepEqual(await story.product(OUTLET, 'own-mug'), before)
})

test('publication follows: taken off sale at the source, it is taken off sale at the destination', async (t) => {
    const story = await syncedStory(t, selling([tee]))
    await atSource(story, 'product.unpublish', {})
    await story.hourly()
    assert.deepEqual((await story.product(OUTLET, 'tee')).publishedOn, [])
    await atSource(story, 'product.publish', {})
    await story.hourly()
    assert.equal((await story.product(OUTLET, 'tee')).publishedOn.length, 1)
})

test('scopes: an excluding row takes out what an including one takes in; of what left the scope no field moves', async (t) => {
    const scopes = [
        { kind: 'tag', value: 'Summer' },
        { kind: 'product', value: 'mug', action: 'exclude' },
    ]
    const goods = [tee, single('Mug', 'MUG-1', { tags: ['summer'] }), single('Jug', 'JUG-1')]
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: goods },
        connections: [{ destination: CORNER_SHOP, settings: plain({ scopes }) }],
    })
    assert.deepEqual(
        (await story.state(CORNER_SHOP)).products.map((it) => it.handle),
        ['tee'],
    )
    await atSource(story, 'tag.remove', { tag: 'summer' })
    await atSource(story, 'product.edit', { set: { title: 'Top' } })
    const written = await story.writes(() => story.nightly())
    assert.deepEqual(written, [`${CORNER_SHOP} publishableUnpublish`], 'it is taken off sale (rule 12)')
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})
