import { kinds } from './calls/index.ts'
import { approvedLines } from './load_kind.ts'
import type { Place } from './place.ts'

export type DryRun = { [call: string]: { calls: number; lines: number } }

/**
 * Which calls the approved sets would make as they stand, without the look at the store that may still turn lines into
 * conflicts. Lines of products that are yet to be created are not counted. Reads, but sends no mutation.
 */
export async function dryRunOf(
    start: Omit<Place, 'changeSetId'>,
    sets: readonly { change_set_id: string }[],
): Promise<DryRun> {
    const calls: DryRun = {}
    for (const { change_set_id } of sets) {
        const place = { ...start, changeSetId: change_set_id }
        for (const kind of kinds) {
            for await (const lines of approvedLines(place, kind)) {
                const { drafts } = await kind.plan(lines, place)
                const own = calls[kind.name] ?? { calls: 0, lines: 0 }
                own.calls += drafts.length
                own.lines += drafts.reduce((sum, draft) => sum + draft.lines.length, 0)
                if (own.calls > 0) calls[kind.name] = own
            }
        }
    }
    return calls
}
