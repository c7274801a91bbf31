import { query } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { RunContext } from '../context.ts'

/** Code of the notice that movements wait for a person. */
const OLD = 'movements_old'

type Old = { account_id: number; connection_id: number; movements: number; units: number; oldest: string | null }

/** Tells of stock movements that are open for 30 days and more: they count on until a person looks at them (rule 21b). */
export async function noteOldMovements(context: RunContext): Promise<void> {
    await context.inTransaction(async (tx) => {
        for (const old of await query<Old>(tx, 'movements/old', { account_id: context.accountId })) {
            if (old.movements === 0) await endNotice(tx, old, OLD)
            else await notify(tx, old, OLD, textOf(old))
        }
    })
}

function textOf({ connection_id, movements, units, oldest }: Old): string {
    return (
        `Connection ${connection_id}: ${movements} stock movements (${units} units) are open for 30 days and more, the ` +
        `oldest since ${oldest?.slice(0, 10)}. They count on. Look at them: crossdock movements list --old; what will ` +
        `never show at the source, release: crossdock movements release ID.`
    )
}
