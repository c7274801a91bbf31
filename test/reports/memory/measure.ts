import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { formats } from '../../../reports/write.ts'
import type { Database } from '../../../sql/database.ts'
import { seedHouse } from '../seed.ts'
import { fillLines } from './many_lines.ts'
import { fillOrders } from './many_orders.ts'

export type Measured = { report: string; format: string; before: number; raised: number; seconds: number }

const run = promisify(execFile)
const CHILD = join(import.meta.dirname, 'child.ts')
export const NAMES = ['order-push', 'order-proof', 'product-sync', 'sku-health', 'drift'] as const

/** What reports of so many orders take of memory, each in every form in a process of its own. */
export async function* measure(
    { db, url, folder }: { db: Database; url: string; folder: string },
    orders: number,
    names: readonly string[] = NAMES,
): AsyncGenerator<Measured> {
    const house = await seedHouse(db)
    const connection = await house.connect('northwind')
    for (const id of [1, 2, 3]) await house.item(id, `MUG-${id}`, connection)
    await fillOrders(house, connection, orders)
    await fillLines(house, connection, orders * 2)
    for (const report of names) {
        for (const format of formats) {
            const path = join(folder, `${report} as ${format}`)
            const { stdout } = await run(process.execPath, [CHILD, url, String(house.account_id), report, format, path])
            yield { report, format, ...JSON.parse(stdout) }
        }
    }
}
