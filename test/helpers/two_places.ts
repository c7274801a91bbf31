import type { TestContext } from 'node:test'
import type { SettingsDocument } from '../oracle/settings.ts'
import { NORTHWIND, OUTLET, rates, single } from './cast.ts'
import { type Story, startStory } from './story.ts'

export const EAST = 'East'
export const WEST = 'West'

/** Each place feeds the one of its name. */
export const mirrored = [EAST, WEST].map((name) => ({ source: name, destination: name }))
/** Both places feed the destination's East, the first one first. */
export const summed = [EAST, WEST].map((name) => ({ source: name, destination: EAST, mode: 'sum_into' }))

/** A source with two locations that hold mugs, and a destination with two, after their first sync. */
export async function placed(t: TestContext, settings: SettingsDocument, stock: [number, number] = [10, 5]) {
    const locations = [{ name: EAST }, { name: WEST }]
    const story = await startStory(t, {
        shops: { [NORTHWIND]: { locations }, [OUTLET]: { locations } },
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1', { variant: { available: stock[0] } })] },
        connections: [{ destination: OUTLET, settings: { rates, ...settings } }],
    })
    await story.edit(NORTHWIND, 'level.set', { sku: 'MUG-1', location: WEST, available: stock[1] })
    await story.firstSync()
    return story
}

/** What a shop shows of mugs, East and West; null where it stocks none. */
export async function atPlaces(story: Story, shop = OUTLET) {
    const { locations } = await story.state(shop)
    const { levels } = await story.variant(shop, 'MUG-1')
    const at = (name: string) => locations.find((it) => it.name === name)!.id
    return [EAST, WEST].map((name) => levels.find((level) => level.locationId === at(name))?.available ?? null)
}
