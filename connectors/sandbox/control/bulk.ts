import { type BulkOperation, nextId } from '../shop/state.ts'
import { type ControlBody, numberIn, shopNamed, textIn, type Verb } from './body.ts'

/** How bulk operations go on: `{shop?, ticks?, hold?}`; see BulkSettings. Held ones wait for `bulk.release`. */
const set: Verb = ({ bulkDesk }, body) => {
    const ticks = numberIn(body, 'ticks')
    const hold = typeof body.hold === 'boolean' ? body.hold : undefined
    return bulkDesk.set(textIn(body, 'shop') ?? '*', {
        ...(ticks === undefined ? {} : { ticks }),
        ...(hold === undefined ? {} : { hold }),
    })
}

/** Puts finished operations of the past into a shop, as `operations` describes them; times are ISO. */
const past: Verb = (parts, body) => {
    const shop = shopNamed(parts, body.shop)
    if (!Array.isArray(body.operations)) throw new Error('bulk.past: expected operations to be a list')
    const ids = body.operations.map((given: ControlBody) => {
        const row = pastOperation(given, nextId(shop))
        shop.bulkOperations.set(row.id, row)
        return row.id
    })
    return { ids }
}

function pastOperation(given: ControlBody, id: number): BulkOperation {
    const time = (name: string) => {
        const text = textIn(given, name)
        return text === undefined ? null : Date.parse(text)
    }
    return {
        __typename: 'BulkOperation',
        id,
        type: textIn(given, 'type') === 'MUTATION' ? 'MUTATION' : 'QUERY',
        query: textIn(given, 'query') ?? '{ products { edges { node { id } } } }',
        status: (textIn(given, 'status') ?? 'COMPLETED') as BulkOperation['status'],
        errorCode: textIn(given, 'errorCode') ?? null,
        createdAt: time('createdAt') ?? 0,
        completedAt: time('completedAt'),
        objectCount: Number(given.objectCount ?? 0),
        rootObjectCount: Number(given.rootObjectCount ?? 0),
        fileSize: given.fileSize == null ? null : Number(given.fileSize),
        url: textIn(given, 'url') ?? null,
        partialDataUrl: textIn(given, 'partialDataUrl') ?? null,
    }
}

export const bulkVerbs: Readonly<Record<string, Verb>> = {
    'bulk.set': set,
    'bulk.release': ({ bulkDesk }, body) => ({ released: bulkDesk.release(textIn(body, 'shop')) }),
    'bulk.past': past,
}
