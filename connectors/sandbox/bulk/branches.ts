import { lineOf } from './result_file.ts'
import type { Branch } from './scatter.ts'
import type { ConnectionShape, Shape } from './shape.ts'

type Row = Record<string, unknown>

/** The nodes of a connection in an answer as branches: lines, with what was nested pulled out below them. */
export function branchesOf(answer: unknown, connection: ConnectionShape, parentId?: unknown): Branch[] {
    const edges = isRow(answer) ? answer[connection.edgesKey] : undefined
    if (!Array.isArray(edges)) return []
    return edges.flatMap((edge) => {
        const node = isRow(edge) ? edge[connection.nodeKey] : undefined
        return isRow(node) ? [branchOf(node, connection.shape, parentId)] : []
    })
}

function branchOf(node: Row, shape: Shape, parentId: unknown): Branch {
    const children: Branch[][] = []
    pullOut(node, shape, node.id, children)
    return { line: lineOf(parentId === undefined ? node : { ...node, __parentId: parentId }), children }
}

/** Takes the connections out of a node, and of the single objects in it; the fields that held them are gone. */
function pullOut(holder: Row, shape: Shape, parentId: unknown, into: Branch[][]): void {
    for (const connection of shape.connections) {
        into.push(branchesOf(holder[connection.key], connection, parentId))
        delete holder[connection.key]
    }
    for (const { key, shape: inner } of shape.objects) {
        const object = holder[key]
        if (isRow(object)) pullOut(object, inner, parentId, into)
    }
}

/** The root connections of an answer, wherever in single objects they stand. */
export function rootBranches(data: Row, shape: Shape): Branch[] {
    const direct = shape.connections.flatMap((connection) => branchesOf(data[connection.key], connection))
    const within = shape.objects.flatMap(({ key, shape: inner }) => {
        const object = data[key]
        return isRow(object) ? rootBranches(object, inner) : []
    })
    return [...direct, ...within]
}

function isRow(value: unknown): value is Row {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
}
