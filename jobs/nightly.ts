import type { Job } from './context.ts'
import { finishEnds } from './ends/end_connection.ts'
import { reconcile } from './flow.ts'
import { finishJoins } from './joins.ts'
import { noteOldMovements } from './movements/old.ts'

/** Reads every store whole, compares everything, loads what is approved. */
export const nightly: Job = async (context, args) => {
    await finishEnds(context)
    await finishJoins(context)
    const result = await reconcile(context, args, { reading: 'full', whole: true })
    await noteOldMovements(context)
    return result
}
