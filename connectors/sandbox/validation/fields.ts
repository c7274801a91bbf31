import {
    type ASTVisitor,
    type GraphQLArgument,
    getNamedType,
    isInputObjectType,
    isLeafType,
    isRequiredArgument,
    Kind,
    type ValidationContext,
} from 'graphql'
import { documentError, parentOf } from './places.ts'

/** A selected field that its type does not have. */
export function knownFields(context: ValidationContext): ASTVisitor {
    return {
        Field(node, _key, _parent, _path, ancestors) {
            const type = context.getParentType()
            if (!type || context.getFieldDef()) return
            const name = node.name.value
            context.reportError(
                documentError(
                    `Field '${name}' doesn't exist on type '${type.name}'`,
                    { node, ancestors },
                    { code: 'undefinedField', typeName: type.name, fieldName: name },
                ),
            )
        },
    }
}

/** An argument that the field, directive or input object does not take. */
export function knownArguments(context: ValidationContext): ASTVisitor {
    return {
        Argument(node, _key, _parent, _path, ancestors) {
            const place = { node, ancestors }
            const owner = parentOf(place)
            const known = owner?.kind === Kind.DIRECTIVE ? context.getDirective() : context.getFieldDef()
            if (context.getArgument() || !known) return
            const typeName = owner?.kind === Kind.DIRECTIVE ? 'Directive' : 'Field'
            const name = node.name.value
            context.reportError(
                documentError(`${typeName} '${known.name}' doesn't accept argument '${name}'`, place, {
                    code: 'argumentNotAccepted',
                    name: known.name,
                    typeName,
                    argumentName: name,
                }),
            )
        },
        ObjectField(node, _key, _parent, _path, ancestors) {
            const type = getNamedType(context.getParentInputType())
            const name = node.name.value
            if (!isInputObjectType(type) || type.getFields()[name]) return
            context.reportError(
                documentError(
                    `InputObject '${type.name}' doesn't accept argument '${name}'`,
                    { node, ancestors },
                    { code: 'argumentNotAccepted', name: type.name, typeName: 'InputObject', argumentName: name },
                ),
            )
        },
    }
}

/** Required arguments that were left out, all of a field in one error. */
export function requiredArguments(context: ValidationContext): ASTVisitor {
    const missing = (expected: readonly GraphQLArgument[], given: readonly { name: { value: string } }[]) =>
        expected
            .filter(
                (argument) => isRequiredArgument(argument) && !given.some((one) => one.name.value === argument.name),
            )
            .map((argument) => argument.name)
            .join(', ')
    return {
        Field(node, _key, _parent, _path, ancestors) {
            const names = missing(context.getFieldDef()?.args ?? [], node.arguments ?? [])
            if (names) context.reportError(requiredError('Field', node.name.value, names, { node, ancestors }))
        },
        Directive(node, _key, _parent, _path, ancestors) {
            const names = missing(context.getDirective()?.args ?? [], node.arguments ?? [])
            if (names) context.reportError(requiredError('Directive', node.name.value, names, { node, ancestors }))
        },
    }
}

function requiredError(className: string, name: string, names: string, place: Parameters<typeof documentError>[1]) {
    return documentError(`${className} '${name}' is missing required arguments: ${names}`, place, {
        code: 'missingRequiredArguments',
        className,
        name,
        arguments: names,
    })
}

/** Objects need a selection, scalars take none. */
export function selections(context: ValidationContext): ASTVisitor {
    return {
        Field(node, _key, _parent, _path, ancestors) {
            const type = context.getType()
            if (!type) return
            const named = getNamedType(type)
            const details = {
                code: 'selectionMismatch',
                nodeName: `field '${node.name.value}'`,
                typeName: String(type),
            }
            if (isLeafType(named) && node.selectionSet) {
                const message = `Selections can't be made on scalars (field '${node.name.value}' returns ${named.name} but has selections ${selected(node.selectionSet)})`
                context.reportError(documentError(message, { node, ancestors }, details))
            } else if (!isLeafType(named) && !node.selectionSet) {
                const message = `Field must have selections (field '${node.name.value}' returns ${named.name} but has no selections. Did you mean '${node.name.value} { ... }'?)`
                context.reportError(documentError(message, { node, ancestors }, details))
            }
        },
    }
}

function selected({ selections: nodes }: { selections: readonly { kind: string; name?: { value: string } }[] }) {
    return `[${nodes.map((node) => `"${node.name?.value ?? '...'}"`).join(', ')}]`
}
