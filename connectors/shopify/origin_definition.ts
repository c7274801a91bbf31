import type { ShopifyClient } from './client.ts'
import { type UserError, UserErrorsError } from './errors.ts'
import { operation } from './operations.ts'

/** What carries our mark: products at a destination; orders, or their drafts, at a source. */
export type Owner = 'PRODUCT' | 'ORDER' | 'DRAFTORDER'

/** Our mark on what we created: which store and item it came from. Its value is unique, so it finds its owner. */
export const ORIGIN = { namespace: 'crossdock', key: 'origin' } as const

const descriptions: Record<Owner, string> = {
    PRODUCT: 'Source store and product this product was created from. Crossdock needs it; do not edit it.',
    ORDER: 'Destination store and order this order stands for. Crossdock needs it; do not edit it.',
    DRAFTORDER: 'Destination store and order this draft stands for. Crossdock needs it; do not edit it.',
}

const definitionOf = (ownerType: Owner) => ({
    ...ORIGIN,
    ownerType,
    name: 'Crossdock origin',
    description: descriptions[ownerType],
    type: 'id',
    capabilities: { uniqueValues: { enabled: true } },
})

type Definition = { type: { name: string }; capabilities: { uniqueValues: { enabled: boolean } } }
type Created = { metafieldDefinitionCreate: { createdDefinition: { id: string } | null; userErrors: UserError[] } }

/**
 * Makes the metafield definition `crossdock.origin` on products, orders or drafts unless it is there. May be called again at any time.
 * Throws UserErrorsError when Shopify refuses it, or when another definition has taken that name.
 */
export async function ensureOriginDefinition(client: ShopifyClient, owner: Owner = 'PRODUCT'): Promise<void> {
    if (await isDefined(client, owner)) return
    const document = operation('metafields/create_definition')
    const { metafieldDefinitionCreate } = await client.mutate<Created>(document, {
        definition: definitionOf(owner),
    })
    const { userErrors } = metafieldDefinitionCreate
    if (userErrors.length === 0) return
    // Taken since we looked: another run made it, or else the second look says what stands in the way.
    if (userErrors.some((error) => error.code === 'TAKEN') && (await isDefined(client, owner))) return
    throw refused(client, owner, userErrors)
}

async function isDefined(client: ShopifyClient, owner: Owner): Promise<boolean> {
    const document = operation('metafields/origin_definition')
    const data = await client.query<{ metafieldDefinition: Definition | null }>(document, {
        identifier: { ...ORIGIN, ownerType: owner },
    })
    const definition = data.metafieldDefinition
    if (definition === null) return false
    const unique = definition.capabilities.uniqueValues.enabled
    if (definition.type.name === 'id' && unique) return true
    const message = `there is one of type ${definition.type.name}, ${unique ? 'unique' : 'not unique'}`
    throw refused(client, owner, [{ field: null, message }])
}

function refused(client: ShopifyClient, owner: Owner, userErrors: UserError[]): UserErrorsError {
    return new UserErrorsError({
        store: client.domain,
        operation: 'definition of crossdock.origin',
        expected: `a metafield definition on ${owner} of type id with unique values`,
        todo: "Delete or correct it in the store's settings (custom data), then connect again.",
        userErrors,
    })
}
