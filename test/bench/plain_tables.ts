import { createReadStream } from 'node:fs'
import { copyIn } from '../../sql/copy.ts'
import type { Session } from '../../sql/database.ts'
import { csvFile, tableNames, tables } from './files.ts'
import type { Side } from './goods.ts'

/** Makes the yardstick's plain unlogged tables, empty. */
export async function makePlainTables(on: Session): Promise<void> {
    await on.send('drop schema if exists yardstick cascade; create schema yardstick')
    for (const table of tableNames) {
        const columns = tables[table].columns.join(', ')
        await on.send(
            `create unlogged table yardstick.${table} as select ${columns} from staging.${table} with no data`,
        )
    }
}

/** COPY of one store's ready-made files into the plain tables, one after another. */
export async function copyPlain(on: Session, folder: string, side: Side): Promise<void> {
    for (const table of tableNames) {
        const file = createReadStream(csvFile(folder, side, table), { highWaterMark: 256 * 1024 })
        await copyIn(on, { table: `yardstick.${table}`, columns: tables[table].columns, format: 'csv' }, file)
    }
}
