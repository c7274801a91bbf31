import type { Job } from './context.ts'
import { finishEnds } from './ends/end_connection.ts'
import { reconcile } from './flow.ts'
import { finishJoins } from './joins.ts'

/** Reads what was updated since the last reading, compares what moved, loads what is approved. */
export const hourly: Job = async (context, args) => {
    await finishEnds(context)
    await finishJoins(context)
    return reconcile(context, args, { reading: 'incremental', whole: false })
}
