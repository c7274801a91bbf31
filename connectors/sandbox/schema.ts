import {
    buildClientSchema,
    defaultFieldResolver,
    type GraphQLField,
    type GraphQLFieldResolver,
    type GraphQLSchema,
    getNamedType,
    isNonNullType,
    isObjectType,
} from 'graphql'
import { type AccessRule, accessRule, permits } from './access.ts'
import type { Context, Resolver, Resolvers } from './context.ts'
import { topLevelError } from './errors.ts'
import { frameOf } from './frame_context.ts'
import { guardMutation } from './mutation_guard.ts'
import { connection } from './resolvers/connection.ts'
import { type IntrospectedType, introspectionOf } from './schema_files.ts'

type FieldResolver = GraphQLFieldResolver<unknown, Context>

/**
 * Builds Shopify's schema of a version with our resolvers on it. Every field that Shopify protects checks the token's
 * scopes first, customer data asks whether the shop grants it; every mutation is guarded (idempotency, compare values, the log of calls).
 */
export function buildSchema(version: string, resolvers: Resolvers): GraphQLSchema {
    const { query, types } = introspectionOf(version)
    const schema = buildClientSchema(query, { assumeValid: true })
    const rules = rulesOf(types)
    for (const type of Object.values(schema.getTypeMap())) {
        if (!isObjectType(type) || type.name.startsWith('__')) continue
        const own = resolvers[type.name] ?? {}
        for (const field of Object.values(type.getFields())) {
            dress(field, type.name, own[field.name], rules, type === schema.getMutationType())
        }
    }
    return schema
}

function dress(
    field: GraphQLField<unknown, Context>,
    typeName: string,
    own: Resolver | undefined,
    rules: AccessRules,
    isMutation: boolean,
) {
    const rule = rules.field.get(`${typeName}.${field.name}`) ?? ruleOfAnswer(field, typeName, rules)
    const isRoot = isMutation || typeName === 'QueryRoot'
    let resolve = (own as FieldResolver | undefined) ?? (isRoot ? notPlayed(field.name) : undefined)
    if (isMutation && own) resolve = guardMutation(field.name, resolve ?? defaultFieldResolver)
    if (typeName === 'QueryRoot' && resolve) resolve = inWindows(resolve)
    if (rules.protectedFields.has(`${typeName}.${field.name}`))
        resolve = withApproval(resolve ?? defaultFieldResolver, field.name, isNonNullType(field.type))
    if (rule) resolve = withAccess(resolve ?? defaultFieldResolver, field.name, rule)
    if (resolve) field.resolve = resolve
}

/** In a bulk query the root connection is resolved once; after that the runner shows it window by window. */
function inWindows(resolve: FieldResolver): FieldResolver {
    return (source, args, context, info) => {
        const { bulkRoot } = frameOf(context)
        if (!bulkRoot) return resolve(source, args, context, info)
        if (!bulkRoot.items) bulkRoot.items = itemsOf(resolve(source, args, context, info))
        return connection(bulkRoot.window, {}, context)
    }
}

function itemsOf(answer: unknown): readonly unknown[] {
    const items = typeof answer === 'object' && answer !== null && 'items' in answer ? answer.items : undefined
    if (!Array.isArray(items)) throw new Error('bulk query: expected a root resolver to answer with connection()')
    return items
}

/** A root field nobody wrote a resolver for says so, rather than giving a null that looks like an answer. */
function notPlayed(name: string): FieldResolver {
    return () => {
        throw topLevelError(`The sandbox does not play \`${name}\`.`, 'NOT_IMPLEMENTED')
    }
}

type AccessRules = {
    field: Map<string, AccessRule>
    type: Map<string, AccessRule>
    /** customer data that an app must be approved for, as `Order.email` */
    protectedFields: Set<string>
}

function rulesOf(types: readonly IntrospectedType[]): AccessRules {
    const rules: AccessRules = { field: new Map(), type: new Map(), protectedFields: new Set() }
    for (const type of types) {
        const whole = accessRule(type.requiredAccess, 'read')
        if (whole) rules.type.set(type.name, whole)
        for (const field of type.fields ?? []) {
            const rule = accessRule(field.requiredAccess, type.name === 'Mutation' ? 'write' : 'read')
            if (rule) rules.field.set(`${type.name}.${field.name}`, rule)
            if (field.isProtected) rules.protectedFields.add(`${type.name}.${field.name}`)
        }
    }
    return rules
}

/** A connection is refused where it is asked for, by the rule of what it holds; not again at its edges and nodes. */
function ruleOfAnswer(
    field: GraphQLField<unknown, Context>,
    typeName: string,
    rules: AccessRules,
): AccessRule | undefined {
    if (/(Connection|Edge|Payload)$/.test(typeName)) return undefined
    const answer = getNamedType(field.type)
    if (!isObjectType(answer) || !answer.name.endsWith('Connection')) return rules.type.get(answer.name)
    const node = answer.getFields().nodes
    return node && rules.type.get(getNamedType(node.type).name)
}

function withAccess(resolve: FieldResolver, name: string, rule: AccessRule): FieldResolver {
    return (source, args, context, info) => {
        if (!permits(context.token, rule)) throw accessDenied(name, rule)
        return resolve(source, args, context, info)
    }
}

/**
 * Customer data is null, with an error, in a shop that grants it to nobody. In a bulk query it is silently null; a field
 * that cannot be null fails the run.
 */
function withApproval(resolve: FieldResolver, name: string, neverNull: boolean): FieldResolver {
    return (source, args, context, info) => {
        if (context.shop.settings.protectedData === 'granted') return resolve(source, args, context, info)
        if (context.bulk && !neverNull) return null
        throw topLevelError(
            `This app is not approved to use the ${name} field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`,
            'ACCESS_DENIED',
        )
    }
}

function accessDenied(name: string, rule: AccessRule) {
    return topLevelError(`Access denied for ${name} field. Required access: ${rule.text}`, 'ACCESS_DENIED', {
        documentation: 'https://shopify.dev/api/usage/access-scopes',
        requiredAccess: rule.text,
    })
}
