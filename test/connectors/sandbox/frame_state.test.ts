import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSandbox } from '../../../connectors/sandbox/sandbox.ts'
import { at, NORTHWIND, talkTo } from '../../helpers/sandbox.ts'
import { ended, linesAt, readOperation, runQuery } from '../../helpers/sandbox_bulk.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'

test('a sandbox that is started again goes on from where it was', async (t) => {
    const folder = await temporaryFolder('state')
    t.after(() => rm(folder, { recursive: true }))
    const options = {
        stateFile: join(folder, 'state.json'),
        shops: [{ domain: NORTHWIND, catalogue: { products: 10, seed: 1 } }],
    }
    const first = talkTo(await startSandbox(options))
    const operation = await ended(first, await runQuery(first, '{ products { edges { node { id } } } }'))
    await first.control('clock.advance', { seconds: 3600 })
    const products = [...(first.sandbox.shops.get(NORTHWIND)?.products.values() ?? [])]
    await first.control('bulk.set', { hold: true })
    const cutShort = await runQuery(first, '{ products { edges { node { id } } } }')
    await first.sandbox.close()

    const second = talkTo(await startSandbox({ ...options, shops: [...options.shops, { domain: 'outlet.example' }] }))
    t.after(() => second.sandbox.close())
    const shop = second.sandbox.shops.get(NORTHWIND)
    assert.deepEqual([...(shop?.products.values() ?? [])], products)
    assert.ok(second.sandbox.clock.offset() >= 3_600_000)
    assert.ok(second.sandbox.shops.has('outlet.example'))
    const kept = await readOperation(second, operation.id)
    assert.equal((await linesAt(kept.url)).length, 10)
    assert.equal((await readOperation(second, String(cutShort.bulkOperation?.id))).status, 'CANCELED')
    assert.equal(at((await second.ask('{ products(first: 1) { nodes { id } } }')).body, 'errors'), undefined)
})
