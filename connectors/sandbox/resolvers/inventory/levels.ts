import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, parsedGid } from '../../shop/gids.ts'
import { type Level, storedQuantities } from '../../shop/state.ts'
import { levelsOf, type QuantityName, quantityOf } from '../../shop/stock.ts'
import { seenBySearch } from '../../shop/touch.ts'
import { type FieldTest, matches } from '../search.ts'
import { idTest, numberTest, timeTest } from '../search_tests.ts'

/** The id of a level names its location by a number of its own, and the item in the query part. */
export function levelGid({ shop }: Context, level: Level): string {
    const number = shop.locations.get(level.locationId)?.levelNumber ?? level.locationId
    return gid('InventoryLevel', `${number}?inventory_item_id=${level.inventoryItemId}`)
}

/** The level an id names, active or not; null if there is none. */
export function levelById({ shop }: Context, id: string): Level | null {
    const parsed = parsedGid(id)
    const item = shop.inventoryItems.get(Number(parsed?.query.get('inventory_item_id')))
    if (parsed?.type !== 'InventoryLevel' || !item) return null
    const levels = levelsOf(shop, item, true)
    return levels.find(({ locationId }) => shop.locations.get(locationId)?.levelNumber === parsed.id) ?? null
}

/** Those of the given levels that a search names. */
export function foundLevels({ shop, clock }: Context, levels: Level[], query?: string | null): Level[] {
    if (!query) return levels
    return levels.filter((level) => {
        const tests: Record<string, FieldTest> = {
            id: idTest(level.id),
            inventory_item_id: idTest(level.inventoryItemId),
            item_id: idTest(level.inventoryItemId),
            created_at: timeTest(level.createdAt),
            updated_at: timeTest(seenBySearch(shop, level, clock.now())),
        }
        for (const name of [...storedQuantities, 'on_hand'] as const) tests[name] = numberTest(quantityOf(level, name))
        return matches(query, tests)
    })
}

export const resolvers: Resolvers = {
    QueryRoot: {
        inventoryLevel: (_: unknown, { id }: { id: string }, context: Context) => levelById(context, id),
        inventoryProperties: () => ({ quantityNames }),
    },
    InventoryLevel: {
        id: (level: Level, _: unknown, context: Context) => levelGid(context, level),
        isActive: (level: Level) => level.active,
        canDeactivate: (level: Level, _: unknown, { shop }: Context) =>
            levelsOf(shop, shop.inventoryItems.get(level.inventoryItemId)!).length > 1,
        deactivationAlert: () => null,
        createdAt: (level: Level) => isoTime(level.createdAt),
        updatedAt: (level: Level) => isoTime(level.updatedAt),
        item: (level: Level, _: unknown, { shop }: Context) => shop.inventoryItems.get(level.inventoryItemId),
        location: (level: Level, _: unknown, { shop }: Context) => shop.locations.get(level.locationId),
        quantities: (level: Level, { names }: { names: string[] }, { shop }: Context) =>
            names.filter(isQuantityName).map((name) => shownQuantity(shop, level, name)),
    },
}

function isQuantityName(name: string): name is QuantityName {
    return name === 'on_hand' || storedQuantities.some((known) => known === name)
}

function shownQuantity(shop: Context['shop'], level: Level, name: QuantityName) {
    // on_hand is a sum: it has no time of its own, nor has a state that was never written
    const at = name === 'on_hand' ? undefined : level.updated[name]
    const number = shop.locations.get(level.locationId)?.levelNumber
    return {
        __typename: 'InventoryQuantity',
        id: gid('InventoryQuantity', `${number}?inventory_item_id=${level.inventoryItemId}&name=${name}`),
        name,
        quantity: quantityOf(level, name),
        updatedAt: at === undefined ? null : isoTime(at),
    }
}

const onHand = ['available', 'committed', 'damaged', 'quality_control', 'reserved', 'safety_stock']
const inUse = ['available', 'committed', 'on_hand', 'reserved']
const quantityNames = [...onHand, 'incoming', 'on_hand'].sort().map((name) => ({
    name,
    displayName: (name.charAt(0).toUpperCase() + name.slice(1)).replace('_', ' '),
    isInUse: inUse.includes(name),
    belongsTo: onHand.includes(name) ? ['on_hand'] : [],
    comprises: name === 'on_hand' ? onHand : [],
}))
