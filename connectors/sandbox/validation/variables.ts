import {
    type ASTVisitor,
    type GraphQLType,
    isInputType,
    isListType,
    isNonNullType,
    isTypeSubTypeOf,
    Kind,
    type OperationDefinitionNode,
    typeFromAST,
    type ValidationContext,
    type VariableDefinitionNode,
    visit,
} from 'graphql'
import { documentError } from './places.ts'

/** Directives that the version does not know; what stands in their arguments does not count as used. */
export function knownDirectives(context: ValidationContext): ASTVisitor {
    return {
        Directive(node, _key, _parent, _path, ancestors) {
            const name = node.name.value
            if (context.getSchema().getDirective(name)) return
            context.reportError(
                documentError(
                    `Directive @${name} is not defined`,
                    { node, ancestors },
                    { code: 'undefinedDirective', directiveName: name },
                ),
            )
        },
    }
}

/** Variables declared and not used, used and not declared, of unknown types or in places their type does not fit. */
export function variables(context: ValidationContext): ASTVisitor {
    return {
        OperationDefinition: {
            leave(node, _key, _parent, _path, ancestors) {
                const place = { node, ancestors }
                const usages = context.getRecursiveVariableUsages(node)
                const ignored = ignoredVariables(context, node)
                const declared = new Map((node.variableDefinitions ?? []).map((one) => [one.variable.name.value, one]))
                const called = node.name?.value ?? `anonymous ${node.operation}`
                for (const name of declared.keys()) {
                    const used = usages.some((usage) => usage.node.name.value === name && !ignored.has(usage.node))
                    if (used) continue
                    const message = `Variable $${name} is declared by ${called} but not used`
                    context.reportError(documentError(message, place, { code: 'variableNotUsed', variableName: name }))
                }
                for (const { node: usage, type, defaultValue } of usages) {
                    const name = usage.name.value
                    const definition = declared.get(name)
                    if (!definition) {
                        const message = `Variable $${name} is used by ${called} but not declared`
                        const details = { code: 'variableNotDefined', variableName: name }
                        context.reportError(documentError(message, place, details, usage))
                    } else if (type && !fitsPlace(context, definition, type, defaultValue)) {
                        const message = `Type mismatch on variable $${name} (${printed(definition)} / ${type})`
                        const details = { code: 'variableMismatch', variableName: name, typeName: printed(definition) }
                        context.reportError(documentError(message, place, details, usage))
                    }
                }
            },
        },
        VariableDefinition(node, _key, _parent, _path, ancestors) {
            const type = typeFromAST(context.getSchema(), node.type)
            if (type && isInputType(type)) return false
            const message = `${printed(node)} isn't a defined input type (on $${node.variable.name.value})`
            const details = { code: 'variableRequiresValidType', variableName: node.variable.name.value }
            context.reportError(documentError(message, { node, ancestors }, details))
            return false
        },
    }
}

/** Uses inside arguments that do not exist and directives that are not defined: Shopify never looks there. */
function ignoredVariables(context: ValidationContext, operation: OperationDefinitionNode): Set<unknown> {
    const ignored = new Set<unknown>()
    const seeds = context.getRecursiveVariableUsages(operation).filter(({ type }) => !type)
    for (const { node } of seeds) ignored.add(node)
    visit(operation, {
        Directive(node) {
            if (context.getSchema().getDirective(node.name.value)) return
            visit(node, { Variable: (variable) => void ignored.add(variable) })
        },
    })
    return ignored
}

function fitsPlace(
    context: ValidationContext,
    definition: VariableDefinitionNode,
    wanted: GraphQLType,
    placeDefault: unknown,
): boolean {
    const given = typeFromAST(context.getSchema(), definition.type)
    if (!given) return true
    const hasDefault =
        (definition.defaultValue && definition.defaultValue.kind !== Kind.NULL) || placeDefault !== undefined
    const asked = isNonNullType(wanted) && !isNonNullType(given) && hasDefault ? wanted.ofType : wanted
    return accepts(context, given, asked)
}

/** graphql-ruby lets a single value stand where a list is wanted only in literals, so no more than subtyping here. */
function accepts(context: ValidationContext, given: GraphQLType, wanted: GraphQLType): boolean {
    if (isListType(wanted) && isListType(given)) return accepts(context, given.ofType, wanted.ofType)
    return isTypeSubTypeOf(context.getSchema(), given, wanted)
}

function printed(definition: VariableDefinitionNode): string {
    const { loc } = definition.type
    return loc ? loc.source.body.slice(loc.start, loc.end) : ''
}
