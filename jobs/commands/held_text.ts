import { type SetRow, setsOf } from '../../sql/changes/changes.ts'
import type { Database } from '../../sql/database.ts'

/** The change sets of an account that wait for a person, the oldest first. */
export async function heldOf(db: Database, accountId: number): Promise<SetRow[]> {
    return (await setsOf(db, accountId, { state: 'held' })).toReversed()
}

/** For each set that is held: what holds it, with the numbers, what goes on meanwhile, and what to type (spec rule 86). */
export function heldText(sets: readonly SetRow[]): string[] {
    return sets.flatMap(({ change_set_id: set, kind, source, destination, hold_reason }) => [
        `Set ${set} is held (${kind}, ${source} to ${destination}): ${reasonOf(hold_reason)}.`,
        `  ${meanwhile(kind)} Look at it with crossdock changes show ${set}, then crossdock changes approve ${set} ` +
            `(or reject ${set}), then crossdock run load.`,
    ])
}

function reasonOf(reason: string | null): string {
    if (reason === 'first_sync') return 'the first sync of this connection waits until a person has seen it'
    return reason ?? 'lines that wait for a person'
}

function meanwhile(kind: string): string {
    const other = 'Other kinds of changes go on.'
    return kind === 'stock' ? `${other} Of stock only what known sales lower is written.` : other
}
