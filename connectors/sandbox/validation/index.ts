import {
    type DocumentNode,
    ExecutableDefinitionsRule,
    FragmentsOnCompositeTypesRule,
    type GraphQLError,
    type GraphQLSchema,
    KnownFragmentNamesRule,
    KnownTypeNamesRule,
    LoneAnonymousOperationRule,
    NoFragmentCyclesRule,
    NoUnusedFragmentsRule,
    OverlappingFieldsCanBeMergedRule,
    PossibleFragmentSpreadsRule,
    UniqueArgumentNamesRule,
    UniqueFragmentNamesRule,
    UniqueInputFieldNamesRule,
    UniqueOperationNamesRule,
    UniqueVariableNamesRule,
    type ValidationRule,
    validate,
} from 'graphql'
import { knownArguments, knownFields, requiredArguments, selections } from './fields.ts'
import { literalValues } from './literals.ts'
import { knownDirectives, variables } from './variables.ts'

/** The rules whose messages and codes are Shopify's own, then those of graphql-js for what was never recorded. */
const rules: readonly ValidationRule[] = [
    knownFields,
    knownArguments,
    requiredArguments,
    selections,
    literalValues,
    knownDirectives,
    variables,
    ExecutableDefinitionsRule,
    UniqueOperationNamesRule,
    LoneAnonymousOperationRule,
    KnownTypeNamesRule,
    FragmentsOnCompositeTypesRule,
    UniqueFragmentNamesRule,
    KnownFragmentNamesRule,
    NoUnusedFragmentsRule,
    NoFragmentCyclesRule,
    PossibleFragmentSpreadsRule,
    UniqueVariableNamesRule,
    UniqueArgumentNamesRule,
    UniqueInputFieldNamesRule,
    OverlappingFieldsCanBeMergedRule,
]

/** What is wrong with a document under a schema, in the order of the text. */
export function validateDocument(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
    return validate(schema, document, rules)
}
