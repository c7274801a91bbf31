import {
    GraphQLError,
    type GraphQLInputType,
    type GraphQLSchema,
    isEnumType,
    isInputObjectType,
    isInputType,
    isListType,
    isNonNullType,
    isScalarType,
    type OperationDefinitionNode,
    typeFromAST,
} from 'graphql'

type Problem = { path: (string | number)[]; explanation: string }

/** Judges the variables sent with an operation as Shopify does: one INVALID_VARIABLE error per variable. */
export function variableErrors(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    values: Record<string, unknown>,
): GraphQLError[] {
    const errors: GraphQLError[] = []
    for (const definition of operation.variableDefinitions ?? []) {
        const name = definition.variable.name.value
        const type = typeFromAST(schema, definition.type)
        if (!type || !isInputType(type)) continue
        const value = values[name]
        if (value === undefined && (definition.defaultValue || !isNonNullType(type))) continue
        const problems = problemsOf(value ?? null, type, [])
        if (problems.length === 0) continue
        const where = problems.filter(({ path }) => path.length > 0).map(told)
        const about = where.length > 0 ? ` for ${where.join(', ')}` : ''
        errors.push(
            new GraphQLError(`Variable $${name} of type ${type} was provided invalid value${about}`, {
                nodes: definition,
                extensions: { code: 'INVALID_VARIABLE', value: value ?? null, problems },
            }),
        )
    }
    return errors
}

function told({ path, explanation }: Problem): string {
    return `${path.join('.')} (${explanation})`
}

const IS_NULL = 'Expected value to not be null'

function problemsOf(value: unknown, type: GraphQLInputType, path: (string | number)[]): Problem[] {
    if (isNonNullType(type)) {
        return value === null || value === undefined
            ? [{ path, explanation: IS_NULL }]
            : problemsOf(value, type.ofType, path)
    }
    if (value === null || value === undefined) return []
    if (isListType(type)) {
        const items = Array.isArray(value) ? value : [value]
        return items.flatMap((item, index) => problemsOf(item, type.ofType, [...path, index]))
    }
    if (isInputObjectType(type)) return objectProblems(value, type, path)
    if (isEnumType(type)) {
        const names = type.getValues().map((one) => one.name)
        if (typeof value === 'string' && names.includes(value)) return []
        return [{ path, explanation: `Expected ${JSON.stringify(value)} to be one of: ${names.join(', ')}` }]
    }
    return isScalarType(type) ? scalarProblems(value, type, path) : []
}

function objectProblems(
    value: unknown,
    type: Extract<GraphQLInputType, { getFields(): unknown }>,
    path: (string | number)[],
): Problem[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return [{ path, explanation: `Expected ${JSON.stringify(value)} to be a key-value object.` }]
    }
    const fields = type.getFields()
    const problems: Problem[] = []
    for (const [name, item] of Object.entries(value)) {
        const field = fields[name]
        if (field) problems.push(...problemsOf(item, field.type, [...path, name]))
        else problems.push({ path: [...path, name], explanation: `Field is not defined on ${type.name}` })
    }
    for (const field of Object.values(fields)) {
        if (field.name in value || !isNonNullType(field.type) || field.defaultValue !== undefined) continue
        problems.push({ path: [...path, field.name], explanation: IS_NULL })
    }
    const given = Object.keys(value).length
    if (type.isOneOf && given !== 1) {
        problems.push({
            path,
            explanation: `'${type.name}' requires exactly one argument, but ${given} were provided.`,
        })
    }
    return problems
}

function scalarProblems(
    value: unknown,
    type: Extract<GraphQLInputType, { parseValue(value: unknown): unknown }>,
    path: (string | number)[],
): Problem[] {
    const isText = typeof value === 'string'
    const isNumber = typeof value === 'number'
    const fits: Record<string, boolean> = {
        Int: isNumber && Number.isInteger(value) && Math.abs(value) < 2 ** 31,
        Float: isNumber,
        Boolean: typeof value === 'boolean',
        String: isText,
        ID: isText || (isNumber && Number.isInteger(value)),
        Decimal: isNumber || (isText && /^-?\d+(\.\d+)?$/.test(value.trim())),
        Money: isNumber || (isText && /^-?\d+(\.\d+)?$/.test(value.trim())),
        UnsignedInt64: (isNumber && value >= 0) || (isText && /^\d+$/.test(value)),
        DateTime: isText && !Number.isNaN(Date.parse(value)),
    }
    if (fits[type.name] ?? true) return []
    return [{ path, explanation: `Could not coerce value ${JSON.stringify(value)} to ${type.name}` }]
}
