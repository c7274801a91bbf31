import {
    type Entity,
    type Field,
    image,
    type Json,
    type Node,
    product,
    variant,
} from '../../connectors/entities/index.ts'
import { gid, parseGid } from '../../connectors/shopify/gid.ts'
import { ORIGIN } from '../../connectors/shopify/origin_definition.ts'
import { payloadOf } from './calls/product_create.ts'
import { documentOf } from './documents.ts'
import type { Line } from './line.ts'
import { type Created, type Outcome, sameText, seenIn, type Values } from './outcome.ts'
import type { Place } from './place.ts'

type Page = { nodes: Node[]; pageInfo?: { hasNextPage: boolean; endCursor: string | null } }
type MediaNode = { id: string; alt: string | null }

/** The product that carries this mark of ours, with its variants and media; null where there is none. */
export async function productByOrigin(place: Place, origin: string): Promise<Node | null> {
    const { namespace, key } = ORIGIN
    const identifier = { customId: { namespace, key, value: origin } }
    const document = documentOf('product_by_origin', place.destination.publication_id)
    const { productByIdentifier } = await place.client.query<{ productByIdentifier: Node | null }>(document, {
        identifier,
    })
    return productByIdentifier
}

/** A created product as its answer shows it: its links, its variants' and images', and what the store altered. */
export async function createdProduct(line: Line, answered: unknown, place: Place): Promise<Outcome> {
    const node = answered as Node
    const payload = payloadOf(line)
    const destinationId = parseGid('Product', String(node.id))
    const own = { destinationId, ...settledAs(product, payload.product, node) }
    const variants = await variantsMade(payload, node, place)
    const altered = alteredIn(product, own.wrote, own.saw)
    const created: Created = { product: own, variants, images: imagesMade(payload, node) }
    if (altered.length === 0) return { line, status: 'applied', created }
    const message = `the store keeps in its own form: ${altered.join(', ')}`
    return { line, status: 'as_stored', message, created }
}

type Payload = ReturnType<typeof payloadOf>

/** Variants come back in the order in which they were given; where their number differs they are told by their options. */
async function variantsMade(payload: Payload, node: Node, place: Place): Promise<Created['variants']> {
    const nodes = await allVariants(place, String(node.id), node.variants as unknown as Page)
    const inOrder = nodes.length === payload.variants.length
    const byOptions = new Map(nodes.map((it) => [optionKey(readAll(variant, it)), it]))
    return payload.variants.flatMap((values, index) => {
        const found = inOrder ? nodes[index] : byOptions.get(optionKey(values))
        if (!found) return []
        const sourceId = String(values.source_variant_id)
        return [madeVariant(values, found, payload.base?.[sourceId] ?? null, payload.inputs?.[sourceId] ?? null)]
    })
}

/** A variant that was created, for its link and baseline. `node` as the fragment StoredVariant reads it. */
export function madeVariant(values: Values, node: Node, base: string | null, inputs: string | null) {
    const sourceId = String(values.source_variant_id)
    const destinationId = parseGid('ProductVariant', String(node.id))
    return { sourceId, destinationId, ...settledAs(variant, values, node), base, inputs }
}

export function optionKey(values: Values): string {
    return JSON.stringify([values.option1 ?? null, values.option2 ?? null, values.option3 ?? null])
}

export function readAll(entity: Entity, node: Node): Values {
    return Object.fromEntries(storedFields(entity).map((field) => [field.name, field.read(node) as Json]))
}

/** All variants of a product, of which an answer gave the first page. */
export async function allVariants(place: Place, productGid: string, first: Page): Promise<Node[]> {
    const nodes = [...first.nodes]
    for (let page = first; page.pageInfo?.hasNextPage; ) {
        type Answer = { product: { variants: Page } | null }
        const variables = { id: productGid, after: page.pageInfo.endCursor }
        const answer: Answer = await place.client.query<Answer>(documentOf('variants_of_product'), variables)
        if (!answer.product) break
        page = answer.product.variants
        nodes.push(...page.nodes)
    }
    return nodes
}

export async function variantsOf(place: Place, productId: string): Promise<Node[]> {
    const first = { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } }
    return allVariants(place, gid('Product', productId), first)
}

/** Media come back in the order of the files given. A bulk answer has none: the next reading pairs them by place. */
function imagesMade(payload: Payload, node: Node): Created['images'] {
    const media = (node.media as unknown as { nodes: MediaNode[] } | undefined)?.nodes ?? []
    if (media.length !== payload.images.length) return []
    return payload.images.map((it, index) => {
        const values = { alt: it.alt, position: index + 1 }
        return madeImage(it.source_image_id, values, media[index]!)
    })
}

export function madeImage(sourceId: string, values: Values, node: MediaNode): Created['images'][number] {
    const destinationId = parseGid('MediaImage', node.id)
    return { sourceId, destinationId, ...settledAs(image, values, { alt: node.alt }) }
}

const storedFields = (entity: Entity): Field[] => entity.fields.filter((field) => !field.exact)

/** What was written of an entity's fields, and what the answer shows of them. */
function settledAs(entity: Entity, values: Values, node: Node): { wrote: Values; saw: Values } {
    const wrote: Values = {}
    const saw: Values = {}
    for (const field of entity.fields) {
        const value = values[field.name]
        if (value === undefined) continue
        wrote[field.name] = value
        saw[field.name] = field.exact ? value : seenIn(field, node, value)
    }
    return { wrote, saw }
}

function alteredIn(entity: Entity, wrote: Values, saw: Values): string[] {
    return storedFields(entity)
        .map((field) => field.name)
        .filter((name) => name in wrote && !sameText(wrote[name], saw[name]))
}
