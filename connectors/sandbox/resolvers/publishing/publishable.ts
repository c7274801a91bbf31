import type { Context, Resolvers } from '../../context.ts'
import { isoTime, numberOf } from '../../shop/gids.ts'
import type { Collection, Product, ResourcePublication, Shop, Variant } from '../../shop/state.ts'
import { touch } from '../../shop/touch.ts'
import { connection, type PageArgs } from '../connection.ts'
import { exactly } from '../counts.ts'
import { nodeById } from '../node_types.ts'
import { type UserError, userError } from '../user_error.ts'

type Publishable = Product | Collection | Variant
type Filter = PageArgs & { onlyPublished: boolean }
type Publish = { id: string; input: { publicationId?: string | null; publishDate?: string | null }[] }

/** A variant is published where its product is. */
function publicationsOf(shop: Shop, resource: Publishable): ResourcePublication[] {
    if (resource.__typename === 'ProductVariant') return shop.products.get(resource.productId)?.publications ?? []
    return resource.publications
}

function isVisible(shop: Shop, resource: Publishable): boolean {
    if (resource.__typename === 'Collection') return true
    const product = resource.__typename === 'Product' ? resource : shop.products.get(resource.productId)
    return product?.status === 'ACTIVE' || product?.status === 'UNLISTED'
}

/** Included, the date has come, and (of a product) its status lets it be seen. */
function isPublished({ shop, clock }: Context, resource: Publishable, { publishDate }: ResourcePublication): boolean {
    return publishDate <= clock.now() && isVisible(shop, resource)
}

export function isPublishedOn(context: Context, resource: Publishable, publicationId: number): boolean {
    const entry = publicationsOf(context.shop, resource).find((one) => one.publicationId === publicationId)
    return entry !== undefined && isPublished(context, resource, entry)
}

function shownPublications(resource: Publishable, { onlyPublished }: Filter, context: Context) {
    return publicationsOf(context.shop, resource)
        .filter((entry) => !onlyPublished || isPublished(context, resource, entry))
        .map((entry) => ({
            // planned for a later date counts as published here, waiting for a draft to become active does not
            isPublished: isVisible(context.shop, resource),
            publication: context.shop.publications.get(entry.publicationId),
            publishDate: isoTime(entry.publishDate),
            publishable: resource,
        }))
}

const ofPublishable = {
    publishedOnPublication: (resource: Publishable, { publicationId }: { publicationId: string }, context: Context) =>
        isPublishedOn(context, resource, numberOf(publicationId, 'Publication')),
    publishedOnCurrentPublication: () => false,
    publishedOnCurrentChannel: () => false,
    resourcePublicationsV2: (resource: Publishable, args: Filter, context: Context, info: unknown) =>
        connection(shownPublications(resource, args, context), args, context, info),
    resourcePublications: (resource: Publishable, args: Filter, context: Context, info: unknown) =>
        connection(shownPublications(resource, args, context), args, context, info),
    resourcePublicationsCount: (resource: Publishable, args: Filter, context: Context) =>
        exactly(shownPublications(resource, args, context).length),
    publicationCount: (resource: Publishable, args: Filter, context: Context) =>
        shownPublications(resource, args, context).length,
    availablePublicationsCount: (resource: Publishable, _: unknown, context: Context) =>
        exactly(shownPublications(resource, { onlyPublished: true }, context).length),
    unpublishedPublications: (resource: Publishable, args: PageArgs, context: Context, info: unknown) => {
        const all = [...context.shop.publications.values()]
        const off = all.filter(({ id }) => !isPublishedOn(context, resource, id))
        return connection(off, args, context, info)
    },
}

export const resolvers: Resolvers = {
    Product: ofPublishable,
    ProductVariant: ofPublishable,
    Collection: ofPublishable,
    Mutation: {
        publishablePublish: (_: unknown, args: Publish, context: Context) => changed(context, args, publish),
        publishableUnpublish: (_: unknown, args: Publish, context: Context) => changed(context, args, unpublish),
    },
}

type Change = (resource: Product | Collection, publicationId: number, publishDate: number) => void

const publish: Change = (resource, publicationId, publishDate) => {
    const others = resource.publications.filter((one) => one.publicationId !== publicationId)
    resource.publications = [...others, { publicationId, publishDate }]
}

const unpublish: Change = (resource, publicationId) => {
    resource.publications = resource.publications.filter((one) => one.publicationId !== publicationId)
}

function changed(context: Context, { id, input }: Publish, change: Change) {
    const { shop, clock } = context
    const found = nodeById(context, id) as Publishable | null
    const known = found?.__typename === 'Product' || found?.__typename === 'Collection'
    if (!known) return { publishable: null, shop, userErrors: [userError(['id'], 'Resource does not exist')] }
    const userErrors = input.flatMap(({ publicationId }, index) => inputError(shop, publicationId, index))
    if (userErrors.length > 0) return { publishable: found, shop, userErrors }
    for (const { publicationId, publishDate } of input) {
        const at = publishDate == null ? clock.now() : Date.parse(publishDate)
        change(found, numberOf(publicationId, 'Publication'), at)
    }
    if (found.__typename === 'Product') found.publishedAt = onlineStoreDate(shop, found)
    touch(shop, found, clock.now())
    return { publishable: found, shop, userErrors: [] }
}

function inputError(shop: Shop, publicationId: string | null | undefined, index: number): UserError[] {
    if (shop.publications.has(numberOf(publicationId, 'Publication'))) return []
    return [userError(['input', String(index), 'publicationId'], 'Publication does not exist or is not publishable')]
}

/** A product's publishedAt is that of the online store. */
function onlineStoreDate(shop: Shop, product: Product): number | null {
    const online = [...shop.publications.values()].find(({ name }) => name === 'Online Store')
    return product.publications.find(({ publicationId }) => publicationId === online?.id)?.publishDate ?? null
}
