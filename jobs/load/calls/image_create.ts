import type { Json } from '../../../connectors/entities/index.ts'
import { gid, parseGid } from '../../../connectors/shopify/gid.ts'
import { madeImage } from '../created.ts'
import type { Kind } from '../kind.ts'
import { byProduct, inCalls, type Line, unitsOf } from '../line.ts'
import { again, NOT_DONE, type Outcome } from '../outcome.ts'
import { allOrNothing } from '../refusals.ts'
import { linkedImages, type Medium, mediaNow } from '../seen.ts'

type ImagePayload = { source_image_id: string; url: string; alt: string | null; position: string }

const payloadOf = (line: Line) => line.after as unknown as ImagePayload

/** The store's clock and ours may differ by so much. */
const CLOCKS_DIFFER_MS = 10 * 60_000

/** Images a linked product lacks. They come last; their place, and the variants that show them, follow when compared next. */
export const imageCreate: Kind = {
    name: 'image_create',
    root: 'productUpdate',
    selects: { entity: 'image', action: 'create', fields: null },
    batch: 100,
    plan: (lines) => ({
        drafts: byProduct(lines)
            .flatMap((own) => inCalls(unitsOf(own), 50))
            .map((units) => ({
                lines: units.flat(),
                variables: {
                    product: { id: gid('Product', units[0]![0]!.product_id) },
                    media: units.map(([line]) => mediaInput(payloadOf(line!))),
                    count: units.length,
                },
            })),
        outcomes: [],
    }),
    async judge(lines, { product, userErrors }, place) {
        if (userErrors.length > 0) {
            // The product's own part may have been done and some of the media with it.
            if (product) return imageCreate.lookUp(lines, place, { later: false, sentAt: new Date() })
            return allOrNothing(unitsOf(lines), userErrors)
        }
        const nodes = (product as { media: { nodes: Medium[] } }).media.nodes
        return lines.map((line, index) => made(line, nodes[index]!))
    },
    /** Ours are those that no link knows, made since the call was sent, with its texts, in its order from the end. */
    async lookUp(lines, place, { sentAt }) {
        const productIds = lines.map((line) => line.product_id)
        const [media, linked] = [await mediaNow(place, productIds), await linkedImages(place, productIds)]
        return byProduct(lines).flatMap((own) => {
            const productId = own[0]!.product_id
            const fresh = (media.get(productId) ?? []).filter(
                ({ id, createdAt, mediaContentType }) =>
                    mediaContentType === 'IMAGE' &&
                    !linked.get(productId)?.has(parseGid('MediaImage', id)) &&
                    Date.parse(createdAt ?? '') >= sentAt.getTime() - CLOCKS_DIFFER_MS,
            )
            return pairFromTheEnd(own, fresh)
        })
    },
}

function mediaInput({ url, alt }: ImagePayload): Json {
    return { originalSource: url, mediaContentType: 'IMAGE', ...(alt && { alt }) }
}

function pairFromTheEnd(lines: readonly Line[], fresh: Medium[]): Outcome[] {
    return lines
        .toReversed()
        .map((line) => {
            const at = fresh.findLastIndex((medium) => (medium.alt || null) === (payloadOf(line).alt || null))
            const [medium] = at === -1 ? [] : fresh.splice(at)
            return medium ? made(line, medium) : again(line, NOT_DONE)
        })
        .toReversed()
}

function made(line: Line, node: Medium): Outcome {
    const { source_image_id, alt } = payloadOf(line)
    return { line, status: 'applied', created: { variants: [], images: [madeImage(source_image_id, { alt }, node)] } }
}
