import { type ASTNode, GraphQLError, type GraphQLResolveInfo, Kind } from 'graphql'

type CompareList = { list: string; type: string }

/**
 * Where each inventory mutation takes the value it compares with. The schema says nullable, yet since 2026-04 the
 * argument must be there, if only as null (platform: inventory, recorded for the first three).
 */
const compareLists: Readonly<Record<string, CompareList>> = {
    inventorySetQuantities: { list: 'quantities', type: 'InventoryQuantityInput' },
    inventoryAdjustQuantities: { list: 'changes', type: 'InventoryChangeInput' },
    inventorySetOnHandQuantities: { list: 'setQuantities', type: 'InventorySetQuantityInput' },
}

const FIRST_VERSION = '2026-04'

/** Throws INVALID_FIELD_ARGUMENTS if an entry leaves `changeFromQuantity` out. `args` are the coerced arguments. */
export function requireChangeFromQuantity(
    name: string,
    args: Record<string, unknown>,
    info: GraphQLResolveInfo,
    apiVersion: string,
): void {
    const rule = compareLists[name]
    if (!rule || apiVersion < FIRST_VERSION) return
    const { input } = args
    const entries = isRecord(input) ? input[rule.list] : undefined
    if (!Array.isArray(entries) || entries.every((entry) => isRecord(entry) && 'changeFromQuantity' in entry)) return
    throw new GraphQLError(`${rule.type} must include the following argument: changeFromQuantity.`, {
        nodes: [...info.fieldNodes, ...inputNode(info)],
        extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
    })
}

/** The place the input came from: the declaration of its variable, or the literal itself. */
function inputNode(info: GraphQLResolveInfo): ASTNode[] {
    const value = info.fieldNodes[0]?.arguments?.find((argument) => argument.name.value === 'input')?.value
    if (value?.kind !== Kind.VARIABLE) return value ? [value] : []
    const declared = info.operation.variableDefinitions?.find(
        (definition) => definition.variable.name.value === value.name.value,
    )
    return declared ? [declared] : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null
}
