import { openDatabase } from '../../../sql/database.ts'
import type { Stage } from '../world.ts'
import type { Place, Trap } from './place.ts'

/** What a transaction writes where it is to stop: `when` speaks of the written row as `new`. */
type Write = { table: string; on: 'insert' | 'update' | 'insert or update'; when?: string }

/** Key of the lock that stopped transactions wait for. */
export const SEAM = 89_000_089

/**
 * Stops the transaction that writes such a row by a lock it has to wait for: as it writes, or deferred, when it commits.
 * A process killed at its commit does not learn that it was committed.
 */
async function stop(stage: Stage, { table, on, when }: Write, seam: 'midway' | 'commit'): Promise<Trap> {
    const seat = await openDatabase(stage.url, { max: 1, name: 'trap' })
    const { rows } = await seat.send<{ store_id: number }>(`select store_id from stores where role = 'source'`)
    const condition = when ? `when (${when.replace(':source', String(rows[0]?.store_id))})` : ''
    const each = `for each row ${condition} execute function stand_still()`
    const trigger =
        seam === 'midway'
            ? `create trigger trap before ${on} on ${table} ${each}`
            : `create constraint trigger trap after ${on} on ${table} deferrable initially deferred ${each}`
    await seat.send(`
        create or replace function stand_still() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock_shared(${SEAM});
            return new;
        end $$;
        ${trigger};
        select pg_advisory_lock(${SEAM});
    `)
    const waiting = `select from pg_locks where locktype = 'advisory' and objid = ${SEAM} and not granted
        and database = (select oid from pg_database where datname = current_database())`
    return {
        reached: async () => (await seat.send(waiting)).rowCount > 0,
        async release() {
            await seat.send(`select pg_advisory_unlock(${SEAM})`)
            await seat.send(`drop trigger trap on ${table}`)
            await seat.close()
        },
    }
}

function both(name: string, write: Write, more: Partial<Place> = {}): Place[] {
    return (['midway', 'commit'] as const).map((seam) => ({
        ...{ name, seam, moments: 1, arm: (stage: Stage) => stop(stage, write, seam) },
        ...more,
    }))
}

const answered = (name: string) => ({
    ...{ table: 'calls', on: 'update' as const },
    when: `new.state = 'answered' and new.name = '${name}'`,
})
/** Filled in when the trap is laid: a trigger's condition may not ask. */
const OF_SOURCE = 'new.store_id = :source'

export const transactions: readonly Place[] = [
    ...both('run claimed', { table: 'runs', on: 'update', when: `new.state = 'running' and old.state = 'queued'` }),
    ...both('reading opened', { table: 'snapshots', on: 'insert' }),
    ...both('reading known to be started', {
        ...{ table: 'snapshots', on: 'update' },
        when: 'new.bulk_operation_id is not null and old.bulk_operation_id is null',
    }),
    ...both('merge of the source', { table: 'staging.variants', on: 'insert or update', when: OF_SOURCE }),
    ...both('merge of levels', { table: 'staging.levels', on: 'insert or update', when: OF_SOURCE }),
    ...both('merge complete', { table: 'snapshots', on: 'update', when: `new.state = 'complete'` }),
    ...both('comparison', { table: 'changes', on: 'insert' }),
    ...both('set taken', { table: 'change_sets', on: 'update', when: `new.state = 'loading'` }),
    ...both('calls planned', { table: 'calls', on: 'insert' }),
    ...both('call about to be sent', { table: 'calls', on: 'update', when: `new.state = 'sent'` }),
    ...['product_create', 'variant_create', 'image_create', 'tags_remove', 'level_set', 'variant_delete'].flatMap(
        (kind) => both(`answer of ${kind} recorded`, answered(kind)),
    ),
    ...both(
        'bulk lines planned',
        { table: 'call_lines', on: 'insert', when: 'new.variables is not null' },
        { bulk: true },
    ),
    ...both(
        'bulk call known to be started',
        {
            ...{ table: 'calls', on: 'update' },
            when: 'new.bulk_operation_id is not null and old.bulk_operation_id is null',
        },
        { bulk: true },
    ),
    ...both(
        'bulk answers recorded',
        {
            ...{ table: 'call_lines', on: 'update' },
            when: 'new.answer is not null',
        },
        { bulk: true },
    ),
    ...both('set finished', { table: 'change_sets', on: 'update', when: `new.state = 'loaded'` }),
    ...both('run ended', { table: 'runs', on: 'update', when: `new.state = 'done'` }),
]
