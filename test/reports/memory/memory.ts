/**
 * What reports take of memory, and how long they take:
 *
 *   npm run report-memory                      100,000 orders with 250,000 lines, 200,000 items
 *   npm run report-memory -- --only drift      one of them
 *   npm run report-memory -- --orders 20000    another size
 *
 * Ends with 1 where one raised the memory of its process by more than 100 MB.
 */
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { testDatabase } from '../../helpers/database.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { linesOf } from './many_orders.ts'
import { measure, NAMES } from './measure.ts'

const MOST_MEGABYTES = 100

const { values } = parseArgs({ options: { orders: { type: 'string', default: '100000' }, only: { type: 'string' } } })
const orders = Number(values.orders)
if (!Number.isInteger(orders) || orders < 1) {
    console.error(`--orders: expected a number from 1 up, got ${values.orders}.`)
    process.exit(2)
}

const names = values.only === undefined ? NAMES : [values.only]

const ends: (() => Promise<void>)[] = []
const folder = await temporaryFolder('report-memory')
try {
    const place = await testDatabase({ after: (end) => ends.push(end) })
    console.log(`${orders} orders with ${linesOf(orders)} lines`)
    for await (const { report, format, before, raised, seconds } of measure({ ...place, folder }, orders, names)) {
        const figures = `${before.toFixed(0)} MB and ${raised.toFixed(0)} MB more, ${seconds.toFixed(0)} s`
        console.log(`${report} ${format}: ${figures}${raised > MOST_MEGABYTES ? ', which is too much' : ''}`)
        if (raised > MOST_MEGABYTES) process.exitCode = 1
    }
} finally {
    for (const end of ends) await end()
    await rm(folder, { recursive: true })
}
