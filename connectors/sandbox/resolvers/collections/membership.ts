import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Collection } from '../../shop/state.ts'
import { touch } from '../../shop/touch.ts'
import { newJob } from '../jobs.ts'
import { type UserError, userError } from '../user_error.ts'

type Products = { id: string; productIds: string[] }
type Reorder = { id: string; moves: { id: string; newPosition: string | number }[] }

export const resolvers: Resolvers = {
    Mutation: {
        collectionAddProducts: (_: unknown, args: Products, context: Context) => {
            const { collection, errors } = byHand(context, args.id, "Can't manually add products to a smart collection")
            if (!collection) return { collection: null, userErrors: errors }
            add(context, collection, args.productIds)
            return { collection, userErrors: [] }
        },
        collectionAddProductsV2: (_: unknown, args: Products, context: Context) => {
            const { collection, errors } = byHand(context, args.id, "Can't manually add products to a smart collection")
            if (!collection) return { job: null, userErrors: errors }
            add(context, collection, args.productIds)
            return { job: newJob(context), userErrors: [] }
        },
        collectionRemoveProducts: (_: unknown, args: Products, context: Context) => {
            const refusal = "Can't manually remove products from a smart collection"
            const { collection, errors } = byHand(context, args.id, refusal)
            if (!collection) return { job: null, userErrors: errors }
            const gone = new Set(args.productIds.map((id) => numberOf(id, 'Product')))
            collection.productIds = collection.productIds.filter((id) => !gone.has(id))
            touch(context.shop, collection, context.clock.now())
            return { job: newJob(context), userErrors: [] }
        },
        collectionReorderProducts: (_: unknown, args: Reorder, context: Context) => {
            const refusal = "Can't reorder products unless collection is manually sorted"
            const { collection, errors } = byHand(context, args.id, refusal, 'MANUALLY_SORTED_COLLECTION')
            if (!collection) return { job: null, userErrors: errors }
            if (collection.sortOrder !== 'MANUAL') {
                return { job: null, userErrors: [userError(['id'], refusal, 'MANUALLY_SORTED_COLLECTION')] }
            }
            for (const { id, newPosition } of args.moves) move(collection, numberOf(id, 'Product'), Number(newPosition))
            touch(context.shop, collection, context.clock.now())
            return { job: newJob(context), userErrors: [] }
        },
    },
}

/** A collection that is filled by hand, or why there is none. */
function byHand(
    { shop }: Context,
    id: string,
    refusal: string,
    code = 'CANT_ADD_TO_SMART_COLLECTION',
): { collection: Collection | null; errors: UserError[] } {
    const collection = shop.collections.get(numberOf(id, 'Collection'))
    if (!collection) {
        return {
            collection: null,
            errors: [userError(['id'], 'Collection does not exist', 'COLLECTION_DOES_NOT_EXIST')],
        }
    }
    if (collection.rules) return { collection: null, errors: [userError(['id'], refusal, code)] }
    return { collection, errors: [] }
}

function add({ shop, clock }: Context, collection: Collection, productIds: string[]) {
    const ids = productIds.map((id) => numberOf(id, 'Product')).filter((id) => shop.products.has(id))
    collection.productIds = [...new Set([...collection.productIds, ...ids])]
    touch(shop, collection, clock.now())
}

function move(collection: Collection, id: number, position: number) {
    if (!collection.productIds.includes(id)) return
    const others = collection.productIds.filter((other) => other !== id)
    others.splice(Math.min(position, others.length), 0, id)
    collection.productIds = others
}
