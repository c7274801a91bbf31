import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { WrongUse } from '../../jobs/commands/command.ts'
import { deskOf } from '../helpers/desk.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { mappingShops } from './mapping.ts'

async function atTheDesk(t: TestContext) {
    const shops = await mappingShops(t, {
        source: [
            { id: 11, sku: 'SOCK-1' },
            { id: 21, sku: 'MUG-1' },
        ],
        destination: [
            { id: 111, sku: 'SOCK-6PK' },
            { id: 121, sku: 'UK-MUG-1' },
        ],
    })
    const folder = await temporaryFolder('import')
    t.after(() => rm(folder, { recursive: true }))
    const { db, host } = shops
    const write = async (name: string, text: string) => {
        await writeFile(join(folder, name), text)
        return join(folder, name)
    }
    return { shops, write, at: (name: string) => join(folder, name), ...deskOf({ db, host, account_id: 1 }) }
}

test('crossdock import shows what a file would do, and applies it with --yes', async (t) => {
    const { shops, write, at, crossdock, said } = await atTheDesk(t)
    const file = await write('map.csv', 'source_sku;dest_sku;qty_factor;mine\nSOCK-1;SOCK-6PK;6;keep me\n')
    const asked = crossdock('import variant_map', { file, connection: '1' })
    await assert.rejects(asked, (error) => error instanceof WrongUse && /say --yes/.test(error.message))
    assert.deepEqual(await shops.links(), [])
    assert.match(
        said.join('\n'),
        /Links SOCK-1 with SOCK-6PK\. 6 at the source make one here[\s\S]*1 rows: 1 pair is linked, 0 unchanged/,
    )
    const done = await crossdock('import variant_map', { file, connection: '1', yes: true, result: at('result.csv') })
    assert.equal(done.failed, undefined)
    assert.equal(done.json.state, 'applied')
    assert.deepEqual(await shops.links(), ['11 111 mapping 6 unit'])
    const result = await readFile(at('result.csv'), 'utf8')
    assert.match(
        result,
        /^\ufeffsource_sku,dest_sku,qty_factor,mine,result,message,row_no\nSOCK-1,SOCK-6PK,6,keep me,ok,Links/,
    )
    const again = await crossdock('import variant_map', { file: at('result.csv'), connection: '1' })
    assert.match(String(again.text), /Nothing would change/, 'the result uploaded again asks nothing')
})

test('crossdock import of a file with wrong rows applies nothing, says which, fails, and writes the result', async (t) => {
    const { shops, write, at, crossdock } = await atTheDesk(t)
    const file = await write('map.csv', 'source_sku,dest_sku\nSOCK-1,SOCK-6PK\nNOPE,UK-MUG-1\n')
    const outcome = await crossdock('import variant_map', {
        file,
        connection: '1',
        yes: true,
        result: at('result.xlsx'),
    })
    assert.match(outcome.failed!, /1 of 2 rows are wrong, so nothing was applied\.\n {2}row 3: source: no variant/)
    assert.deepEqual(await shops.links(), [])
    const { length } = await readFile(at('result.xlsx'))
    assert.ok(length > 1000)
    const unreadable = await crossdock('import variant_map', {
        file: await write('x.csv', 'a,b\n1,2\n'),
        connection: '1',
    })
    assert.match(unreadable.failed!, /expected at least source_sku and dest_sku, got a, b/)
})

test('crossdock export writes what crossdock import finds unchanged', async (t) => {
    const { shops, at, crossdock } = await atTheDesk(t)
    await shops.map('source_sku,dest_sku\nMUG-1,UK-MUG-1\n')
    for (const name of ['map.csv', 'map.xlsx']) {
        await crossdock('export variant_map', { file: at(name), connection: '1' })
        const again = await crossdock('import variant_map', { file: at(name), connection: '1' })
        assert.match(String(again.text), /Nothing would change/)
    }
    const wrong = (given: object, sentence: RegExp) =>
        assert.rejects(
            crossdock('export variant_map', given as { [name: string]: unknown }),
            (error) => error instanceof WrongUse && sentence.test(error.message),
        )
    await wrong({ file: at('map.pdf'), connection: '1' }, /ends in \.csv or \.xlsx/)
    await wrong({ file: at('map.csv') }, /--connection: expected one of 1, 2, got none/)
})
