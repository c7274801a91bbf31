import { type Session, transaction } from '../database.ts'
import { execute, query, queryFirst } from '../query.ts'
import { codes, isRefusal } from '../query_error.ts'
import type { Lists } from '../repeat.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'
import { heldSets, type LineFilter, narrowed, type SetState } from './changes.ts'

/** What is written instead; null clears the field. */
export type Replacement = string | string[] | null

export type Decision = { decision: 'approve' | 'reject' | 'keep' } | { decision: 'replace'; value: Replacement }

export type Decided = {
    /** Lines that took the decision, those that hang together with the named ones included. */
    lines: number
    /** Sets they are in. */
    sets: string[]
    /** The connection's first sync was over with this (D9). */
    first_sync_over: boolean
}

type LockedSet = {
    change_set_id: string
    connection_id: number
    kind: string
    state: SetState
    hold_reason: string | null
}
type Line = { change_id: string; change_set_id: string }
type Whose = { account_id: number; who: string }

/** Where a line stands that waits for a person. */
export const WAITING: readonly string[] = ['held', 'proposed']

/** Tables of the baseline in which a pair is settled, with the lists they repeat over, by the entity's name. */
export type Settling = { readonly [entity: string]: { table: string; lists: Lists } }

/**
 * Decides lines of a set that waits (rule 88): all that wait, or those the filter names. Approving a line approves what
 * it depends on, rejecting (or keeping) one rejects what depends on it. Rejected and replaced values are remembered
 * until the desired value changes; `keep` stands whatever moves.
 * @throws a sentence where the set is no longer open, where nothing fits, or a value does not fit its field.
 */
export async function decide(
    q: Queryable,
    settling: Settling,
    { account_id, who, set, filter = {}, ...decision }: Whose & { set: string; filter?: LineFilter } & Decision,
): Promise<Decided> {
    return transaction(q, async (tx) => {
        const { connection_id } = await lockOpenSet(tx, account_id, set)
        const chosen = await choose(tx, account_id, set, filter)
        const lines = await hangTogether(tx, account_id, chosen, decision.decision)
        const ids = lines.map(({ change_id }) => change_id)
        await apply(tx, { account_id, who, connection_id, settling }, decision, ids, chosen)
        const sets = [...new Set(lines.map(({ change_set_id }) => change_set_id))]
        await execute(tx, 'changes/judge_sets', { account_id, who, sets })
        await execute(tx, 'changes/move_references', { account_id, sets })
        const over = (await execute(tx, 'changes/end_first_sync', { account_id, connection_id })) > 0
        const detail = { sets, lines: ids.length, filter }
        await audit(tx, { account_id, who, what: `lines.${decision.decision}`, connection_id, detail })
        return { lines: ids.length, sets, first_sync_over: over }
    })
}

/** Approves every set of these connections (null: of all) that waits for a person. */
export async function approveHeld(
    q: Queryable,
    settling: Settling,
    { account_id, who }: Whose,
    connections: number[] | null,
): Promise<Decided[]> {
    const decided: Decided[] = []
    for (const set of await heldSets(q, account_id, connections)) {
        decided.push(await decide(q, settling, { account_id, who, set, decision: 'approve' }))
    }
    return decided
}

const AFTERWARDS: Record<Exclude<SetState, 'held' | 'approved'>, string> = {
    loading: 'is being loaded: decide what is left of it in the next comparison',
    loaded: 'is loaded: it can only be rolled back (changes rollback)',
    superseded: 'was superseded by a newer comparison: look at changes list',
    rejected: 'was rejected whole: it is proposed again when a desired value changes',
    rolled_back: 'was rolled back',
}

async function lockOpenSet(tx: Session, account_id: number, set: string): Promise<LockedSet> {
    const row = await queryFirst<LockedSet>(tx, 'changes/lock_set', { account_id, change_set_id: set })
    if (row === null) throw new Error(`Expected a change set of this account, got ${set}: see changes list.`)
    if (row.state === 'held' || row.state === 'approved') return row
    throw new Error(`Change set ${set} ${AFTERWARDS[row.state]}.`)
}

async function choose(tx: Session, account_id: number, set: string, filter: LineFilter): Promise<string[]> {
    const { lines, status } = filter
    // By line a decision may be taken back; by set only what waits is decided.
    const statuses = status ? [status] : lines ? [...WAITING, 'approved', 'rejected'] : WAITING
    const key = { account_id, change_set_id: set, statuses }
    const rows = await query<{ change_id: string }>(tx, 'changes/chosen', { ...key, ...narrowed(filter) })
    const chosen = rows.map(({ change_id }) => change_id)
    const missing = (lines ?? []).filter((line) => !chosen.includes(line))
    if (missing.length > 0) {
        throw new Error(`Set ${set} has no line ${missing.join(', ')} that can be decided: see changes show ${set}.`)
    }
    if (chosen.length === 0) throw new Error(`No line of set ${set} waits that fits: see changes show ${set}.`)
    return chosen
}

async function hangTogether(tx: Session, account_id: number, lines: string[], decision: Decision['decision']) {
    const file = decision === 'approve' || decision === 'replace' ? 'needed_by' : 'depending_on'
    return query<Line>(tx, `changes/${file}`, { account_id, lines })
}

type Place = Whose & { connection_id: number; settling: Settling }

async function apply(tx: Session, place: Place, said: Decision, all: string[], chosen: string[]): Promise<void> {
    const { account_id, who } = place
    if (said.decision === 'approve' || said.decision === 'replace') {
        await execute(tx, 'changes/approve', { account_id, who, lines: all })
        if (said.decision === 'replace') await replace(tx, place, said.value, chosen)
        return
    }
    const message = said.decision === 'keep' ? 'kept as it is, whatever the source does' : null
    await execute(tx, 'changes/decide', { account_id, who, lines: all, decision: said.decision })
    await execute(tx, 'changes/reject', { account_id, who, lines: all, message })
    await settle(tx, place, all)
}

async function replace(tx: Session, place: Place, value: Replacement, lines: string[]): Promise<void> {
    const { account_id, who } = place
    const json = JSON.stringify(value)
    await execute(tx, 'changes/decide', { account_id, who, lines, decision: 'replace' })
    const replaced = await execute(tx, 'changes/replace', { account_id, who, lines, value: json }).catch((cause) => {
        if (!isRefusal(cause, codes.notOfItsType)) throw cause
        throw new Error(`Expected a value of the field's own type, got ${json}: see the line's before and after.`, {
            cause,
        })
    })
    if (replaced < lines.length) {
        throw new Error(
            `Expected a new value for fields that are updated, got ${json}: it is there already, or a line creates or ` +
                `deletes. To leave a field as it is, keep or reject its line.`,
        )
    }
    await execute(tx, 'changes/give_values', { account_id, lines })
}

type Settled = { entity: string; rows: string }

async function settle(tx: Session, { account_id, connection_id, settling }: Place, lines: string[]): Promise<void> {
    for (const { entity, rows } of await query<Settled>(tx, 'changes/settlements', { account_id, lines })) {
        const into = settling[entity]
        if (!into) throw new Error(`Expected an entity that is settled (${Object.keys(settling)}), got ${entity}.`)
        await execute(tx, `load/settle_${into.table}`, { account_id, connection_id, rows }, into.lists)
    }
}
