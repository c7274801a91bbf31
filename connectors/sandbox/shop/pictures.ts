import { createHash } from 'node:crypto'
import { type Media, nextId, type Product, type Shop } from './state.ts'

export type NewMedia = {
    originalSource: string
    alt?: string
    type?: Media['__typename']
    filename?: string
    /** true: no wait, as for pictures that have been there for long */
    ready?: boolean
}

const EXTENSIONS: Record<string, string> = {
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    png: 'image/png',
    webp: 'image/webp',
}

/**
 * Takes a file over into the shop: it gets a name and an address of the shop's own, which never equal the source's
 * (spec rule 48), and needs a while until it is ready.
 */
export function addMedia(shop: Shop, given: NewMedia, now: number): Media {
    const id = nextId(shop)
    const { stem, extension } = nameOf(given.filename ?? given.originalSource)
    const mark = createHash('md5').update(`${shop.domain} ${id}`).digest('hex').slice(0, 12)
    const media: Media = {
        __typename: given.type ?? 'MediaImage',
        id,
        alt: given.alt ?? '',
        filename: `${stem}_${mark}.${extension}`,
        originalSource: given.originalSource,
        failed: !/^(https?|shopify-staged|gid):\/\//i.test(given.originalSource),
        readyAt: given.ready ? now : now + shop.settings.mediaMs,
        readsLeft: given.ready ? 0 : shop.settings.mediaReads,
        width: 1200,
        height: 1600,
        mimeType: EXTENSIONS[extension] ?? 'image/jpeg',
        version: Math.floor(now / 1000),
        createdAt: now,
        updatedAt: now,
    }
    shop.media.set(id, media)
    return media
}

function nameOf(source: string): { stem: string; extension: string } {
    const path = source.split(/[?#]/)[0] ?? ''
    const name = path.slice(path.lastIndexOf('/') + 1)
    const [, stem, extension] = /^(.*?)(?:\.([A-Za-z0-9]{2,5}))?$/.exec(name) ?? []
    const known = extension?.toLowerCase() ?? (/png$/i.test(name) ? 'png' : 'jpg')
    return { stem: (stem || 'file').replace(/[^\w-]+/g, '_').slice(0, 60), extension: known }
}

export type MediaState = 'UPLOADED' | 'PROCESSING' | 'READY' | 'FAILED'

/** Where a file stands: uploaded when just given, then processing, ready by the clock or after enough reads. */
export function stateOf(shop: Shop, media: Media, now: number): MediaState {
    if (media.readsLeft <= 0 || now >= media.readyAt) return media.failed ? 'FAILED' : 'READY'
    return media.readsLeft >= shop.settings.mediaReads ? 'UPLOADED' : 'PROCESSING'
}

/** The shop's own address of a file. `origin` is the shop's; the version changes when the picture is replaced. */
export function addressOf(origin: string, media: Media): string {
    return `${origin}/cdn/files/${media.filename}?v=${media.version}`
}

/** In the order of position. */
export function mediaOf(shop: Shop, product: Product): Media[] {
    return product.mediaIds.map((id) => shop.media.get(id)!).filter((media) => media !== undefined)
}

/** Takes files from a product, and from its variants; the files stay with the shop. */
export function detachMedia(shop: Shop, product: Product, ids: ReadonlySet<number>) {
    product.mediaIds = product.mediaIds.filter((id) => !ids.has(id))
    for (const variantId of product.variantIds) {
        const variant = shop.variants.get(variantId)!
        if (variant.mediaIds.some((id) => ids.has(id))) variant.mediaIds = variant.mediaIds.filter((id) => !ids.has(id))
    }
}
