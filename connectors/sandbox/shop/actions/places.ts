import { addCollection } from '../collections.ts'
import { removeProduct } from '../goods.ts'
import { addLocation, type Shop } from '../state.ts'
import { touch } from '../touch.ts'
import { type Action, collectionIn, locationIn, productIn, textOf, textsOf } from './body.ts'

/** `{title, handle?, productHandles?: [], rules?: {appliedDisjunctively, rules: [{column, relation, condition}]}}` */
const createCollection: Action = (shop, body, clock) => {
    const title = textOf(body, 'title')
    if (!title) throw new Error(`expected title of the new collection, got ${JSON.stringify(body.title)}`)
    const rules = (body.rules ?? null) as Parameters<typeof addCollection>[1]['rules']
    const handle = textOf(body, 'handle') ?? title
    const made = addCollection(shop, { title, handle, productIds: productIdsIn(shop, body), rules }, clock.now())
    return { id: made.id, handle: made.handle }
}

/** `{collection, productHandles: []}` */
const addToCollection: Action = (shop, body, clock) => {
    const collection = collectionIn(shop, body)
    collection.productIds = [...new Set([...collection.productIds, ...productIdsIn(shop, body)])]
    touch(shop, collection, clock.now())
    return { productIds: collection.productIds }
}

const removeFromCollection: Action = (shop, body, clock) => {
    const collection = collectionIn(shop, body)
    const gone = new Set(productIdsIn(shop, body))
    collection.productIds = collection.productIds.filter((id) => !gone.has(id))
    touch(shop, collection, clock.now())
    return { productIds: collection.productIds }
}

const deleteCollection: Action = (shop, body) => {
    const { id } = collectionIn(shop, body)
    return { deleted: shop.collections.delete(id) }
}

function productIdsIn(shop: Shop, body: Parameters<Action>[1]): number[] {
    return textsOf(body, 'productHandles').map((handle) => productIn(shop, { handle }).id)
}

/** `{location}`: by name or id. What lies there stays known, and cannot be written any more (spec rule 28). */
const deactivate: Action = (shop, body, clock) => {
    const location = locationIn(shop, body)
    location.active = false
    location.deactivatedAt = clock.now()
    touch(shop, location, clock.now())
    return { id: location.id }
}

const activate: Action = (shop, body, clock) => {
    const location = locationIn(shop, body)
    location.active = true
    location.deactivatedAt = null
    touch(shop, location, clock.now())
    return { id: location.id }
}

/** `{name}` */
const createLocation: Action = (shop, body, clock) => {
    const name = textOf(body, 'name')
    if (!name) throw new Error(`expected name of the new location, got ${JSON.stringify(body.name)}`)
    return { id: addLocation(shop, { name }, clock.now()).id }
}

/** Empties the shop of its products, as a failed import may. */
const clear: Action = (shop) => {
    const count = shop.products.size
    for (const product of [...shop.products.values()]) removeProduct(shop, product)
    return { deleted: count }
}

export const placeActions: Readonly<Record<string, Action>> = {
    'collection.create': createCollection,
    'collection.add': addToCollection,
    'collection.remove': removeFromCollection,
    'collection.delete': deleteCollection,
    'location.activate': activate,
    'location.create': createLocation,
    'location.deactivate': deactivate,
    'products.clear': clear,
}
