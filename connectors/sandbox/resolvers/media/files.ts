import type { Context, Resolvers } from '../../context.ts'
import { gid } from '../../shop/gids.ts'
import { addMedia, detachMedia, stateOf } from '../../shop/pictures.ts'
import type { Media, Product, Shop } from '../../shop/state.ts'
import { storedText } from '../../shop/text.ts'
import { touch } from '../../shop/touch.ts'
import { productById } from '../products/find.ts'
import { type UserError, userError } from '../user_error.ts'
import { typenameOf } from './product_media.ts'

/** Characters an alt text may have. */
const LONGEST_ALT = 512

type Create = { originalSource: string; alt?: string | null; contentType?: string | null; filename?: string | null }
type Update = {
    id: string
    alt?: string | null
    originalSource?: string | null
    filename?: string | null
    referencesToAdd?: string[] | null
    referencesToRemove?: string[] | null
}

export const resolvers: Resolvers = {
    Mutation: {
        fileCreate: (_: unknown, { files }: { files: Create[] }, { shop, clock }: Context) => {
            const errors = files.flatMap(({ originalSource, alt }, index) => {
                const path = ['files', String(index)]
                const invalid = userError(
                    [...path, 'originalSource'],
                    'Image URL is invalid',
                    'INVALID_IMAGE_SOURCE_URL',
                )
                return [...(URL.canParse(originalSource) ? [] : [invalid]), ...altErrors(alt, path)]
            })
            if (errors.length > 0) return { files: null, userErrors: errors }
            const made = files.map(({ originalSource, alt, filename, contentType }) => {
                const given = { originalSource, filename: filename ?? undefined, type: typenameOf(contentType) }
                return addMedia(shop, { ...given, alt: storedText(shop, alt ?? '') }, clock.now())
            })
            return { files: made, userErrors: [] }
        },
        fileUpdate: (_: unknown, { files }: { files: Update[] }, context: Context) => {
            const errors = files.flatMap((update, index) => updateErrors(context, update, ['files', String(index)]))
            if (errors.length > 0) return { files: null, userErrors: errors }
            return { files: files.map((update) => updated(context, update)), userErrors: [] }
        },
        fileDelete: (_: unknown, { fileIds }: { fileIds: string[] }, { shop, clock }: Context) => {
            const unknown = fileIds.filter((id) => !fileOf(shop, id))
            if (unknown.length > 0) {
                const message = `File id${unknown.length > 1 ? 's' : ''} ${unknown.join(', ')} do${unknown.length > 1 ? '' : 'es'} not exist.`
                return { deletedFileIds: null, userErrors: [userError(['fileIds'], message, 'FILE_DOES_NOT_EXIST')] }
            }
            const ids = new Set(fileIds.map((id) => fileOf(shop, id)!.id))
            for (const product of productsWith(shop, ids)) {
                detachMedia(shop, product, ids)
                touch(shop, product, clock.now())
            }
            for (const id of ids) shop.media.delete(id)
            return { deletedFileIds: fileIds, userErrors: [] }
        },
    },
}

function fileOf(shop: Shop, id: string): Media | undefined {
    const media = shop.media.get(Number(id.slice(id.lastIndexOf('/') + 1)))
    return media && id === gid(media.__typename, media.id) ? media : undefined
}

function productsWith(shop: Shop, ids: ReadonlySet<number>): Product[] {
    return [...shop.products.values()].filter(({ mediaIds }) => mediaIds.some((id) => ids.has(id)))
}

function altErrors(alt: string | null | undefined, path: string[]): UserError[] {
    if (alt == null || alt.length <= LONGEST_ALT) return []
    return [
        userError(
            [...path, 'alt'],
            `The alt value exceeds the maximum limit of ${LONGEST_ALT} characters.`,
            'ALT_VALUE_LIMIT_EXCEEDED',
        ),
    ]
}

function updateErrors(context: Context, update: Update, path: string[]): UserError[] {
    const { shop, clock } = context
    const media = fileOf(shop, update.id)
    if (!media) return [userError([...path, 'id'], `File id ${update.id} does not exist.`, 'FILE_DOES_NOT_EXIST')]
    const errors = altErrors(update.alt, path)
    if (stateOf(shop, media, clock.now()) !== 'READY') {
        errors.push(userError([...path, 'id'], 'Non-ready files cannot be updated.', 'NON_READY_STATE'))
    }
    for (const list of ['referencesToAdd', 'referencesToRemove'] as const) {
        if (update[list]?.some((id) => !productById(context, id))) {
            const message = 'The reference target does not exist.'
            errors.push(userError([...path, list], message, 'REFERENCE_TARGET_DOES_NOT_EXIST'))
        }
    }
    return errors
}

/** Changes the file itself (alt text, picture), and which products show it: attached at the end, or detached. */
function updated(context: Context, update: Update): Media {
    const { shop, clock } = context
    const now = clock.now()
    const media = fileOf(shop, update.id)!
    const changed = new Set(productsWith(shop, new Set([media.id])))
    if (update.alt != null) media.alt = storedText(shop, update.alt)
    if (update.originalSource != null) {
        media.originalSource = update.originalSource
        media.version += 1
    }
    for (const id of update.referencesToAdd ?? []) {
        const product = productById(context, id)!
        if (!product.mediaIds.includes(media.id)) product.mediaIds = [...product.mediaIds, media.id]
        changed.add(product)
    }
    for (const id of update.referencesToRemove ?? []) {
        const product = productById(context, id)!
        detachMedia(shop, product, new Set([media.id]))
        changed.add(product)
    }
    touch(shop, media, now)
    for (const product of changed) touch(shop, product, now)
    return media
}
