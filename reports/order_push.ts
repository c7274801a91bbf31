import type { Session } from '../sql/database.ts'
import { legendOf } from './legend.ts'
import { commissionOption, type OrderGiven, orderOptions, orderPushGiven } from './order_given.ts'
import { codes, exceptions, lines, orders, settlement, unseenBySource } from './order_push_sheets.ts'
import { makeOrderTables, makeTables, summaryOf } from './order_report.ts'
import type { OpenReport, Report, Side } from './report.ts'
import { sheetFrom, without } from './sheets.ts'
import { summaryColumns } from './summary.ts'

const title = 'Order pushes'

/** Which orders of a connection were pushed, and why the others were not (spec §3.1). */
export const orderPush: Report = {
    name: 'order-push',
    title,
    question: "Which of the destination's orders reached the source, what became of them, and why did the others not?",
    options: [...orderOptions, commissionOption],
    given: orderPushGiven,
    sheets: ['Summary', orders.name, lines.name, exceptions.name, settlement.name, 'Legend'],
    headline: [
        ['orders by push state', 'pushed'],
        ['orders by push state', 'not_pushed'],
        ['pushed', 'units'],
        ['pushed', 'value'],
        ['pushed', 'value at the source'],
    ],
    isSlow: true,
    seenBy: ['source', 'destination'],
    open,
}

const figuresSheet = { name: 'figures', statement: 'reports/order_push_summary', columns: summaryColumns }

async function open(tx: Session, accountId: number, given: OrderGiven, side: Side): Promise<OpenReport> {
    const parameters = await makeOrderTables(tx, accountId, given, side)
    await makeTables(tx, ['settlement'], parameters)
    const own = side === 'source' ? [without(orders, unseenBySource), lines] : [orders, lines, exceptions]
    const wanted = [...own, ...(given.commission ? [settlement] : [])]
    const sheets = await Promise.all(wanted.map((sheet) => sheetFrom(tx, sheet, parameters)))
    const figures = await sheetFrom(tx, figuresSheet, parameters)
    const summary = await summaryOf(tx, title, parameters, sheets, figures)
    const all = [summary, ...sheets]
    return { sheets: [...all, legendOf(all, codes)], figures, verdict: null }
}
