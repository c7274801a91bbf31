import type { Context } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { productByHandle } from '../../shop/lookups.ts'
import type { Product } from '../../shop/state.ts'
import { fullNamespace } from '../metafields/owners.ts'
import { type UserError, userError } from '../user_error.ts'
import type { VariantInput } from '../variants/variant_input.ts'
import { isResolvable, NO_DEFINITION, type ProductIdentifier } from './find.ts'
import type { OptionInput } from './options.ts'
import { type ProductInput, productMetafieldFaults, textFaults, wantedHandle } from './product_input.ts'

export type FileInput = {
    id?: string | null
    originalSource?: string | null
    alt?: string | null
    filename?: string | null
    contentType?: string | null
}

export type SetVariantInput = VariantInput & {
    file?: FileInput | null
    position?: number | null
    inventoryQuantities?: { locationId: string; name: string; quantity: number }[] | null
}

export type ProductSetInput = ProductInput & {
    id?: string | null
    productOptions?: OptionInput[] | null
    variants?: SetVariantInput[] | null
    files?: FileInput[] | null
    collections?: string[] | null
}

/** What is wrong with the way the product is named. */
export function identifierErrors(
    context: Context,
    identifier: ProductIdentifier | null,
    input: ProductSetInput,
    product: Product | null,
): UserError[] {
    if (identifier === null) {
        const missing = input.id != null && product === null
        return missing ? [userError(['input', 'id'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')] : []
    }
    if (identifier.id != null && product === null) {
        return [userError(['identifier', 'id'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')]
    }
    if (identifier.handle != null) return handleErrors(identifier.handle, input, product)
    return identifier.customId == null ? [] : customIdErrors(context, identifier.customId, input)
}

function handleErrors(handle: string, input: ProductSetInput, product: Product | null): UserError[] {
    if (input.handle == null) {
        const message = 'The input field corresponding to the identifier is required.'
        return product ? [] : [userError(['input', 'handle'], message, 'MISSING_FIELD_REQUIRED')]
    }
    if (wantedHandle(input.handle) === wantedHandle(handle)) return []
    const message = 'The identifier value does not match the value of the corresponding field in the input.'
    return [userError(['input', 'handle'], message, 'INPUT_MISMATCH')]
}

type CustomId = NonNullable<ProductIdentifier['customId']>

function customIdErrors(context: Context, { namespace, key, value }: CustomId, input: ProductSetInput): UserError[] {
    if (!isResolvable(context, { customId: { namespace, key, value } })) {
        return [userError(['identifier', 'customId'], NO_DEFINITION, 'NOT_FOUND')]
    }
    const given = input.metafields?.find(
        (metafield) => fullNamespace(metafield.namespace) === fullNamespace(namespace) && metafield.key === key,
    )
    if (input.metafields == null || given?.value === value) return []
    const message = 'The input argument `metafields` (if present) must contain the `customId` value.'
    return [userError(['input', 'metafields'], message, 'METAFIELD_MISMATCH')]
}

/** What is wrong with the product's own fields, variants apart. */
export function inputErrors(context: Context, product: Product | null, input: ProductSetInput): UserError[] {
    const errors = product === null && input.title == null ? [blankTitle] : []
    return [
        ...errors,
        ...textErrors(input),
        ...handleTaken(context, product, input),
        ...productMetafieldFaults(context, product, input.metafields).map(({ field, message, code }) =>
            userError(['input', ...field], message, code === 'CAPABILITY_VIOLATION' ? code : 'INVALID_METAFIELD'),
        ),
        ...fileErrors(context, input.files),
        ...collectionErrors(context, input.collections),
    ]
}

const blankTitle = userError(['input', 'title'], "Title can't be blank", 'INVALID_PRODUCT')

/** Only the title is told at its own field, and its length twice: the handle made of it is too long as well. */
function textErrors(input: ProductSetInput): UserError[] {
    return textFaults(input).flatMap(({ field, message }) => {
        if (field !== 'title') return [userError(['input'], message, 'INVALID_PRODUCT')]
        if (!message.includes('too long')) return [userError(['input', 'title'], message, 'INVALID_PRODUCT')]
        const own = userError(['input', 'title'], message.replace('Title ', ''), 'INVALID_PRODUCT')
        const ofHandle = userError(['input'], message.replace('Title', 'Handle'), 'INVALID_PRODUCT')
        return input.handle == null ? [own, ofHandle] : [own]
    })
}

function handleTaken({ shop }: Context, product: Product | null, { handle }: ProductSetInput): UserError[] {
    const wanted = wantedHandle(handle)
    const holder = wanted === null ? undefined : productByHandle(shop, wanted)
    if (!holder || holder === product) return []
    const message = `Handle '${wanted}' already in use. Please provide a new handle.`
    return [userError(['input', 'handle'], message, 'HANDLE_NOT_UNIQUE')]
}

function fileErrors({ shop }: Context, files: FileInput[] | null | undefined): UserError[] {
    return (files ?? []).flatMap(({ id, originalSource }, index) => {
        const path = ['input', 'files', String(index)]
        if (id == null && originalSource == null) {
            return [userError(path, 'Either id or originalSource must be provided.', 'INVALID_INPUT')]
        }
        const known = id == null || shop.media.has(Number(id.slice(id.lastIndexOf('/') + 1)))
        return known ? [] : [userError([...path, 'id'], 'File does not exist.', 'INVALID_INPUT')]
    })
}

function collectionErrors({ shop }: Context, collections: string[] | null | undefined): UserError[] {
    return (collections ?? []).flatMap((id, index) => {
        const field = ['input', 'collections', String(index)]
        const collection = shop.collections.get(numberOf(id, 'Collection'))
        if (!collection) return [userError(field, 'Collection does not exist', 'INVALID_INPUT')]
        const message = "Can't add a product to a collection that fills itself by conditions."
        return collection.rules ? [userError(field, message, 'INVALID_INPUT')] : []
    })
}
