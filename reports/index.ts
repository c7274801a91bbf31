import { drift } from './drift.ts'
import { orderProof } from './order_proof.ts'
import { orderPush } from './order_push.ts'
import { productSync } from './product_sync.ts'
import type { Report } from './report.ts'
import { skuHealth } from './sku_health.ts'

/** Every report, in the order in which they are listed. */
export const reports: readonly Report[] = [orderPush, orderProof, productSync, skuHealth, drift]

export type { Cell } from '../connectors/spreadsheet/sheet.ts'
export type { OpenReport, OpenSheet, Page, Report, ReportColumn, ReportOption, Side, Verdict } from './report.ts'
export { withReport } from './report.ts'
