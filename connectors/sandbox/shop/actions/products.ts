import { addProduct, addVariant, newHandle, removeProduct, renameHandle } from '../goods.ts'
import { addMedia } from '../pictures.ts'
import { nextId, type Product, type ProductStatus, type Shop } from '../state.ts'
import { storedHtml, storedTags, storedText } from '../text.ts'
import { touch } from '../touch.ts'
import { type Action, type ActionBody, objectOf, productIn, publicationIn, textOf, textsOf } from './body.ts'
import { editVariant } from './variants.ts'

const STATUSES = ['ACTIVE', 'ARCHIVED', 'DRAFT', 'UNLISTED']

/** `{id|handle|sku, set: {title, descriptionHtml, vendor, productType, tags, status, handle, seo, category …}}` */
const edit: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    setFields(shop, product, objectOf(body, 'set'))
    touch(shop, product, clock.now())
    return { id: product.id, handle: product.handle }
}

/**
 * `{title, handle?, status? …, options?: ['Color'], variants?: [{sku, price, options?: ['Red'], available?}],
 * images?: [src], published?: true}`: with the fields of product.edit beside the title.
 */
const create: Action = (shop, body, clock) => {
    const now = clock.now()
    const title = textOf(body, 'title')
    if (!title) throw new Error(`expected title of the new product, got ${JSON.stringify(body.title)}`)
    const product = addProduct(shop, { title, handle: textOf(body, 'handle') ?? title }, now)
    const { handle: _, options: __, ...fields } = body
    setFields(shop, product, fields)
    const variants = (body.variants ?? [{}]) as ActionBody[]
    const names = textsOf(body, 'options')
    product.options = (names.length > 0 ? names : ['Title']).map((name, place) => ({
        __typename: 'ProductOption' as const,
        id: nextId(shop),
        name,
        values: [...new Set(variants.map((variant) => valuesOf(variant)[place] ?? ''))].map((value) => ({
            id: nextId(shop),
            name: value,
        })),
    }))
    for (const src of textsOf(body, 'images')) {
        product.mediaIds.push(addMedia(shop, { originalSource: src, ready: true }, now).id)
    }
    for (const given of variants) {
        const variant = addVariant(shop, product, { options: valuesOf(given) }, now)
        editVariant(shop, variant, given, now)
    }
    if (body.published === true) publishOn(shop, product, publicationIn(shop, {}).id, now)
    return { id: product.id, handle: product.handle, variantIds: product.variantIds }
}

function valuesOf(variant: ActionBody): string[] {
    const values = textsOf(variant, 'options')
    return values.length > 0 ? values : ['Default Title']
}

const remove: Action = (shop, body) => {
    const product = productIn(shop, body)
    removeProduct(shop, product)
    return { id: product.id }
}

const publish: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    publishOn(shop, product, publicationIn(shop, body).id, clock.now())
    return { id: product.id }
}

function publishOn(shop: Shop, product: Product, publicationId: number, now: number) {
    const others = product.publications.filter((one) => one.publicationId !== publicationId)
    product.publications = [...others, { publicationId, publishDate: now }]
    product.publishedAt = now
    touch(shop, product, now)
}

const unpublish: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    const { id } = publicationIn(shop, body)
    product.publications = product.publications.filter(({ publicationId }) => publicationId !== id)
    touch(shop, product, clock.now())
    return { id: product.id }
}

/** `{id|handle|sku, tag}` */
const addTag: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    product.tags = storedTags(shop, [...product.tags, textOf(body, 'tag') ?? ''])
    touch(shop, product, clock.now())
    return { tags: product.tags }
}

const removeTag: Action = (shop, body, clock) => {
    const product = productIn(shop, body)
    const gone = textOf(body, 'tag')?.trim().toLowerCase()
    product.tags = product.tags.filter((tag) => tag.toLowerCase() !== gone)
    touch(shop, product, clock.now())
    return { tags: product.tags }
}

export const productActions: Readonly<Record<string, Action>> = {
    'product.create': create,
    'product.edit': edit,
    'product.delete': remove,
    'product.publish': publish,
    'product.unpublish': unpublish,
    'tag.add': addTag,
    'tag.remove': removeTag,
}

/** The shop stores what its people type as it stores what programs send. */
function setFields(shop: Shop, product: Product, set: ActionBody) {
    const [title, html, vendor, type] = ['title', 'descriptionHtml', 'vendor', 'productType'].map((name) =>
        textOf(set, name),
    )
    if (title != null) product.title = storedText(shop, title)
    if (html != null) product.descriptionHtml = storedHtml(shop, html)
    if (vendor != null) product.vendor = storedText(shop, vendor)
    if (type != null) product.productType = storedText(shop, type)
    if (set.tags !== undefined) product.tags = storedTags(shop, textsOf(set, 'tags'))
    if (set.category !== undefined) product.category = textOf(set, 'category')
    if (set.bundle !== undefined) product.bundle = set.bundle === true
    if (set.seo !== undefined) Object.assign(product.seo, objectOf(set, 'seo'))
    const status = textOf(set, 'status')
    if (status !== null) product.status = statusFrom(status)
    const handle = textOf(set, 'handle')
    if (handle !== null && handle !== product.handle) renameHandle(shop, product, newHandle(shop, handle))
}

function statusFrom(status: string): ProductStatus {
    const known = STATUSES.find((one) => one === status.toUpperCase())
    if (known) return known as ProductStatus
    throw new Error(`expected status to be one of ${STATUSES.join(', ')}, got ${status}`)
}
