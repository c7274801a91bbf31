import { execute, query } from '../../sql/query.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { type LevelKey, readLevelsNow } from './levels.ts'

/** Reads the source levels that open movements are about by id, and ends the movements that they show (rule 21b). */
export async function closeShown(context: RunContext, source: StoreRow): Promise<void> {
    const keys = { account_id: source.account_id, source: source.store_id }
    const levels = await readLevelsNow(context, source, await query<LevelKey>(context.db, 'stock/open_levels', keys))
    const unstocked = levels.filter(({ available }) => available === null)
    await context.inTransaction((tx) => execute(tx, 'stock/close_shown', { ...keys, unstocked }))
}
