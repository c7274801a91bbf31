import type { Context } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { addProduct, addVariant, itemOf, removeVariant, renameHandle, variantsOf } from '../../shop/goods.ts'
import { addMedia } from '../../shop/pictures.ts'
import type { Media, Product, Variant } from '../../shop/state.ts'
import { moveStock, quantityOf, stockItemAt } from '../../shop/stock.ts'
import { storedText } from '../../shop/text.ts'
import { touch } from '../../shop/touch.ts'
import { fullNamespace } from '../metafields/owners.ts'
import { removeMetafields, writeMetafield } from '../metafields/write.ts'
import { writeVariant } from '../variants/variant_input.ts'
import type { ProductIdentifier } from './find.ts'
import { defaultOption } from './options.ts'
import { storedFields, wantedHandle, writeProduct } from './product_input.ts'
import type { FileInput, ProductSetInput, SetVariantInput } from './product_set_check.ts'
import type { VariantPlan } from './product_set_variants.ts'

/** Writes a set that has been checked: makes the product if there is none, then replaces every list that is given. */
export function applySet(
    context: Context,
    known: Product | null,
    input: ProductSetInput,
    plan: VariantPlan,
    identifier: ProductIdentifier | null,
): Product {
    const product = known ?? created(context, input, plan)
    const handle = wantedHandle(input.handle)
    if (handle !== null && handle !== product.handle) renameHandle(context.shop, product, handle)
    writeProduct(context, product, input)
    replaceMetafields(context, product, input, identifier)
    const files = input.files == null ? null : replaceFiles(context, product, input.files)
    if (plan) replaceVariants(context, product, plan, files)
    if (input.collections != null) replaceCollections(context, product, input.collections)
    return product
}

function created({ shop, clock }: Context, input: ProductSetInput, plan: VariantPlan): Product {
    const now = clock.now()
    const title = storedText(shop, input.title ?? '')
    const product = addProduct(shop, { ...storedFields(shop, input), title, handle: input.handle ?? input.title! }, now)
    if (plan) return product
    product.options = [defaultOption(shop)]
    addVariant(shop, product, { options: ['Default Title'] }, now)
    return product
}

/** Metafields that are not in the list are gone; the one a custom id names is made when it is absent. */
function replaceMetafields(
    context: Context,
    product: Product,
    { metafields }: ProductSetInput,
    identifier: ProductIdentifier | null,
) {
    const customId = identifier?.customId
    if (customId && metafields == null) writeMetafield(context, product, customId)
    if (metafields == null) return
    const kept = new Set(metafields.map(({ namespace, key }) => `${fullNamespace(namespace)}.${key}`))
    removeMetafields(context, product, ({ namespace, key }) => !kept.has(`${namespace}.${key}`))
    for (const metafield of metafields) writeMetafield(context, product, metafield)
}

/** The files of the list, in its order, are the product's media; a new source makes a new file each time. */
function replaceFiles({ shop, clock }: Context, product: Product, files: FileInput[]): Map<FileInput, Media> {
    const media = new Map<FileInput, Media>()
    for (const file of files) {
        const known = shop.media.get(numberOfFile(file))
        const row =
            known ??
            addMedia(shop, { originalSource: file.originalSource!, filename: file.filename ?? undefined }, clock.now())
        if (file.alt != null) row.alt = storedText(shop, file.alt)
        media.set(file, row)
    }
    product.mediaIds = [...new Set([...media.values()].map(({ id }) => id))]
    const left = new Set(product.mediaIds)
    for (const variant of variantsOf(shop, product)) variant.mediaIds = variant.mediaIds.filter((id) => left.has(id))
    return media
}

function numberOfFile({ id }: FileInput): number {
    return id == null ? Number.NaN : Number(id.slice(id.lastIndexOf('/') + 1))
}

function replaceVariants(
    context: Context,
    product: Product,
    plan: NonNullable<VariantPlan>,
    files: Map<FileInput, Media> | null,
) {
    const { shop, clock } = context
    const kept = new Set(plan.variants.map(({ existing }) => existing))
    for (const variant of variantsOf(shop, product)) if (!kept.has(variant)) removeVariant(shop, variant)
    product.options = plan.options
    const ordered = plan.variants.map(({ input, existing, options }) => {
        const locationIds = input.inventoryQuantities?.length
            ? input.inventoryQuantities.map(({ locationId }) => numberOf(locationId, 'Location'))
            : undefined
        const variant = existing ?? addVariant(shop, product, { options, locationIds }, clock.now())
        variant.options = options
        writeVariant(context, variant, input)
        writeQuantities(context, variant, input)
        if (input.file) variant.mediaIds = mediaIdsOf(context, product, input.file, files)
        return variant.id
    })
    product.variantIds = ordered
    touch(shop, product, clock.now())
}

function writeQuantities({ shop, clock }: Context, variant: Variant, input: SetVariantInput) {
    for (const { locationId, name, quantity } of input.inventoryQuantities ?? []) {
        const level = stockItemAt(shop, itemOf(shop, variant), numberOf(locationId, 'Location'), clock.now())
        const state = name === 'on_hand' ? 'on_hand' : 'available'
        moveStock(shop, level, state, quantity - quantityOf(level, state), clock.now(), { cause: 'product' })
    }
}

/** A variant's file must be one of the product's: the same id, or the same source. */
function mediaIdsOf(
    { shop }: Context,
    product: Product,
    file: FileInput,
    files: Map<FileInput, Media> | null,
): number[] {
    for (const [given, media] of files ?? []) {
        const same = file.id == null ? given.originalSource === file.originalSource : given.id === file.id
        if (same) return [media.id]
    }
    const known = product.mediaIds.find(
        (id) => id === numberOfFile(file) || shop.media.get(id)?.originalSource === file.originalSource,
    )
    return known === undefined ? [] : [known]
}

function replaceCollections({ shop, clock }: Context, product: Product, ids: string[]) {
    const wanted = new Set(ids.map((id) => numberOf(id, 'Collection')))
    for (const collection of shop.collections.values()) {
        if (collection.rules) continue
        const is = collection.productIds.includes(product.id)
        if (is === wanted.has(collection.id)) continue
        collection.productIds = is
            ? collection.productIds.filter((id) => id !== product.id)
            : [...collection.productIds, product.id]
        touch(shop, collection, clock.now())
    }
}
