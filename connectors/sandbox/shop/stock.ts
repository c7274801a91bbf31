import { type Cause, tell } from './happenings.ts'
import { storedQuantities } from './rows.ts'
import { type InventoryItem, type Level, type Location, nextId, type Shop, type StoredQuantity } from './state.ts'
import { touch, touchByStock } from './touch.ts'

export type QuantityName = StoredQuantity | 'on_hand'

/** States that lie on the shelf: all but `incoming`. */
const onHand = storedQuantities.filter((name) => name !== 'incoming')

/** A quantity of a level by Shopify's name; `on_hand` is the sum of what lies there. */
export function quantityOf(level: Level, name: QuantityName): number {
    if (name !== 'on_hand') return level.quantities[name] ?? 0
    let sum = 0
    for (const state of onHand) sum += level.quantities[state] ?? 0
    return sum
}

export function levelAt(shop: Shop, item: InventoryItem, locationId: number): Level | undefined {
    for (const id of item.levelIds) {
        const level = shop.levels.get(id)
        if (level?.locationId === locationId) return level
    }
    return undefined
}

export function levelsOf(shop: Shop, item: InventoryItem, includeInactive = false): Level[] {
    return item.levelIds.map((id) => shop.levels.get(id)!).filter((level) => level.active || includeInactive)
}

/** Stocks an item at a location, with nothing there; an inactive level comes back with the quantities it had. */
export function stockItemAt(shop: Shop, item: InventoryItem, locationId: number, now: number): Level {
    const old = levelAt(shop, item, locationId)
    if (old) {
        if (!old.active) setStocked(shop, old, true, now)
        return old
    }
    const level: Level = {
        __typename: 'InventoryLevel',
        id: nextId(shop),
        inventoryItemId: item.id,
        locationId,
        active: true,
        quantities: { available: 0 },
        updated: { available: now },
        createdAt: now,
        updatedAt: now,
    }
    shop.levels.set(level.id, level)
    item.levelIds.push(level.id)
    return level
}

/** Says that an item is stocked at a place or no more. Its quantities stay, though there they are then for nobody. */
export function setStocked(shop: Shop, level: Level, active: boolean, now: number) {
    level.active = active
    touch(shop, level, now)
    const { inventoryItemId, locationId } = level
    const available = quantityOf(level, 'available')
    const move = active
        ? { delta: available, after: available, cause: 'stock' }
        : { delta: -available, after: 0, cause: 'unstock' }
    tell(shop, { kind: 'stock', at: now, inventoryItemId, locationId, name: 'available', ...move })
}

/** A move that nobody gave a reason for is one that people made in the admin. */
const byHand: Cause = { cause: 'hand' }

/**
 * Changes one state by a number of units, says when, and tells whoever watches the shop why. Writing on_hand is writing
 * available by the same number.
 */
export function moveStock(
    shop: Shop,
    level: Level,
    name: QuantityName,
    delta: number,
    now: number,
    why: Cause = byHand,
) {
    const state = name === 'on_hand' ? 'available' : name
    level.quantities[state] = (level.quantities[state] ?? 0) + delta
    level.updated[state] = now
    touch(shop, level, now)
    const { inventoryItemId, locationId } = level
    tell(shop, {
        kind: 'stock',
        at: now,
        inventoryItemId,
        locationId,
        name: state,
        delta,
        // what lies where an item is stocked no more is there for nobody
        after: level.active ? quantityOf(level, state) : 0,
        ...why,
    })
    const item = shop.inventoryItems.get(level.inventoryItemId)
    if (item) touchByStock(shop, item.variantIds, now)
}

/** Where goods lie if nothing else is said: the first active location that belongs to no fulfillment service. */
export function defaultLocation(shop: Shop): Location | undefined {
    for (const location of shop.locations.values()) {
        if (location.active && location.fulfillmentService === null) return location
    }
    return undefined
}

/** What can be sold of an item: available at all active locations that sell online. */
export function sellable(shop: Shop, item: InventoryItem): number {
    let sum = 0
    for (const level of levelsOf(shop, item)) {
        if (shop.locations.get(level.locationId)?.active) sum += quantityOf(level, 'available')
    }
    return sum
}
