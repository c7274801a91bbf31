import type { Job } from './context.ts'
import { reconcile } from './flow.ts'

/** Reads every store whole, compares everything, loads what is approved. */
export const nightly: Job = (context, args) => reconcile(context, args, { reading: 'full', whole: true })
