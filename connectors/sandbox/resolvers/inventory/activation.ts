import type { Context, Resolvers } from '../../context.ts'
import { numberOf, parsedGid } from '../../shop/gids.ts'
import { levelAt, levelsOf, moveStock, quantityOf, setStocked, stockItemAt } from '../../shop/stock.ts'
import { userError } from '../user_error.ts'
import { levelById } from './levels.ts'

type Activate = {
    inventoryItemId: string
    locationId: string
    available?: number | null
    onHand?: number | null
}

export const resolvers: Resolvers = {
    Mutation: {
        inventoryActivate: (_: unknown, args: Activate, context: Context) => activated(context, args),
        inventoryDeactivate: (_: unknown, { inventoryLevelId }: { inventoryLevelId: string }, context: Context) => {
            const message = deactivated(context, inventoryLevelId)
            return { userErrors: message === null ? [] : [userError(null, message)] }
        },
    },
}

function refused(field: string[], message: string, inventoryLevel: unknown = null) {
    return { inventoryLevel, userErrors: [userError(field, message)] }
}

/** Stocks an item at a location. An inactive level comes back with the quantities it had, whatever is asked for. */
function activated({ shop, clock }: Context, { inventoryItemId, locationId, available, onHand }: Activate) {
    const item = shop.inventoryItems.get(numberOf(inventoryItemId, 'InventoryItem'))
    const location = shop.locations.get(numberOf(locationId, 'Location'))
    if (!item) return refused(['inventoryItemId'], "The product couldn't be stocked because the product was deleted.")
    if (!location?.active) {
        const why = location ? 'is not active' : 'was deleted'
        return refused(['locationId'], `The product couldn't be stocked because the location ${why}.`)
    }
    if (available != null && onHand != null) {
        return refused(['available'], 'Cannot specify both available and onHand quantities.')
    }
    const old = levelAt(shop, item, location.id)
    if (old?.active && (available != null || onHand != null)) {
        const name = available == null ? 'on hand' : 'available'
        const message = `Not allowed to set ${name} quantity when the item is already active at the location.`
        return refused([available == null ? 'onHand' : 'available'], message, old)
    }
    const level = stockItemAt(shop, item, location.id, clock.now())
    const quantity = available ?? onHand
    if (!old && quantity)
        moveStock(shop, level, 'available', quantity - quantityOf(level, 'available'), clock.now(), {
            cause: 'activate',
        })
    return { inventoryLevel: level, userErrors: [] }
}

/** Takes an item from a location, keeping its quantities for later; gives the reason if it cannot. */
function deactivated(context: Context, id: string): string | null {
    const { shop, clock } = context
    const item = shop.inventoryItems.get(Number(parsedGid(id)?.query.get('inventory_item_id')))
    if (!item) return "The product couldn't be unstocked because the product was deleted."
    const level = levelById(context, id)
    if (!level) return "The product couldn't be unstocked because the location was deleted."
    if (levelsOf(shop, item).filter((other) => other !== level).length === 0) {
        const name = shop.locations.get(level.locationId)?.name
        return `The product couldn't be unstocked from ${name} because products need to be stocked at a minimum of 1 location.`
    }
    setStocked(shop, level, false, clock.now())
    return null
}
