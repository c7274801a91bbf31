import type { Context, Resolvers } from '../../context.ts'
import { addCollection, newCollectionHandle } from '../../shop/collections.ts'
import { gid, numberOf } from '../../shop/gids.ts'
import type { Collection } from '../../shop/state.ts'
import { storedHtml, storedText } from '../../shop/text.ts'
import { touch } from '../../shop/touch.ts'
import { newJob } from '../jobs.ts'
import { type MetafieldInput, writeMetafield } from '../metafields/write.ts'
import { tooLong, type UserError, userError } from '../user_error.ts'
import { inclusionsOf, type SourceInput, type UpdateSources, updateSources } from './source_input.ts'

type CollectionInput = UpdateSources & {
    id?: string | null
    title?: string | null
    handle?: string | null
    descriptionHtml?: string | null
    sortOrder?: string | null
    templateSuffix?: string | null
    seo?: { title?: string | null; description?: string | null } | null
    ruleSet?: Collection['rules'] | null
    products?: string[] | null
    metafields?: MetafieldInput[] | null
    image?: { src?: string | null; altText?: string | null } | null
    sources?: SourceInput[] | null
}
type Either = { collection?: CollectionInput | null; input?: CollectionInput | null }

export const resolvers: Resolvers = {
    Mutation: {
        collectionCreate: (_: unknown, { collection: given, input: old }: Either, context: Context) => {
            const input = given ?? old ?? {}
            const userErrors = inputErrors(input, true)
            if (userErrors.length > 0) return { collection: null, userErrors }
            return { collection: created(context, input), userErrors: [] }
        },
        collectionUpdate: (_: unknown, { collection: given, input: old }: Either, context: Context) => {
            const input = given ?? old ?? {}
            const collection = context.shop.collections.get(numberOf(input.id, 'Collection'))
            if (!collection) {
                return { collection: null, job: null, userErrors: [userError(['id'], 'Collection does not exist')] }
            }
            const userErrors = inputErrors(input, false)
            if (userErrors.length > 0) return { collection, job: null, userErrors }
            if (input.handle?.trim()) collection.handle = newHandle(context, collection, input.handle)
            write(context, collection, input)
            const changesMembers = updateSources(context, collection, input)
            return { collection, job: changesMembers || input.ruleSet ? newJob(context) : null, userErrors: [] }
        },
        collectionDelete: (_: unknown, { input }: { input: { id: string } }, { shop }: Context) => {
            const id = numberOf(input.id, 'Collection')
            const known = shop.collections.delete(id)
            const userErrors = known ? [] : [userError(['id'], 'Collection does not exist')]
            return { deletedCollectionId: known ? gid('Collection', id) : null, shop, userErrors }
        },
    },
}

function inputErrors({ title, handle }: CollectionInput, creates: boolean): UserError[] {
    const blank = creates ? !title?.trim() : title != null && title.trim() === ''
    const faults: [string, string | null][] = [
        ['title', blank ? "Title can't be blank" : tooLong(title, 'Title')],
        ['handle', tooLong(handle, 'Handle')],
    ]
    return faults.flatMap(([field, message]) => (message === null ? [] : [userError([field], message)]))
}

function created(context: Context, input: CollectionInput): Collection {
    const { shop, clock } = context
    const inclusions = inclusionsOf(input.sources)
    const rules = input.ruleSet ?? inclusions.rules
    const sortOrder = input.sortOrder ?? (rules ? 'BEST_SELLING' : 'MANUAL')
    const given = { title: storedText(shop, input.title!), handle: input.handle || input.title!, sortOrder, rules }
    const collection = addCollection(shop, given, clock.now())
    const ids = [...(input.products ?? []).map((id) => numberOf(id, 'Product')), ...inclusions.productIds]
    collection.productIds = [...new Set(ids)].filter((id) => shop.products.has(id))
    write(context, collection, input)
    return collection
}

function newHandle({ shop }: Context, collection: Collection, wanted: string): string {
    const old = collection.handle
    // its own handle is free for it
    collection.handle = ''
    const handle = newCollectionHandle(shop, wanted)
    collection.handle = old
    return handle
}

function write(context: Context, collection: Collection, input: CollectionInput) {
    const { shop, clock } = context
    if (input.title != null) collection.title = storedText(shop, input.title)
    if (input.descriptionHtml != null) collection.descriptionHtml = storedHtml(shop, input.descriptionHtml)
    if (input.sortOrder != null) collection.sortOrder = input.sortOrder
    if (input.templateSuffix !== undefined) collection.templateSuffix = input.templateSuffix
    if (input.ruleSet != null) collection.rules = input.ruleSet
    if (input.image?.src) collection.image = { src: input.image.src, alt: input.image.altText ?? null }
    for (const part of ['title', 'description'] as const) {
        const text = input.seo?.[part]
        if (text !== undefined) collection.seo[part] = text === null || text === '' ? null : storedText(shop, text)
    }
    for (const metafield of input.metafields ?? []) writeMetafield(context, collection, metafield)
    touch(shop, collection, clock.now())
}
