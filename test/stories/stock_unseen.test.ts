import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import type { Story } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import type { SettingsDocument } from '../oracle/settings.ts'

const EAST = 'East'
const WEST = 'West'
const mirrored = [EAST, WEST].map((name) => ({ source: name, destination: name }))
const summed = [EAST, WEST].map((name) => ({ source: name, destination: EAST, mode: 'sum_into' }))

/** So many that one which is gone makes no reading doubtful. */
const others = Array.from({ length: 12 }, (_, n) => single(`Bowl ${n}`, `BOWL-${n}`))

/** A source and a destination with two locations each; ten mugs in the east of the source, none in the west. */
const placed = (t: TestContext, settings: SettingsDocument) =>
    syncedStory(t, {
        shops: {
            [NORTHWIND]: { locations: [{ name: EAST }, { name: WEST }] },
            [OUTLET]: { locations: [{ name: EAST }, { name: WEST }] },
        },
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: 10 } }), ...others] },
        connections: [{ destination: OUTLET, settings: { rates, ...settings } }],
    })

async function figureIn(story: Story, name: string, shop = OUTLET) {
    const { locations } = await story.state(shop)
    const { levels } = await story.variant(shop, 'MUG-1')
    const { id } = locations.find((it) => it.name === name)!
    return levels.find(({ locationId }) => locationId === id)?.available ?? null
}

/** Runs until what came with the first sync is long past. */
async function quiet(story: Story): Promise<void> {
    await story.sandbox.control('clock.advance', { seconds: 11 * 60 })
    await story.hourly()
    await story.hourly()
}

for (const [what, settings, shown] of [
    ['mirrored', { locations: mirrored }, 10],
    ['with units kept back', { locations: mirrored, buffers: [{ units: 2 }] }, 8],
    ['one of a sum', { locations: summed }, 10],
] as const) {
    test(`rule 27: what the source stocks no more has nothing to give, ${what}`, async (t) => {
        const story = await placed(t, settings)
        await quiet(story)
        assert.equal(await figureIn(story, EAST), shown)
        await story.edit(NORTHWIND, 'level.unstock', { sku: 'MUG-1', location: EAST })
        await story.nightly()
        assert.equal(await figureIn(story, EAST), 0)
    })
}
