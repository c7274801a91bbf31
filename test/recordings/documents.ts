import {
    type GraphQLObjectType,
    type GraphQLOutputType,
    type GraphQLSchema,
    getNamedType,
    isAbstractType,
    isCompositeType,
    isObjectType,
} from 'graphql'
import { isObject, type Json, type JsonObject } from './recording.ts'

/** What an answer cannot tell: arguments of fields, by their path in the answer, and what aliases stand for. */
export type Hints = {
    /** such as `{ 'product.variants': 'first: 2', 'inventoryItem.inventoryLevels.nodes.quantities': 'names: [...]' }` */
    args?: Record<string, string>
    /** arguments of root fields beside those the variables give */
    more?: Record<string, string>
    /** the field an alias stands for: `{ red: 'productVariant' }` */
    aliases?: Record<string, string>
    /** the name of the operation; recorded error paths begin with it */
    name?: string
    /** false: the root field carries no `@idempotent` although an idempotencyKey was sent */
    idempotent?: false
    /** where recorded errors saw the field and its first variable: the text is laid out to put them there */
    places?: { field?: Place; variable?: Place & { name?: string } }
    /** types of variables that no argument of the root field is named like */
    declare?: Record<string, string>
}
type Place = { line: number; column: number }

/**
 * Rebuilds the document of an exchange whose recording left it out: it selects exactly what the answer holds, and takes
 * the variables as arguments of the same name.
 */
export function documentFor(schema: GraphQLSchema, data: JsonObject, variables: JsonObject, hints: Hints = {}): string {
    const [first = ''] = Object.keys(data)
    const firstField = hints.aliases?.[first] ?? ALIASES[first] ?? first
    const isMutation = schema.getMutationType()?.getFields()[firstField] !== undefined
    const root = isMutation ? schema.getMutationType() : schema.getQueryType()
    if (!root) throw new Error('documentFor: the schema has no such root')
    const declared = new Map<string, string>(Object.entries(hints.declare ?? {}))
    const fields = Object.entries(data).map(([key, value]) =>
        rootField(root, key, value, { variables, hints, schema, declared }),
    )
    return laidOut(isMutation ? 'mutation' : 'query', fields, declared, hints)
}

/** What the recorder's usual aliases stand for. */
const ALIASES: Readonly<Record<string, string>> = {
    variant: 'productVariant',
    red: 'productVariant',
    blue: 'productVariant',
    stock: 'inventoryItem',
    skuCount: 'productVariantsCount',
}

type Building = { variables: JsonObject; hints: Hints; schema: GraphQLSchema; declared: Map<string, string> }

function rootField(root: GraphQLObjectType, key: string, value: Json, building: Building): string {
    const { variables, hints, declared } = building
    const name = hints.aliases?.[key] ?? ALIASES[key] ?? key
    const field = root.getFields()[name]
    if (!field) throw new Error(`documentFor: ${root.name} has no field ${name}; give an alias for it`)
    const byName = field.args
        .filter((argument) => argument.name in variables)
        .map((argument) => {
            declared.set(argument.name, String(argument.type))
            return `${argument.name}: $${argument.name}`
        })
    const id = isObject(value) ? value.id : undefined
    if (typeof id === 'string' && !('id' in variables) && field.args.some((one) => one.name === 'id')) {
        byName.push(`id: ${JSON.stringify(id)}`)
    }
    const more = hints.more?.[key]
    if (more !== undefined) byName.push(more)
    const given = hints.args?.[key] ?? byName.join(', ')
    const args = given ? `(${given})` : ''
    const directive = directiveOf(hints, variables)
    if (directive) declared.set('idempotencyKey', 'String!')
    const alias = name === key ? '' : `${key}: `
    return `${alias}${name}${args}${directive}${selectionFor(field.type, value, key, building)}`
}

function directiveOf({ idempotent }: Hints, variables: JsonObject): string {
    return 'idempotencyKey' in variables && idempotent !== false ? ' @idempotent(key: $idempotencyKey)' : ''
}

function selectionFor(type: GraphQLOutputType, value: Json | undefined, path: string, building: Building): string {
    const named = getNamedType(type)
    if (!isCompositeType(named)) return ''
    const merged = mergedSample(value)
    if (!merged) return ' { __typename }'
    const parts = Object.entries(merged).map(([key, inner]) => {
        const innerPath = `${path}.${key}`
        if (key === '__typename') return key
        const name = building.hints.aliases?.[innerPath] ?? building.hints.aliases?.[key] ?? key
        const owner = ownerOf(building.schema, named.name, name, merged.__typename)
        if (!owner) throw new Error(`documentFor: ${named.name} has no field ${name} (at ${innerPath})`)
        const field = owner.getFields()[name]
        if (!field) throw new Error(`documentFor: no field ${name}`)
        const args = argsOf(
            field.args.map((one) => one.name),
            innerPath,
            inner,
            building,
        )
        const text = `${name === key ? '' : `${key}: `}${name}${args}${selectionFor(field.type, inner, innerPath, building)}`
        return owner.name === named.name ? text : `... on ${owner.name} { ${text} }`
    })
    return ` { ${parts.join(' ')} }`
}

/** One object with every field that any item of a list has, the fullest value of each. */
function mergedSample(value: Json | undefined): JsonObject | null {
    if (Array.isArray(value)) {
        const objects = value.map(mergedSample).filter((one) => one !== null)
        if (objects.length === 0) return null
        const merged: JsonObject = {}
        for (const one of objects) {
            for (const [key, inner] of Object.entries(one)) {
                const known = merged[key]
                if (known === undefined || known === null) merged[key] = inner
                else if (Array.isArray(known) && Array.isArray(inner)) merged[key] = [...known, ...inner]
                else if (isObject(known) && isObject(inner)) merged[key] = mergedSample([known, inner]) ?? known
            }
        }
        return merged
    }
    return isObject(value) ? value : null
}

/** The type whose field it is: the type itself, or an implementation of it. */
function ownerOf(schema: GraphQLSchema, typeName: string, field: string, seen: Json | undefined) {
    const type = schema.getType(typeName)
    if (type && 'getFields' in type && type.getFields()[field] && !('getInputFields' in type))
        return type as GraphQLObjectType
    if (!isAbstractType(type)) return null
    const own = typeof seen === 'string' ? schema.getType(seen) : undefined
    if (isObjectType(own) && own.getFields()[field]) return own
    // MediaImage before the rarer kinds of media
    const possible = [...schema.getPossibleTypes(type)].toSorted((a, b) => rank(a.name) - rank(b.name))
    return possible.find((one) => isObjectType(one) && one.getFields()[field]) ?? null
}

const rank = (name: string) => ['MediaImage', 'ProductDeleteOperation', 'ProductSetOperation'].indexOf(name) >>> 0

function argsOf(names: readonly string[], path: string, value: Json, { hints }: Building): string {
    const given = hints.args?.[path]
    if (given !== undefined) return given === '' ? '' : `(${given})`
    if (names.includes('first') && isObject(value) && ('nodes' in value || 'edges' in value)) return '(first: 50)'
    if (names.includes('names') && path.endsWith('quantities') && Array.isArray(value)) {
        const quantities = [...new Set(value.map((item) => (isObject(item) ? item.name : null)))]
        return `(names: ${JSON.stringify(quantities)})`
    }
    if (names.includes('namespace') && names.includes('key') && isObject(value)) {
        return `(namespace: ${JSON.stringify(value.namespace)}, key: ${JSON.stringify(value.key)})`
    }
    return ''
}

/** Puts the operation together; with places, so that the first variable and the field stand where they were seen. */
function laidOut(kind: string, fields: string[], declared: Map<string, string>, { name, places }: Hints): string {
    const variable = places?.variable
    const ordered = [...declared].toSorted(([a], [b]) => Number(b === variable?.name) - Number(a === variable?.name))
    const [first] = ordered
    const title = name ?? 'Rebuilt'
    const open = `${kind} ${title}`
    const definitions = ordered.map(([one, type]) => `$${one}: ${type}`).join(', ')
    const before = variable ? '\n'.repeat(variable.line - 1) : ''
    const gap = variable && first ? ' '.repeat(Math.max(0, variable.column - open.length - 2)) : ''
    const head = `${before}${open}${gap}${definitions ? `(${definitions})` : ''} {`
    const field = places?.field
    const line = head.split('\n').length
    const indent = field ? `${'\n'.repeat(Math.max(0, field.line - line))}${' '.repeat(field.column - 1)}` : '\n  '
    return `${head}${indent}${fields.join('\n  ')}\n}`
}
