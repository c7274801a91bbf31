import type { Session } from '../sql/database.ts'
import { type Parameters, queryOne } from '../sql/query.ts'
import { findings } from './findings.ts'
import { type Codes, legendOf } from './legend.ts'
import { type OrderGiven, orderGiven, orderOptions } from './order_given.ts'
import { findingsSheet, inOrder, lines, orders } from './order_proof_sheets.ts'
import { codes as pushCodes } from './order_push_sheets.ts'
import { makeOrderTables, makeTables, summaryOf } from './order_report.ts'
import type { OpenReport, Report, Verdict } from './report.ts'
import { sheetFrom } from './sheets.ts'
import { summaryColumns } from './summary.ts'

const title = 'Proof of orders'

/** Whether every line that goes is at the source exactly once, for the money that was paid (rules 53, 59, 63). */
export const orderProof: Report = {
    name: 'order-proof',
    title,
    question:
        'Has every line that goes exactly one counterpart at the source or a reason, and does the money agree to the minor unit?',
    options: orderOptions,
    given: orderGiven,
    sheets: ['Summary', findingsSheet.name, orders.name, lines.name, 'Legend'],
    isSlow: true,
    // it tells of orders that were not pushed, which are the destination's own business
    seenBy: ['destination'],
    open,
}

const figuresSheet = { name: 'figures', statement: 'reports/order_proof_summary', columns: summaryColumns }

async function open(tx: Session, accountId: number, given: OrderGiven): Promise<OpenReport> {
    const parameters: Parameters = { ...(await makeOrderTables(tx, accountId, given)), findings }
    await makeTables(tx, ['twins', 'proof_lines', 'proof_orders', 'findings'], parameters)
    const sheets = await Promise.all([findingsSheet, orders, lines].map((sheet) => sheetFrom(tx, sheet, parameters)))
    const verdict = await verdictOf(tx)
    const figures = await sheetFrom(tx, figuresSheet, parameters)
    const summary = await summaryOf(tx, title, parameters, sheets, figures, verdict)
    const all = [summary, ...sheets]
    return { sheets: [...all, legendOf(all, codesOf())], figures, verdict }
}

async function verdictOf(tx: Session): Promise<Verdict> {
    const found = await queryOne<{ [what: string]: number }>(tx, 'reports/order_proof_verdict', { findings })
    const { unexplained, noted, ...counts } = found
    const seen = `${counts.orders} orders, ${counts.lines} lines: ${counts.matched} matched, ${counts.explained} with a reason`
    if (unexplained === 0) {
        return { isGood: true, sentence: `Proved: ${seen}; money agrees to the minor unit; ${noted} noted.` }
    }
    return {
        isGood: false,
        sentence: `Not proved: ${unexplained} findings are unexplained; see the sheet Findings. ${seen}.`,
    }
}

function codesOf(): Codes[] {
    const unsound = Object.entries(findings).map(([code, { text }]) => [code, text] as const)
    const [pushStates] = pushCodes
    return [pushStates!, inOrder, { of: 'finding', codes: Object.fromEntries(unsound) }]
}
