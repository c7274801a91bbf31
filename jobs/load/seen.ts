import { idAt, type Json, type Node, product } from '../../connectors/entities/index.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { query } from '../../sql/query.ts'
import { documentOf } from './documents.ts'
import { entityOf, type Line, objectId } from './line.ts'
import type { Values } from './outcome.ts'
import { keysOf, type Place } from './place.ts'

/** A query of 100 nodes costs what one of them costs and a connection's few points, so plain reads serve any size. */
const NODES = 100
/** Products with their media: the connection alone weighs some 40 points. */
const PRODUCTS_WITH_MEDIA = 20

export type Medium = { id: string; alt: string | null; status: string; mediaContentType: string; createdAt?: string }

/** Objects as they are now, by id; null where there is none any more. */
export async function nodesNow(place: Place, type: 'Product' | 'ProductVariant', ids: readonly string[]) {
    const name = type === 'Product' ? 'products_now' : 'variants_now'
    return readNodes<Node>(place, documentOf(name, place.destination.publication_id), type, ids, NODES)
}

/** Names of the options of lines' products: values are written by the option's name, which is the destination's own. */
export async function optionNamesNow(place: Place, lines: readonly Line[]): Promise<Map<string, string[]>> {
    const nodes = await nodesNow(
        place,
        'Product',
        lines.map((line) => line.product_id),
    )
    const names = product.fields.find((field) => field.name === 'options')!
    return new Map([...nodes].map(([id, node]) => [id, node ? (names.read(node) as string[]) : []]))
}

/** The media of products as they are now, in their order. */
export async function mediaNow(place: Place, productIds: readonly string[]): Promise<Map<string, Medium[]>> {
    const seen = await readNodes<{ id: string; media: { nodes: Medium[] } }>(
        place,
        documentOf('media_now'),
        'Product',
        productIds,
        PRODUCTS_WITH_MEDIA,
    )
    return new Map([...seen].map(([id, node]) => [id, node?.media.nodes ?? []]))
}

async function readNodes<T>(place: Place, document: string, type: string, ids: readonly string[], most: number) {
    const seen = new Map<string, T | null>()
    const wanted = [...new Set(ids)]
    for (let start = 0; start < wanted.length; start += most) {
        const part = wanted.slice(start, start + most)
        const { nodes } = await place.client.query<{ nodes: (T | null)[] }>(document, {
            ids: part.map((id) => gid(type, id)),
        })
        part.forEach((id, index) => {
            seen.set(id, nodes[index] ?? null)
        })
    }
    return seen
}

/** What each line's object shows now in the line's field, by change id; null where the object is gone. */
export async function valuesNow(place: Place, lines: readonly Line[]): Promise<Map<string, Values | null>> {
    const values = new Map<string, Values | null>()
    for (const [entity, own] of Map.groupBy(lines, (line) => line.entity)) {
        const read = entity === 'image' ? await imageReader(place, own) : await nodeReader(place, entity, own)
        for (const line of own) values.set(line.change_id, read(line))
    }
    return values
}

type Reader = (line: Line) => Values | null

async function nodeReader(place: Place, entity: Line['entity'], lines: readonly Line[]): Promise<Reader> {
    const nodes = await nodesNow(place, entity === 'product' ? 'Product' : 'ProductVariant', lines.map(objectId))
    return (line) => {
        const node = nodes.get(objectId(line)) ?? null
        if (node === null) return null
        if (line.field === 'image_id') return { image_id: shownImage(node) }
        const field = entityOf(line).fields.find((it) => it.name === line.field)
        return field ? { [field.name]: field.read(node) as Json } : {}
    }
}

function shownImage(node: Node): Json {
    const { nodes } = node.media as { nodes: { id: string }[] }
    return nodes[0] ? idAt('id')(nodes[0]) : null
}

/** An image's place counts the linked images of its product only, as the comparison counts them. */
async function imageReader(place: Place, lines: readonly Line[]): Promise<Reader> {
    const productIds = lines.map((line) => line.product_id)
    const [media, linked] = [await mediaNow(place, productIds), await linkedImages(place, productIds)]
    return (line) => {
        const ours = ownImages(media.get(line.product_id) ?? [], linked.get(line.product_id))
        const index = ours.findIndex((medium) => medium.id === gid('MediaImage', line.item_id))
        if (index === -1) return null
        const now: Values = { position: index + 1, alt: ours[index]!.alt || null }
        return { [line.field]: now[line.field] ?? null }
    }
}

/** Linked images among a product's media, in their order. */
export function ownImages(media: readonly Medium[], linked: ReadonlySet<string> | undefined): Medium[] {
    return media.filter((medium) => linked?.has(idAt('id')(medium) ?? ''))
}

/** Ids of the linked images of products. */
export async function linkedImages(place: Place, productIds: readonly string[]): Promise<Map<string, Set<string>>> {
    type Row = { product_id: string; image_ids: string[] }
    const parameters = { ...keysOf(place), product_ids: [...new Set(productIds)] }
    const rows = await query<Row>(place.context.db, 'load/linked_images', parameters)
    return new Map(rows.map((row) => [row.product_id, new Set(row.image_ids)]))
}
