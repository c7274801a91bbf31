import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND, OUTLET, sized } from '../helpers/cast.ts'
import { plain, type Story, startStory } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const images = [1, 2, 3].map((number) => `https://pictures.example/tee-${number}.jpg`)
const tee = sized('Tee', 'TEE', ['S', 'M'], { images })

const selling = (settings: SettingsDocument = {}) => ({
    goods: { [NORTHWIND]: [tee] },
    connections: [{ destination: OUTLET, settings: plain(settings) }],
})

const inOutlet = (story: Story, verb: string, body: object) => story.edit(OUTLET, verb, { handle: 'tee', ...body })
const atSource = (story: Story, verb: string, body: object) => story.edit(NORTHWIND, verb, { handle: 'tee', ...body })
const pictures = (mode: string) => ({ lock_rules: [{ field: 'images', mode }] })
const picturesIn = async (story: Story) => (await story.product(OUTLET, 'tee')).media.map((it) => it.alt)

/** Names the three pictures at the source, so that each can be told from the others. */
async function nameThem(story: Story) {
    for (const [index, alt] of ['a', 'b', 'c'].entries())
        await atSource(story, 'image.alt', { position: index + 1, alt })
}

const own = (position: number, alt = 'own') => ({ src: `https://pictures.example/${alt}.jpg`, alt, position })

test('rule 48: pictures are there once, in order, also when run again and when the shop re-hosts them', async (t) => {
    const story = await syncedStory(t, selling())
    await story.edit(NORTHWIND, 'clock.advance', { seconds: 3600 })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.equal((await story.product(OUTLET, 'tee')).media.length, 3)
})

test('rule 48: a picture added, moved, described or removed at the source is so at the destination', async (t) => {
    const story = await syncedStory(t, selling())
    await atSource(story, 'image.add', { src: 'https://pictures.example/new.jpg', alt: 'new', position: 1 })
    await story.hourly()
    assert.deepEqual(
        (await story.product(OUTLET, 'tee')).media.map((it) => it.alt),
        ['new', '', '', ''],
    )
    await atSource(story, 'image.move', { position: 1, to: 3 })
    await atSource(story, 'image.alt', { position: 1, alt: 'front' })
    await story.hourly()
    assert.deepEqual(
        (await story.product(OUTLET, 'tee')).media.map((it) => it.alt),
        ['front', '', 'new', ''],
    )
    await atSource(story, 'image.remove', { position: 3 })
    await story.hourly()
    assert.deepEqual(
        (await story.product(OUTLET, 'tee')).media.map((it) => it.alt),
        ['front', '', ''],
    )
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 48: a variant shows the picture that it shows at the source', async (t) => {
    const story = await syncedStory(t, selling())
    await story.edit(NORTHWIND, 'variant.image', { sku: 'TEE-M', position: 2 })
    await story.hourly()
    const made = await story.product(OUTLET, 'tee')
    assert.deepEqual(made.variants[1]!.mediaIds, [made.media[1]!.id])
})

test("rule 48: pictures of the destination's own stay where they are", async (t) => {
    const story = await syncedStory(t, selling())
    await inOutlet(story, 'image.add', { src: 'https://pictures.example/own.jpg', alt: 'own', position: 1 })
    await story.hourly()
    await atSource(story, 'image.alt', { position: 1, alt: 'front' })
    await story.nightly()
    assert.deepEqual(
        (await story.product(OUTLET, 'tee')).media.map((it) => it.alt),
        ['own', 'front', '', ''],
    )
})

test("rule 48: new pictures come behind the one that precedes them at the source, the destination's own keep their company", async (t) => {
    const story = await startStory(t, selling())
    await nameThem(story)
    await story.firstSync()
    await inOutlet(story, 'image.add', own(1, 'ours 1'))
    await inOutlet(story, 'image.add', own(3, 'ours 2'))
    await inOutlet(story, 'image.add', own(6, 'ours 3'))
    await story.hourly()
    await atSource(story, 'image.add', own(1, 'first'))
    await atSource(story, 'image.add', own(4, 'behind b'))
    await atSource(story, 'image.add', own(5, 'and this'))
    await atSource(story, 'image.add', own(7, 'last'))
    await story.nightly()
    assert.deepEqual(
        (await picturesIn(story)).join(', '),
        'ours 1, first, a, ours 2, b, behind b, and this, c, ours 3, last',
    )
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test("rule 48: pictures that change places at the source do so around the destination's own", async (t) => {
    const story = await startStory(t, selling())
    await nameThem(story)
    await story.firstSync()
    await inOutlet(story, 'image.add', own(2))
    await atSource(story, 'image.move', { position: 3, to: 1 })
    await atSource(story, 'image.add', own(2, 'new'))
    await story.nightly()
    assert.deepEqual(await picturesIn(story), ['c', 'new', 'own', 'a', 'b'])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 48: a picture taken away at the destination stays away on follow and is listed, until the source changes it', async (t) => {
    const story = await startStory(t, selling())
    await nameThem(story)
    await story.firstSync()
    await inOutlet(story, 'image.remove', { position: 2 })
    assert.deepEqual(await story.writes(() => story.hourly()), [])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await atSource(story, 'image.move', { position: 3, to: 1 })
    await story.hourly()
    assert.deepEqual(await picturesIn(story), ['c', 'a'])
    await atSource(story, 'image.alt', { position: 3, alt: 'better' })
    await story.hourly()
    assert.deepEqual(await picturesIn(story), ['c', 'a', 'better'])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 48: a picture taken away at the destination is put back where it was on enforced, once, and told as drift', async (t) => {
    const story = await startStory(t, selling(pictures('enforced')))
    await nameThem(story)
    await story.firstSync()
    await inOutlet(story, 'image.remove', { position: 2 })
    await story.nightly()
    assert.deepEqual(await picturesIn(story), ['a', 'b', 'c'])
    const { rows } = await story.db.send(
        `select origin, mode from changes where entity = 'image' and action = 'create'`,
    )
    assert.deepEqual(rows, [{ origin: 'dest_edited', mode: 'enforced' }])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    await inOutlet(story, 'image.remove', { position: 1 })
    await story.hourly()
    assert.deepEqual(await picturesIn(story), ['a', 'b', 'c'])
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 48: a variant shows its picture again once that was put back', async (t) => {
    const story = await startStory(t, selling(pictures('enforced')))
    await story.edit(NORTHWIND, 'variant.image', { sku: 'TEE-M', position: 2 })
    await story.firstSync()
    await inOutlet(story, 'image.remove', { position: 2 })
    await story.nightly()
    const made = await story.product(OUTLET, 'tee')
    assert.deepEqual(made.variants[1]!.mediaIds, [made.media[1]!.id])
})

test('rule 48: a picture taken away there and changed at the source waits for a person with on_both hold', async (t) => {
    const story = await syncedStory(t, selling({ on_both: 'hold' }))
    await inOutlet(story, 'image.remove', { position: 2 })
    await atSource(story, 'image.alt', { position: 2, alt: 'better' })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
})

test('rule 48: a picture gone at both ends is forgotten', async (t) => {
    const story = await syncedStory(t, selling())
    await inOutlet(story, 'image.remove', { position: 2 })
    await story.hourly()
    await atSource(story, 'image.remove', { position: 2 })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    const { rows } = await story.db.send('select count(*)::integer as links from image_links')
    assert.deepEqual(rows, [{ links: 2 }])
})

test('D1: with pictures on create_only one that the source adds later is listed, not carried', async (t) => {
    const story = await syncedStory(t, selling(pictures('create_only')))
    await atSource(story, 'image.add', own(1, 'new'))
    await inOutlet(story, 'image.remove', { position: 3 })
    assert.deepEqual(await story.writes(() => story.nightly()), [])
    assert.equal((await picturesIn(story)).length, 2)
})
