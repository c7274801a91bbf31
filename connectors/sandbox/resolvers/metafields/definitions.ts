import type { Context, Resolvers } from '../../context.ts'
import { gid, numberOf } from '../../shop/gids.ts'
import { type MetafieldDefinition, nextId } from '../../shop/state.ts'
import { connection, type PageArgs } from '../connection.ts'
import { matches } from '../search.ts'
import { idTest, textTest } from '../search_tests.ts'
import { userError } from '../user_error.ts'
import { shownMetafield } from './metafield.ts'
import { fullNamespace, ownersOf } from './owners.ts'
import { definitionOf, removeMetafields } from './write.ts'

type DefinitionInput = {
    name: string
    namespace?: string | null
    key: string
    type: string
    ownerType: string
    description?: string | null
    capabilities?: { uniqueValues?: { enabled: boolean } | null } | null
}
type Many = PageArgs & { ownerType: string; namespace?: string | null; key?: string | null; query?: string | null }
type Identifier = { ownerType: string; namespace?: string | null; key: string }
type Delete = { id?: string | null; identifier?: Identifier | null; deleteAllAssociatedMetafields?: boolean | null }

const off = { eligible: true, enabled: false, status: 'DISABLED' }

export const resolvers: Resolvers = {
    QueryRoot: {
        metafieldDefinition: (_: unknown, args: { id?: string | null; identifier?: Identifier }, context: Context) =>
            found(context, args) ?? null,
        metafieldDefinitions: (_: unknown, args: Many, context: Context, info) => {
            const { namespace, key, ownerType, query } = args
            const chosen = [...context.shop.metafieldDefinitions.values()].filter(
                (definition) =>
                    definition.ownerType === ownerType &&
                    (namespace == null || definition.namespace === fullNamespace(namespace)) &&
                    (key == null || definition.key === key) &&
                    matches(query, {
                        id: idTest(definition.id),
                        namespace: textTest(definition.namespace),
                        key: textTest(definition.key),
                        type: textTest(definition.type),
                    }),
            )
            return connection(chosen, args, context, info)
        },
    },
    Mutation: {
        metafieldDefinitionCreate: (_: unknown, { definition }: { definition: DefinitionInput }, context: Context) =>
            created(context, definition),
        metafieldDefinitionDelete: (_: unknown, args: Delete, context: Context) => removed(context, args),
    },
    MetafieldDefinition: {
        id: (definition: MetafieldDefinition) => gid('MetafieldDefinition', definition.id),
        type: ({ type }: MetafieldDefinition) => ({
            category: 'TEXT',
            name: type,
            supportedValidations: [],
            supportsDefinitionMigrations: false,
            valueType: 'STRING',
        }),
        capabilities: ({ uniqueValues }: MetafieldDefinition) => ({
            adminFilterable: off,
            analyticsQueryable: off,
            cartToOrderCopyable: off,
            smartCollectionCondition: off,
            uniqueValues: { eligible: true, enabled: uniqueValues },
        }),
        access: () => ({ admin: 'PUBLIC_READ_WRITE', storefront: 'NONE', customerAccount: 'NONE' }),
        constraints: () => null,
        standardTemplate: () => null,
        useAsCollectionCondition: () => false,
        validationStatus: () => 'ALL_VALID',
        validations: () => [],
        metafieldsCount: (definition: MetafieldDefinition, _: unknown, context: Context) =>
            metafieldsOf(context, definition).length,
        metafields: (definition: MetafieldDefinition, args: PageArgs, context: Context, info) =>
            connection(metafieldsOf(context, definition), args, context, info),
    },
}

function metafieldsOf({ shop }: Context, { ownerType, namespace, key }: MetafieldDefinition) {
    return ownersOf(shop, ownerType).flatMap((owner) =>
        owner.metafields
            .filter((metafield) => metafield.namespace === namespace && metafield.key === key)
            .map((metafield) => shownMetafield(owner, metafield)),
    )
}

function found(context: Context, { id, identifier }: { id?: string | null; identifier?: Identifier | null }) {
    if (id != null) return context.shop.metafieldDefinitions.get(numberOf(id, 'MetafieldDefinition'))
    if (!identifier) return undefined
    return definitionOf(context, identifier.ownerType, fullNamespace(identifier.namespace), identifier.key)
}

function created(context: Context, input: DefinitionInput) {
    const { shop } = context
    const namespace = fullNamespace(input.namespace)
    if (definitionOf(context, input.ownerType, namespace, input.key)) {
        const owner = input.ownerType.charAt(0) + input.ownerType.slice(1).toLowerCase()
        const message = `Key is in use for ${owner} metafields on the '${namespace}' namespace.`
        return { createdDefinition: null, userErrors: [userError(['definition', 'key'], message, 'TAKEN')] }
    }
    const id = nextId(shop)
    const definition: MetafieldDefinition = {
        __typename: 'MetafieldDefinition',
        id,
        name: input.name,
        namespace,
        key: input.key,
        type: input.type,
        ownerType: input.ownerType,
        description: input.description ?? null,
        // values of type id are unique without being asked to be
        uniqueValues: input.type === 'id' || (input.capabilities?.uniqueValues?.enabled ?? false),
        pinnedPosition: null,
    }
    shop.metafieldDefinitions.set(id, definition)
    return { createdDefinition: definition, userErrors: [] }
}

function removed(context: Context, args: Delete) {
    const definition = found(context, args)
    if (!definition) {
        const errors = [userError(['id'], 'Definition not found.', 'NOT_FOUND')]
        return { deletedDefinitionId: null, deletedDefinition: null, userErrors: errors }
    }
    const { namespace, key, ownerType, id } = definition
    context.shop.metafieldDefinitions.delete(id)
    if (args.deleteAllAssociatedMetafields) {
        for (const owner of ownersOf(context.shop, ownerType)) {
            removeMetafields(context, owner, (one) => one.namespace === namespace && one.key === key)
        }
    }
    const deletedDefinition = { namespace, key, ownerType }
    return { deletedDefinitionId: gid('MetafieldDefinition', id), deletedDefinition, userErrors: [] }
}
