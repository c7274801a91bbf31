import { copyIn } from '../../sql/copy.ts'
import type { Session } from '../../sql/database.ts'
import { query } from '../../sql/query.ts'
import { type Gathered, sorterOf } from './lines.ts'
import type { Incoming } from './operation.ts'

/** Rows of one table go over the connection in pieces of about this many bytes, in turn with the others'. */
const CHUNK_BYTES = 1024 * 1024

export type Filled = {
    /** Rows by incoming table. */
    counts: Record<string, number>
    /** Every line of the file, also those of no table. */
    lines: number
}

/**
 * Makes the incoming tables on a pinned connection and fills them from a result's lines. One chunk is on its way to
 * the server while the next are gathered, so memory does not grow with the file; when the server is slower than the
 * store, reading waits. Throws what the download throws, the number of a line that cannot be read, the server's refusal.
 *
 * @param told is given the lines so far, batch by batch.
 */
export async function fill(
    session: Session,
    tables: readonly Incoming[],
    batches: AsyncIterable<readonly Buffer[]>,
    told: (lines: number) => void = () => {},
): Promise<Filled> {
    for (const { name, made, lists } of tables) await query(session, made ?? `staging/incoming_${name}`, {}, lists)
    const sorter = sorterOf(tables)
    const sender = senderOn(session)
    let lines = 0
    try {
        for await (const batch of batches) {
            for (const line of batch) {
                const gathered = sorter.take(line)
                if (gathered !== null && gathered.bytes >= CHUNK_BYTES) await sender.send(gathered)
            }
            lines += batch.length
            told(lines)
        }
        for (const gathered of sorter.tables) await sender.send(gathered)
        await sender.underWay()
    } finally {
        // No COPY may be left on the connection, whatever went wrong above.
        await sender.underWay().catch(() => {})
    }
    const counts = Object.fromEntries(sorter.tables.map(({ table, rows }) => [table.name, rows]))
    return { lines, counts: sorter.others() > 0 ? { ...counts, others: sorter.others() } : counts }
}

/** One COPY at a time on a connection; a failed one is thrown at the next send, or at the end. */
function senderOn(session: Session) {
    let underWay: Promise<unknown> = Promise.resolve()
    return {
        /** Waits until the chunk before is through, then sends what was gathered, without waiting for it. */
        async send(gathered: Gathered): Promise<void> {
            await underWay
            if (gathered.bytes === 0) return
            const { name, columns } = gathered.table
            const target = { table: `incoming_${name}`, columns: columns.map((column) => column.name) }
            underWay = copyIn(session, target, [gathered.empty()])
            underWay.catch(() => {})
        },
        underWay: async () => void (await underWay),
    }
}
