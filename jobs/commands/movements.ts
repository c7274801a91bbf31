import { z } from 'zod'
import { transaction } from '../../sql/database.ts'
import { type MovementRow, movementsOf, releaseMovements } from '../../sql/movements/movements.ts'
import { audit } from '../../sql/runs/audit.ts'
import { connectionById } from '../../sql/stores/stores.ts'
import { isConfirmed, nothingDone, YES } from './ask.ts'
import { command, WrongUse } from './command.ts'
import { id, number } from './given.ts'
import { table, when } from './table.ts'

const MOST = 1000
const flag = z.literal(true).optional()

export const movementsList = command({
    name: 'movements list',
    does: 'Lists stock movements: what destinations sold or took back and their source has yet to show.',
    about: 'One that is open for 30 days waits for a person: it counts on until it is shown, or released.',
    example: 'crossdock movements list --old',
    options: [
        ['--connection <id>', 'only of this connection'],
        ['--open', 'only those that count'],
        ['--closed', 'only those that are over'],
        ['--old', 'only those that are open for 30 days'],
        ['--limit <number>', `at most so many, ${MOST} by default`],
    ],
    given: z.object({
        ...{ connection: number.optional(), open: flag, closed: flag, old: flag },
        limit: number.default(MOST),
    }),
    async run({ connection, open, closed, old, limit }, desk) {
        const chosen = (['open', 'closed', 'old'] as const).filter((name) => ({ open, closed, old })[name])
        if (chosen.length > 1) throw new WrongUse(`--${chosen.join(', --')}: expected one of them at most.`)
        const { account_id } = await desk.account()
        const db = await desk.db()
        if (connection !== undefined) await connectionById(db, account_id, connection)
        const rows = await movementsOf(db, account_id, { connection, which: chosen[0], limit })
        return {
            json: { movements: rows.map((row) => ({ ...row })) },
            text: movementTable(rows),
        }
    },
})

function movementTable(rows: readonly MovementRow[]): string[] {
    return table(
        [
            'movement',
            'connection',
            'kind',
            'order',
            'SKU',
            'units',
            'location',
            'known',
            'sent',
            'told',
            'closed',
            'why',
        ],
        rows.map((row) => [
            ...[row.movement_id, row.connection_id, row.kind, row.order_name, row.sku, row.units, row.location],
            ...[when(row.known_at), when(row.sent_at), when(row.told_at), when(row.closed_at)],
            row.is_old ? 'waits for a person' : row.why,
        ]),
        'There is no movement that fits.',
    )
}

export const movementsRelease = command({
    name: 'movements release',
    does: 'Ends stock movements that will never show at the source: their units count no longer.',
    about: 'The units of a sale go back on sale with the next run: release it only if the source has them.',
    example: 'crossdock movements release 12 13',
    arguments: [['<movements...>', 'open movements, see movements list']],
    options: [YES],
    given: z.object({ movements: z.array(id).min(1), yes: flag }),
    async run({ movements, yes = false }, desk) {
        const { account_id } = await desk.account()
        const db = await desk.db()
        const rows = await movementsOf(db, account_id, { movements, limit: movements.length })
        refuseClosed(movements, rows)
        const units = rows.reduce((sum, row) => sum + row.units, 0)
        const shown = [...movementTable(rows), `${rows.length} movements, ${units} units, are to count no longer.`]
        if (!(await isConfirmed(desk, shown, yes))) return nothingDone
        const released = await transaction(db, async (tx) => {
            const count = await releaseMovements(tx, account_id, movements)
            const detail = { movements, units }
            await audit(tx, { account_id, who: desk.who, what: 'movements.released', detail })
            return count
        })
        return {
            json: { released, units },
            text: `${released} movements are released; the next run counts without them.`,
        }
    },
})

function refuseClosed(movements: readonly string[], rows: readonly MovementRow[]): void {
    const open = new Set(rows.filter(({ closed_at }) => closed_at === null).map(({ movement_id }) => movement_id))
    const wrong = movements.filter((movement) => !open.has(movement))
    if (wrong.length === 0) return
    throw new Error(
        `Expected open movements, but ${wrong.join(', ')} are closed or unknown: see movements list --open.`,
    )
}
