import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { kindsOf, phases } from '../../../jobs/compare/steps.ts'
import { type Session, transaction } from '../../../sql/database.ts'
import { execute, type Parameters, parametersOf, query } from '../../../sql/query.ts'
import { addAccount } from '../../../sql/stores/accounts.ts'
import { parseSettings } from '../../../sql/stores/settings.ts'
import { testDatabase } from '../../helpers/database.ts'

/** Lines of one statement: how many, and what each is. */
type Lines = { lines: number; kind?: string; entity?: string; action?: string; field?: string; from?: number } & {
    before?: string | null
    after?: string | null
    more?: { from_sales?: boolean; confirmed_by?: string }
}

const emptied = { kind: 'stock', entity: 'level', field: 'available', before: '5', after: '0' }
const dearer = { kind: 'price', entity: 'variant', field: 'price', before: '"10.00"', after: '"13.01"' }
const made = { action: 'create', before: null, after: '{}' }
const hidden = { field: 'published', before: 'true', after: 'false' }
const removed = { kind: 'life_cycle', action: 'delete', before: null, after: null }

/** A connection with so many linked products of one variant each, priced and stocked. */
async function linked(t: TestContext, goods: number) {
    const { db } = await testDatabase(t)
    await addAccount(db, 'northwind')
    await db.send(`
        insert into stores (account_id, domain, role, origin, api_version, credentials)
        values (1, 'northwind.example', 'source', '', '', ''), (1, 'corner-shop.example', 'destination', '', '', '');
        insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state)
        values (1, 1, 2, 'CD-AAAAAA', '{}', 'connected');
        insert into product_links (account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us)
        select 1, 1, n, 2, n, true from generate_series(1, ${goods}) as n;
        insert into baseline.levels (account_id, connection_id, inventory_item_id, location_id, wrote_available, saw_available)
        select 1, 1, n, 1, 5, 5 from generate_series(1, ${goods}) as n;
        insert into baseline.variants (account_id, connection_id, destination_variant_id, wrote_price, saw_price)
        select 1, 1, n, 10, 10 from generate_series(1, ${goods}) as n`)
    const judged = (...all: Lines[]) => transaction(db, (tx) => judge(tx, all))
    const whyHeld = async (...all: Lines[]) =>
        Object.fromEntries((await judged(...all)).map(({ kind, hold_reason }) => [kind, hold_reason]))
    return { db, judged, whyHeld }
}

type Judged = { kind: string; state: string; hold_reason: string | null; approved_by: string | null }

/** The sets that a comparison of the connection makes of these proposals, and their lines; all of it is undone by the next. */
async function judge(tx: Session, all: Lines[]): Promise<Judged[]> {
    const { brakes } = parseSettings({})
    const known: Parameters = {
        account_id: 1,
        connection_id: 1,
        run_id: null,
        kinds: kindsOf(undefined),
        orders: 'none',
    }
    const given: Parameters = { ...known, ...brakes, first_sync: false, at: null }
    const steps = phases.find(({ name }) => name === 'brake')!.steps.map(({ file }) => file)
    const superseded = ['supersede_lines', 'supersede_sets']
    await execute(tx, 'diff/scratch')
    await run(tx, 'approved_before', given)
    for (const lines of all) await propose(tx, lines)
    for (const file of [...steps, ...superseded, 'new_sets', 'new_changes']) await run(tx, file, given)
    const { rows } = await tx.send<Judged>(`
        select kind, state, hold_reason, approved_by from change_sets where state in ('held', 'approved') order by kind`)
    return rows
}

async function run(tx: Session, file: string, given: Parameters) {
    const names = await parametersOf(`diff/${file}`)
    await query(tx, `diff/${file}`, Object.fromEntries(names.map((name) => [name, given[name] ?? null])))
}

async function propose(tx: Session, { lines, from = 1, more = {}, ...line }: Lines) {
    const { kind = 'catalogue', entity = 'product', action = 'update', field = '', before = null, after = null } = line
    await tx.send(
        `insert into proposals (kind, entity, action, field, before, after, item_id, location_id, origin, rule, from_sales, confirmed_by)
        select $1, $2, $3, $4, $5::jsonb, $6::jsonb, n, case $2 when 'level' then 1 else 0 end, 'source_changed', 'default', $7, $8
        from generate_series($9::integer, $9::integer + $10::integer - 1) as n`,
        [kind, entity, action, field, before, after, more.from_sales ?? false, more.confirmed_by ?? null, from, lines],
    )
}

test('rule 86: each brake trips by its default, and lets through what is just under it', async (t) => {
    const { whyHeld } = await linked(t, 2000)
    const cases: [string, Lines, string | RegExp][] = [
        ['stock', { lines: 200, ...emptied }, 'stock to zero for 201 of 2000 items that had some: more than 10 %'],
        ['price', { lines: 20, ...dearer }, 'price moved by more than 30 % for 21 of 2000 items: more than 1 %'],
        ['catalogue', { lines: 50, ...hidden }, '51 products deleted or taken off sale: more than 50'],
        ['catalogue', { lines: 500, ...made }, '501 products created: more than 500'],
        ['catalogue', { lines: 500, entity: 'variant', ...made }, '501 variants created: more than 500'],
        ['life_cycle', { lines: 50, ...removed }, '51 products deleted or taken off sale: more than 50'],
    ]
    for (const [kind, lines, reason] of cases) {
        assert.deepEqual(await whyHeld(lines), { [kind]: null })
        assert.deepEqual(await whyHeld({ ...lines, lines: lines.lines + 1 }), { [kind]: reason })
    }
})

test('rule 86: a share of a twentieth of the products may go, of a hundred no more than five', async (t) => {
    const { whyHeld } = await linked(t, 100)
    assert.deepEqual(await whyHeld({ lines: 5, ...removed }), { life_cycle: null })
    const said = '6 of 100 products deleted or taken off sale: more than 5 %'
    assert.deepEqual(await whyHeld({ lines: 6, ...removed }), { life_cycle: said })
})

test('rule 86: one price to 0 or under a tenth is enough, a tenth is not', async (t) => {
    const { whyHeld } = await linked(t, 500)
    const price = { lines: 1, kind: 'price', entity: 'variant', field: 'price', before: '"10.00"' }
    assert.deepEqual(await whyHeld({ ...price, after: '"1.00"' }), { price: null })
    for (const after of ['"0.99"', '"0.00"']) {
        assert.deepEqual(await whyHeld({ ...price, after }), {
            price: 'price to 0 or under a tenth for 1 items: none may',
        })
    }
})

test('rule 86: kinds are judged by themselves, and lines that known sales explain are never held', async (t) => {
    const { db, judged } = await linked(t, 20)
    const sold = { ...emptied, from: 4, more: { from_sales: true } }
    const sets = await judged({ lines: 3, ...emptied }, { lines: 9, ...sold }, { lines: 1, ...hidden })
    assert.deepEqual(
        sets.map(({ kind, state, hold_reason }) => [kind, state, hold_reason]),
        [
            ['catalogue', 'approved', null],
            ['stock', 'held', 'stock to zero for 3 of 20 items that had some: more than 10 %'],
        ],
    )
    const { rows } = await db.send(`
        select status, brake, from_sales, count(*)::integer as lines from changes
        where entity = 'level' group by status, brake, from_sales order by status`)
    assert.deepEqual(rows, [
        { status: 'approved', brake: null, from_sales: true, lines: 9 },
        { status: 'held', brake: 'zero', from_sales: false, lines: 3 },
    ])
    const alone = await judged({ lines: 9, ...sold })
    assert.deepEqual(
        alone.map(({ state }) => state),
        ['approved'],
    )
})

test('rule 86: what a person confirmed where the numbers were named is not braked', async (t) => {
    const { judged } = await linked(t, 20)
    const confirmed = { lines: 20, ...removed, more: { confirmed_by: 'ann' } }
    assert.deepEqual(await judged(confirmed), [
        { kind: 'life_cycle', state: 'approved', hold_reason: null, approved_by: 'ann' },
    ])
})
