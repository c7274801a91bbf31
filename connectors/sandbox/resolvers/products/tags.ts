import type { Context, Resolvers } from '../../context.ts'
import { gid, numberOf, parsedGid } from '../../shop/gids.ts'
import { changeOrder } from '../../shop/orders/change.ts'
import { storedTags } from '../../shop/text.ts'
import { touch } from '../../shop/touch.ts'
import { visibleOrder } from '../orders/visible.ts'
import { userError } from '../user_error.ts'
import { productById } from './find.ts'

type Tags = { id: string; tags: string[] }

export const resolvers: Resolvers = {
    Mutation: {
        tagsAdd: (_: unknown, args: Tags, context: Context) =>
            changed(context, args, (tags, given) => storedTags(context.shop, [...tags, ...given])),
        tagsRemove: (_: unknown, args: Tags, context: Context) =>
            changed(context, args, (tags, given) => {
                const gone = new Set(given.map((tag) => tag.trim().toLowerCase()))
                return tags.filter((tag) => !gone.has(tag.toLowerCase()))
            }),
    },
}

/** Tags may come as one text with commas. */
function changed(context: Context, { id, tags }: Tags, change: (tags: string[], given: string[]) => string[]) {
    if (parsedGid(id)?.type === 'Order') return changedOrder(context, { id, tags }, change)
    const product = productById(context, id)
    if (!product) return { node: null, userErrors: [userError(['id'], `Resource ${gidText(id)} does not exist`)] }
    const given = tags.flatMap((tag) => tag.split(','))
    if (given.some((tag) => tag.length > 255)) {
        return { node: product, userErrors: [userError(['tags'], 'Product tags is invalid')] }
    }
    const after = change(product.tags, given)
    if (after.join(',') !== product.tags.join(',')) touch(context.shop, product, context.clock.now())
    product.tags = after
    return { node: product, userErrors: [] }
}

function changedOrder(context: Context, { id, tags }: Tags, change: (tags: string[], given: string[]) => string[]) {
    const order = visibleOrder(context, numberOf(id, 'Order'))
    if (!order) return { node: null, userErrors: [userError(['id'], `Resource ${id} does not exist`)] }
    const after = change(
        order.tags,
        tags.flatMap((tag) => tag.split(',')),
    )
    if (after.join(',') !== order.tags.join(',')) {
        changeOrder(context.shop, order, context.clock.now(), 'tagged', () => {
            order.tags = after
        })
    }
    return { node: order, userErrors: [] }
}

function gidText(id: string): string {
    return id.startsWith('gid://') ? id : gid('Product', id)
}
