import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { userError } from '../user_error.ts'
import { checkItem, type ItemInput, writeItem } from './item_input.ts'

type Update = { id: string; input: ItemInput }

export const resolvers: Resolvers = {
    Mutation: {
        inventoryItemUpdate: (_: unknown, { id, input }: Update, { shop, clock }: Context) => {
            const item = shop.inventoryItems.get(numberOf(id, 'InventoryItem'))
            if (!item) {
                const message = "The product couldn't be updated because it does not exist."
                return { inventoryItem: null, userErrors: [userError(['id'], message)] }
            }
            const errors = checkItem(input).map(({ field, message }) => userError(['input', ...field], message))
            if (errors.length > 0) return { inventoryItem: null, userErrors: errors }
            writeItem(shop, item, input, clock.now())
            return { inventoryItem: item, userErrors: [] }
        },
    },
}
