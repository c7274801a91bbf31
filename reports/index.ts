import { orderProof } from './order_proof.ts'
import { orderPush } from './order_push.ts'
import type { Report } from './report.ts'

/** Every report, in the order in which they are listed. */
export const reports: readonly Report[] = [orderPush, orderProof]

export type { OpenReport, OpenSheet, Page, Report, ReportColumn, ReportOption, Verdict } from './report.ts'
export { withReport } from './report.ts'
