import assert from 'node:assert/strict'
import { CORNER_SHOP } from '../helpers/cast.ts'
import { listedOf } from '../helpers/listed.ts'
import type { Difference } from '../oracle/compare.ts'
import { originOf, type ShopProduct } from '../oracle/state.ts'
import type { Stage } from './world.ts'

/** Fails with every difference that the oracle found. */
export function agreed({ differences }: { differences: Difference[] }): void {
    const lines = differences.map((it) => {
        const [expected, actual] = [it.expected, it.actual].map((value) => JSON.stringify(value))
        return `${it.shop} | ${it.item} | ${it.field} | expected ${expected} | got ${actual}`
    })
    assert.equal(lines.slice(0, 50).join('\n'), '')
}

/** The shops are as the rules have it, what is listed as left has its reason, nothing is there twice or forgotten. */
export async function judge(stage: Stage): Promise<void> {
    const { connection } = stage.world
    agreed(await stage.oracle.after())
    agreed({ differences: stage.oracle.compareLists(connection.id, await listedOf(stage.host.db, connection.id)) })
    assert.deepEqual(await twice(stage), [])
    assert.deepEqual(await forgotten(stage), [])
}

/** What a destination holds twice: products of one origin, variants of one SKU or the same options, pictures. */
export async function twice({ state }: Pick<Stage, 'state'>, domain = CORNER_SHOP): Promise<string[]> {
    const { products } = await state(domain)
    const marked = products.flatMap((it) => originOf(it) ?? [])
    return [...repeated(marked), ...products.flatMap(twiceIn)]
}

function twiceIn(product: ShopProduct): string[] {
    const skus = product.variants.flatMap(({ sku }) => sku ?? [])
    const options = product.variants.map((it) => it.options.join(' / '))
    const pictures = product.media.map((it) => (it as { originalSource?: string }).originalSource ?? `${it.id}`)
    return [...repeated(skus), ...repeated(options), ...repeated(pictures)].map((it) => `${product.handle}: ${it}`)
}

const repeated = (items: string[]) => items.filter((item, index) => items.indexOf(item) !== index)

/** Rows left in a state that nobody would ever look at again. */
const unattended = {
    call: `select name || ' ' || state as row from calls where state <> 'answered'`,
    'bulk line': `select c.name as row from call_lines as l join calls as c using (account_id, call_id)
        where c.transport = 'bulk' and l.answer is null`,
    line: `select concat_ws(' ', entity, action, field, label, status, message) as row from changes
        where status in ('loading', 'unknown', 'approved', 'proposed', 'settling')`,
    set: `select kind || ' ' || state as row from change_sets where state in ('held', 'approved', 'loading')`,
    reading: `select operation || ' ' || kind as row from snapshots where state = 'reading'`,
    run: `select job || ' ' || state as row from runs where state in ('queued', 'running')`,
    notice: `select code || ' ' || text as row from notices where ended_at is null`,
}

export async function forgotten({ host }: Pick<Stage, 'host'>): Promise<string[]> {
    const found: string[] = []
    for (const [what, statement] of Object.entries(unattended)) {
        const { rows } = await host.db.send<{ row: string }>(statement)
        found.push(...rows.map(({ row }) => `${what}: ${row}`))
    }
    return found
}

type Call = { shop: string; name: string }

/** Everything written to the shops so far, in order. */
export async function writes({ sandbox }: Stage): Promise<string[]> {
    const { calls } = (await sandbox.control('calls')) as { calls: Call[] }
    return calls.filter((it) => it.name !== 'bulkOperationRunQuery').map((it) => `${it.shop} ${it.name}`)
}
