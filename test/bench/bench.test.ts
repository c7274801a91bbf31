import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { figures } from './figures.ts'

const run = promisify(execFile)
const bench = join(import.meta.dirname, 'bench.ts')

test('the bench comes to the counts its rows were made for, and tells every figure', async (t) => {
    const { stdout } = await run(process.execPath, [bench, '--rows', '2000', '--rounds', '1', '--json'], {
        signal: t.signal,
    })
    const told = JSON.parse(stdout) as Record<string, unknown>
    for (const { name } of figures) assert.ok(Number(told[name]) > 0, `${name}: ${told[name]}`)
    assert.equal(told.rows, 2000)
})

test('a size that cannot be is refused in a sentence', async () => {
    await assert.rejects(run(process.execPath, [bench, '--rows', '1234']), {
        code: 2,
        stderr: '--rows: expected thousands of variants a side, such as 200000, got 1234.\n',
    })
})
