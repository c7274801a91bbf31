import type { TestContext } from 'node:test'
import { CORNER_SHOP, NORTHWIND, OUTLET, rates, single } from '../helpers/cast.ts'
import { type Plot, type Story, startStory } from '../helpers/story.ts'
import type { SettingsDocument } from '../oracle/settings.ts'
import { watch } from '../watch/watched.ts'

export const mug = (available = 15) => single('Mug', 'MUG-1', { variant: { available } })
export const TEN = { seconds: 601 }

/** Northwind, a store whose sales are adjusted, and another; both are in step, and nothing there moved of late. */
export async function inStep(t: TestContext, own: SettingsDocument = {}, more: Partial<Plot> = {}) {
    const both = [CORNER_SHOP, OUTLET].map((destination) => ({
        destination,
        settings: { orders: 'adjust', rates, ...(destination === CORNER_SHOP ? own : {}) },
    }))
    const { connections = both, ...plot } = more
    const acceptedAt = Date.now()
    const story = await startStory(t, { goods: { [NORTHWIND]: [mug()] }, connections, ...plot })
    await later(story, TEN.seconds)
    await story.firstSync()
    await later(story, TEN.seconds)
    const told = connections.map(({ destination, settings = {} }) => ({
        source: NORTHWIND,
        destination,
        settings,
        acceptedAt,
    }))
    const complaints = (lagMs = 0) => {
        const lags = new Map([...story.sandbox.shops.keys()].map((shop) => [shop, lagMs]))
        return watch(story.sandbox, told, story.state, { lagMs: lags })
    }
    return { story, complaints }
}

export const later = (story: Story, seconds: number) => story.edit(NORTHWIND, 'clock.advance', { seconds })
export const count = (story: Story, shop: string, available: number) =>
    story.edit(shop, 'level.set', { sku: 'MUG-1', available })
export const sell = async (story: Story, quantities: number[], more = {}) => {
    const lines = quantities.map((quantity) => ({ sku: 'MUG-1', quantity, price: '10.00' }))
    return (await story.edit(CORNER_SHOP, 'order.sell', { lines, ...more })) as { id: number }
}
export const figures = (story: Story) =>
    Promise.all(
        [NORTHWIND, CORNER_SHOP, OUTLET].map(async (shop) => (await story.variant(shop, 'MUG-1')).levels[0]?.available),
    )
