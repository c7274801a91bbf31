import type { Job } from './context.ts'
import { reconcile } from './flow.ts'

/** Reads what was updated since the last reading, compares what moved, loads what is approved. */
export const hourly: Job = (context, args) => reconcile(context, args, { reading: 'incremental', whole: false })
