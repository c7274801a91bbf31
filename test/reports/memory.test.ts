import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Cell } from '../../connectors/spreadsheet/sheet.ts'
import { id } from '../../reports/columns.ts'
import type { OpenReport } from '../../reports/index.ts'
import { type Format, formats, writeTo } from '../../reports/write.ts'
import { testDatabase } from '../helpers/database.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { measure } from './memory/measure.ts'
import { reportNamed } from './reading.ts'

const ROWS = 200_000
/** What may be on the way: a batch, and what streams hold before they say that they are full. */
const MOST_AHEAD = 5_000

/** A report without end, nearly, that counts what is taken of it. */
function endless(): { open: OpenReport; taken: () => number } {
    let taken = 0
    async function* batches(): AsyncGenerator<Cell[][]> {
        while (taken < ROWS) {
            const batch = Array.from({ length: 50 }, () => Array.from({ length: 20 }, () => `cell ${Math.random()}`))
            taken += batch.length
            yield batch
        }
    }
    const columns = Array.from({ length: 20 }, (_, n) => id(`column_${n}`, 'Any.'))
    const sheet = { name: 'Lines', columns, count: async () => ROWS, batches }
    return { open: { sheets: [sheet], figures: sheet, verdict: null }, taken: () => taken }
}

for (const format of formats) {
    test(`no more rows are read than whoever gets the ${format} takes`, async () => {
        const { open, taken } = endless()
        const waiting: (() => void)[] = []
        const slow = new Writable({ write: (_piece, _encoding, done) => void waiting.push(done) })
        const writing = writeTo(slow, reportNamed('order-push'), open, format as Format)
        writing.catch(() => {})
        // Until nothing moves any more.
        for (let [before, still] = [-1, 0]; still < 200; still = taken() === before ? still + 1 : 0) {
            before = taken()
            await setImmediate()
        }
        assert.ok(taken() > 0 && taken() < MOST_AHEAD, `${taken()} rows were read`)
        slow.destroy(new Error('enough'))
        await assert.rejects(writing, /enough/)
    })
}

test('a report of 20,000 rows raises the memory of its process by less than 100 MB, in every form', async (t) => {
    const place = await testDatabase(t)
    const folder = await temporaryFolder('report-memory')
    t.after(() => rm(folder, { recursive: true }))
    for await (const { format, raised } of measure({ ...place, folder }, 5700, ['order-push'])) {
        assert.ok(raised < 100, `${format}: ${raised} MB more`)
    }
})
