import { execute, type Parameters, parametersOf, query } from '../sql/query.ts'
import type { Session } from '../sql/session.ts'
import { type ConnectionRow, mayWrite } from '../sql/stores/stores.ts'
import type { Extent } from './compare/in_question.ts'
import { comparisonParameters } from './compare/parameters.ts'
import { phases, type Step } from './compare/steps.ts'
import type { RunContext } from './context.ts'

export type NewSet = {
    change_set_id: string
    kind: 'catalogue' | 'price' | 'stock' | 'life_cycle'
    state: 'held' | 'approved'
    hold_reason: string | null
    /** Lines by entity and action. */
    counts: Record<string, number>
}

/**
 * Compares what the destination of a connection holds with what it should hold, and records the outcome: links,
 * settled baselines, problems, deviations, and one change set for each kind that has lines (spec rules 81, 88).
 * Nothing is written to a store. `whole` looks at everything, otherwise at what moved since the last comparison;
 * `only` one entity: the open sets of other kinds stand, and the next comparison of all looks at what moved since the last
 * one of all.
 *
 * @returns the new change sets; none where nothing is to be changed, or the connection is blocked or disconnected (D14).
 */
export async function compareConnection(
    context: RunContext,
    connection: ConnectionRow,
    extent: Extent,
): Promise<NewSet[]> {
    if (!mayWrite(connection)) return []
    await execute(context.db, 'diff/analyze_stale')
    return context.inTransaction(async (tx) => {
        await execute(tx, 'diff/tune')
        const parameters = await comparisonParameters(tx, connection, context.runId, extent)
        await execute(tx, parameters.products === null ? 'diff/tune_whole' : 'diff/tune_some')
        for (const [index, phase] of phases.entries()) {
            context.progress(`compare: ${phase.name}`, index, phases.length)
            for (const step of phase.steps) {
                if (isOf(step, extent)) await runStep(tx, step, parameters)
            }
        }
        const sets = await recordSets(tx, parameters)
        if (extent.only === undefined) {
            await execute(tx, 'diff/compared', pick(parameters, ['account_id', 'connection_id']))
        }
        return sets
    })
}

const isOf = ({ of }: Step, { only }: Extent) => only === undefined || of === undefined || of === only

async function runStep(tx: Session, step: Step, parameters: Parameters): Promise<void> {
    const file = `diff/${step.file}`
    await execute(tx, file, pick(parameters, await parametersOf(file, step.lists)), step.lists)
}

async function recordSets(tx: Session, parameters: Parameters): Promise<NewSet[]> {
    const ask = async <Row>(file: string) => query<Row>(tx, file, pick(parameters, await parametersOf(file)))
    const sets = await ask<NewSet>('diff/new_sets')
    if (sets.length === 0) return sets
    await ask('diff/new_changes')
    const ids = { account_id: parameters.account_id!, sets: sets.map((set) => set.change_set_id) }
    await execute(tx, 'diff/new_dependencies', ids)
    return sets
}

function pick(parameters: Parameters, names: readonly string[]): Parameters {
    return Object.fromEntries(names.map((name) => [name, parameters[name] ?? null]))
}
