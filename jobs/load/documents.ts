import { type Entity, product, variant } from '../../connectors/entities/index.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'

/** Fields an answer is read for: only texts, since all else is stored as it was sent. */
const storedOf = (entity: Entity) => selections(entity.fields.filter((field) => !field.exact))

/** Fields that are compared with what was shown. A variant's image is asked for by the document itself. */
const nowOf = (entity: Entity) => selections(entity.fields.filter((field) => field.name !== 'image_id'))

function selections(fields: Entity['fields']): string {
    return ['id', ...new Set(fields.map((field) => field.select).filter((select) => select !== ''))].join('\n    ')
}

/** What stands in the documents' fragments: so a field is named in its entity's file alone. */
const fragments: Record<string, string> = {
    StoredProduct: storedOf(product),
    StoredVariant: `${storedOf(variant)}\n    inventoryItem { id sku }`,
    ProductNow: nowOf(product),
    VariantNow: nowOf(variant),
}

/**
 * The document operations/load/<name>.graphql with the entities' fields in its fragments.
 * `publicationId`: the number of the store's Online Store, for documents that read `published`.
 */
export function documentOf(name: string, publicationId: string | null = null): string {
    const text = operation(`load/${name}`).replaceAll(
        /fragment (\w+) on (\w+) \{\s*id\s*\}/g,
        (whole, fragment: string, type: string) => {
            const fields = fragments[fragment]
            return fields ? `fragment ${fragment} on ${type} {\n    ${fields}\n}` : whole
        },
    )
    if (!text.includes('"$publication"')) return text
    if (publicationId !== null) return text.replaceAll('"$publication"', `"${gid('Publication', publicationId)}"`)
    return text.replaceAll(/^.*"\$publication".*\n/gm, '')
}
