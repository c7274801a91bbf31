import type { Session } from '../sql/database.ts'
import { standingGiven, standingOptions } from './given.ts'
import { legendOf } from './legend.ts'
import type { OpenReport, Report, Side } from './report.ts'
import { sheetFrom } from './sheets.ts'
import { advice, codes, findings, skuFix, variantMap } from './sku_health_sheets.ts'
import { connectionParameters, connectionSummary } from './summary.ts'

const title = 'SKU health'

/** Whether the SKUs of two stores agree, and what to do where they do not (spec §3.3, D13). */
export const skuHealth: Report = {
    name: 'sku-health',
    title,
    question: 'Which items of the two stores are, or should be, the same, and what stands between them?',
    options: standingOptions,
    given: standingGiven,
    sheets: ['Summary', findings.name, skuFix.name, variantMap.name, 'Legend'],
    headline: [
        ['health', 'score'],
        ['variants', 'exact'],
        ['variants', 'mapped'],
        ['variants', 'near miss'],
        ['variants', 'duplicate'],
        ['variants', 'blank'],
    ],
    seenBy: ['source', 'destination'],
    open,
}

async function open(
    tx: Session,
    accountId: number,
    given: { connection: number; zone?: string },
    side: Side,
): Promise<OpenReport> {
    const parameters = await connectionParameters(tx, accountId, given, side)
    const sheets = await Promise.all([findings, skuFix, variantMap].map((sheet) => sheetFrom(tx, sheet, parameters)))
    const about = { title, statement: 'reports/health/summary', parameters }
    const { summary, figures } = await connectionSummary(tx, about, sheets)
    const all = [summary, ...sheets]
    return { sheets: [...all, legendOf(all, codes, advice)], figures, verdict: null }
}
