import type { Context, Resolvers } from '../../context.ts'
import { productsIn } from '../../shop/collections.ts'
import { gid } from '../../shop/gids.ts'
import type { Collection, CollectionRule } from '../../shop/state.ts'
import { connection, type PageArgs } from '../connection.ts'

/** The types of conditions that our rule columns become in the model of 2026-07. */
const conditionTypes: Record<string, string> = {
    TAG: 'CollectionSourceInclusionConditionProductTag',
    TYPE: 'CollectionSourceInclusionConditionProductType',
    VENDOR: 'CollectionSourceInclusionConditionProductVendor',
    TITLE: 'CollectionSourceInclusionConditionProductTitle',
}

/**
 * The one source every collection of the sandbox has: products picked by hand, or conditions. Its id is the
 * collection's number, so that it needs no row of its own.
 */
export function sourceOf(collection: Collection) {
    return {
        __typename: 'CollectionConditionsSource',
        id: gid('CollectionConditionsSource', collection.id),
        title: collection.title,
        description: null,
        app: null,
        exclusion: null,
        shareable: false,
        targetType: 'PRODUCTS',
        collection,
    }
}

type Source = ReturnType<typeof sourceOf>
type Inclusion = { collection: Collection }

export const resolvers: Resolvers = {
    Collection: { sources: (collection: Collection) => [sourceOf(collection)] },
    CollectionConditionsSource: {
        inclusion: ({ collection }: Source) => ({ collection }),
        products: ({ collection }: Source, args: PageArgs, context: Context, info) =>
            connection(productsIn(context.shop, collection), args, context, info),
    },
    CollectionSourceInclusion: {
        matchType: ({ collection: { rules } }: Inclusion) => rules && (rules.appliedDisjunctively ? 'ANY' : 'ALL'),
        conditions: ({ collection }: Inclusion) =>
            (collection.rules?.rules ?? []).map((rule, index) => conditionOf(collection, rule, index)),
        selections: ({ collection }: Inclusion, args: PageArgs, context: Context, info) => {
            const picked = collection.rules ? [] : productsIn(context.shop, collection)
            const selections = picked.map((product) => ({ id: product.id, product, variantIds: null }))
            return connection(selections, args, context, info)
        },
    },
}

function conditionOf({ id }: Collection, { column, relation, condition }: CollectionRule, index: number) {
    const type = conditionTypes[column] ?? 'CollectionSourceInclusionConditionUnknown'
    return {
        __typename: type,
        id: gid('CollectionSourceInclusionCondition', `${id}${index}`),
        matchType: 'ANY',
        relation: column === 'TAG' ? 'TAGGED_WITH' : relation.replace('NOT_CONTAINS', 'DOES_NOT_CONTAIN'),
        values: [condition],
        value: condition,
    }
}
