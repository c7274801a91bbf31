import type { Context } from '../../context.ts'
import { indexProduct, productByCustomId, unindexProduct } from '../../shop/lookups.ts'
import { changeOrder } from '../../shop/orders/change.ts'
import { type Metafield, type MetafieldDefinition, nextId } from '../../shop/state.ts'
import { storedText } from '../../shop/text.ts'
import { touch, touchProduct } from '../../shop/touch.ts'
import { fullNamespace, type Owner, ownersOf, ownerTypes } from './owners.ts'
import { valueFault } from './values.ts'

export type MetafieldInput = {
    id?: string | null
    namespace?: string | null
    key?: string | null
    type?: string | null
    value?: string | null
}

export type MetafieldFault = { field: string; message: string; code: string | null; elementIndex: number | null }

const RESERVED = /^(shopify_standard|protected|shopify-l10n-fields)$/

/** What Shopify refuses in a metafield for this owner (null: one still to be made); `field` is the input's. */
export function metafieldFaults(
    context: Context,
    ownerType: string,
    owner: Owner | null,
    input: MetafieldInput,
): MetafieldFault[] {
    const namespace = fullNamespace(input.namespace)
    const key = input.key ?? ''
    const named = nameFaults(namespace, key)
    if (named.length > 0) return named
    const type = typeOf(context, ownerType, owner, input)
    if (type === null) return [fault('type', "Type can't be blank", 'BLANK')]
    const definition = definitionOf(context, ownerType, namespace, key)
    if (definition && input.type != null && input.type !== definition.type) {
        const message = `Type '${input.type}' must be consistent with the definition's type: '${definition.type}'.`
        return [fault('type', message, 'INVALID_TYPE')]
    }
    const wrong = valueFault(context, type, input.value ?? '')
    if (wrong) return [{ ...fault('value', wrong.message, 'INVALID_VALUE'), elementIndex: wrong.elementIndex }]
    return definition?.uniqueValues && isTaken(context, definition, owner, input.value ?? '')
        ? [
              fault(
                  'value',
                  'Value is already assigned to another metafield. Choose a different value.',
                  'CAPABILITY_VIOLATION',
              ),
          ]
        : []
}

function nameFaults(namespace: string, key: string): MetafieldFault[] {
    const faults: MetafieldFault[] = []
    if (namespace.length < 3)
        faults.push(fault('namespace', 'Namespace is too short (minimum is 3 characters)', 'TOO_SHORT'))
    if (namespace.length > 255)
        faults.push(fault('namespace', 'Namespace is too long (maximum is 255 characters)', 'TOO_LONG'))
    if (RESERVED.test(namespace))
        faults.push(fault('namespace', `Namespace ${namespace} is a reserved namespace`, null))
    if (key.length < 2) faults.push(fault('key', 'Key is too short (minimum is 2 characters)', 'TOO_SHORT'))
    if (key.length > 64) faults.push(fault('key', 'Key is too long (maximum is 64 characters)', 'TOO_LONG'))
    return faults
}

function fault(field: string, message: string, code: string | null): MetafieldFault {
    return { field, message, code, elementIndex: null }
}

function isTaken(context: Context, definition: MetafieldDefinition, owner: Owner | null, value: string): boolean {
    const { namespace, key, ownerType } = definition
    if (ownerType === 'ORDER' && context.shop.settings.uniqueOrderMetafields === 'ignored') return false
    // asked at every create with a custom id, so it must not read all products
    if (ownerType === 'PRODUCT' && definition.type === 'id') {
        const holder = productByCustomId(context.shop, namespace, key, value)
        return holder !== undefined && holder !== owner
    }
    return ownersOf(context.shop, ownerType).some(
        (other) => other !== owner && metafieldOf(other, namespace, key)?.value === value,
    )
}

export function metafieldOf(owner: Owner, namespace: string, key: string): Metafield | undefined {
    return owner.metafields.find((metafield) => metafield.namespace === namespace && metafield.key === key)
}

export function definitionOf({ shop }: Context, ownerType: string, namespace: string, key: string) {
    for (const definition of shop.metafieldDefinitions.values()) {
        const same = definition.namespace === namespace && definition.key === key
        if (same && definition.ownerType === ownerType) return definition
    }
    return undefined
}

/** The type of a metafield: the definition's, the given, or the one it has; null if none says. */
function typeOf(context: Context, ownerType: string, owner: Owner | null, input: MetafieldInput): string | null {
    const namespace = fullNamespace(input.namespace)
    const key = input.key ?? ''
    const known = owner && metafieldOf(owner, namespace, key)?.type
    return definitionOf(context, ownerType, namespace, key)?.type ?? input.type ?? known ?? null
}

/** Writes a metafield that has been checked; gives the row. */
export function writeMetafield(context: Context, owner: Owner, input: MetafieldInput): Metafield {
    const { shop, clock } = context
    const namespace = fullNamespace(input.namespace)
    const key = input.key ?? ''
    const type = typeOf(context, ownerTypes[owner.__typename], owner, input)!
    const value = type.includes('text_field') ? storedText(shop, input.value!) : input.value!
    return changingOwner(context, owner, () => {
        const old = metafieldOf(owner, namespace, key)
        if (old) return Object.assign(old, { type, value, updatedAt: clock.now() })
        const now = clock.now()
        const made: Metafield = {
            __typename: 'Metafield',
            id: nextId(shop),
            namespace,
            key,
            type,
            value,
            createdAt: now,
            updatedAt: now,
        }
        owner.metafields.push(made)
        return made
    })
}

/** Takes metafields from an owner; all that `leaves` says. */
export function removeMetafields(context: Context, owner: Owner, leaves: (metafield: Metafield) => boolean) {
    if (!owner.metafields.some(leaves)) return
    changingOwner(context, owner, () => {
        owner.metafields = owner.metafields.filter((metafield) => !leaves(metafield))
    })
}

function changingOwner<T>({ shop, clock }: Context, owner: Owner, change: () => T): T {
    if (owner.__typename === 'Order') return changeOrder(shop, owner, clock.now(), 'metafields_set', change)
    if (owner.__typename === 'Product') unindexProduct(shop, owner)
    const result = change()
    if (owner.__typename === 'Product') indexProduct(shop, owner)
    touch(shop, owner, clock.now())
    if (owner.__typename === 'ProductVariant') touchProduct(shop, shop.products.get(owner.productId), clock.now())
    return result
}
