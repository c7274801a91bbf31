import {
    type ASTVisitor,
    type GraphQLInputType,
    getNamedType,
    isInputObjectType,
    isLeafType,
    isListType,
    isNonNullType,
    isRequiredInputField,
    Kind,
    print,
    type ValidationContext,
    type ValueNode,
} from 'graphql'
import { documentError, type Place, parentOf } from './places.ts'

/** A literal that is no value of its argument's type; what is inside an input object is judged at its own place. */
export function literalValues(context: ValidationContext): ASTVisitor {
    return {
        Argument(node, _key, _parent, _path, ancestors) {
            const argument = context.getArgument()
            if (!argument || fits(node.value, argument.type)) return
            const place = { node, ancestors }
            const owner = parentOf(place)
            const named = owner?.kind === Kind.FIELD || owner?.kind === Kind.DIRECTIVE ? owner.name.value : ''
            const typeName = owner?.kind === Kind.DIRECTIVE ? 'Directive' : 'Field'
            context.reportError(incompatible(node.name.value, typeName, named, node.value, argument.type, place))
        },
        ObjectField(node, _key, _parent, _path, ancestors) {
            const type = getNamedType(context.getParentInputType())
            const field = isInputObjectType(type) ? type.getFields()[node.name.value] : undefined
            if (!field || fits(node.value, field.type)) return
            const place = { node, ancestors }
            context.reportError(
                incompatible(node.name.value, 'InputObject', type?.name ?? '', node.value, field.type, place),
            )
        },
        ObjectValue(node, _key, _parent, _path, ancestors) {
            const type = getNamedType(context.getInputType())
            if (!isInputObjectType(type)) return
            for (const field of Object.values(type.getFields())) {
                if (!isRequiredInputField(field) || node.fields.some((one) => one.name.value === field.name)) continue
                const message = `Argument '${field.name}' on InputObject '${type.name}' is required. Expected type ${field.type}`
                const error = documentError(
                    message,
                    { node, ancestors },
                    {
                        code: 'missingRequiredInputObjectAttribute',
                        argumentName: field.name,
                        argumentType: String(field.type),
                        inputObjectType: type.name,
                    },
                )
                context.reportError(error)
            }
        },
    }
}

function incompatible(
    argumentName: string,
    typeName: string,
    owner: string,
    value: ValueNode,
    type: GraphQLInputType,
    place: Place,
) {
    const message = `Argument '${argumentName}' on ${typeName} '${owner}' has an invalid value (${print(value)}). Expected type '${type}'.`
    return documentError(
        message,
        place,
        { code: 'argumentLiteralsIncompatible', typeName, argumentName },
        parentOf(place),
    )
}

function fits(value: ValueNode, type: GraphQLInputType): boolean {
    if (value.kind === Kind.VARIABLE) return true
    if (isNonNullType(type)) return value.kind !== Kind.NULL && fits(value, type.ofType)
    if (value.kind === Kind.NULL) return true
    if (isListType(type)) {
        return value.kind === Kind.LIST
            ? value.values.every((item) => fits(item, type.ofType))
            : fits(value, type.ofType)
    }
    if (isInputObjectType(type)) return value.kind === Kind.OBJECT
    if (!isLeafType(type)) return false
    try {
        return type.parseLiteral(value, undefined) !== undefined
    } catch {
        // a leaf type says no by throwing
        return false
    }
}
