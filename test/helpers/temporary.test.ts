import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sweepTemporary, temporaryFolder } from './temporary.ts'

test('what a killed test run left is swept away, what a living one uses is not', async (t) => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    const dead = join(tmpdir(), `crossdock-test-${pid}-left`)
    await mkdir(join(dead, 'cluster'), { recursive: true })
    await writeFile(join(dead, 'server.log'), '')
    const [living, reused] = [await temporaryFolder('living'), await temporaryFolder('reused')]
    t.after(() => rm(living, { recursive: true }))
    await utimes(reused, 0, 0)
    await sweepTemporary()
    assert.deepEqual(
        [dead, living, reused].map((it) => existsSync(it)),
        [false, true, false],
    )
})
