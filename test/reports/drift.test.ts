import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cornerShop } from './corner_shop.ts'
import { figuresOf, sheetsOf } from './reading.ts'
import { type House, put } from './seed.ts'

/** What comparisons leave when a destination is edited, a write is refused, and something sold. */
async function happened(house: House, connection: number): Promise<void> {
    const { db, account_id } = house
    const of = { account_id, connection_id: connection }
    const standing = (item_id: number, more: object) => ({
        ...{
            ...of,
            entity: 'variant',
            item_id,
            field: 'price',
            label: `SKU-${item_id}`,
            desired: '10.00',
            actual: '12.50',
        },
        ...{ origin: 'dest_edited', mode: 'follow', rule: 'edited at the destination, the source did not move' },
        ...{ location_id: 0, first_seen: new Date(), last_seen: new Date() },
        ...more,
    })
    const level = { entity: 'level', field: 'available', location_id: 7, desired: 5, actual: 3, mode: 'enforced' }
    await put(db, 'deviations', [
        standing(1, {}),
        standing(2, { ...level, rule: 'refused by the store: no such item' }),
        standing(3, { origin: 'first_sync', rule: 'existing item: stock only' }),
        standing(4, { rule: 'as_stored: the store keeps it its own way' }),
        ...Array.from({ length: 20 }, (_, n) =>
            standing(100 + n, { field: 'compare_at_price', first_seen: '2027-01-02' }),
        ),
    ])
    await put(db, 'change_sets', [
        { ...of, change_set_id: 1, kind: 'stock', state: 'held', counts: {}, created_at: '2027-01-02' },
        { ...of, change_set_id: 2, kind: 'price', state: 'approved', counts: {}, created_at: '2027-01-02' },
        { ...of, change_set_id: 3, kind: 'price', state: 'loaded', counts: {}, created_at: '2027-01-02', run_id: 9 },
    ])
    const line = (change_set_id: number, item_id: number, more: object) => ({
        ...{ ...of, change_set_id, entity: 'level', action: 'update', item_id, location_id: 7, field: 'available' },
        ...{
            label: `SKU-${item_id}`,
            before: 99,
            after: 5,
            origin: 'dest_edited',
            mode: 'enforced',
            rule: 'default',
            from_sales: false,
        },
        ...more,
    })
    await put(db, 'changes', [
        line(1, 5, { status: 'held' }),
        line(2, 6, { status: 'approved' }),
        line(2, 7, { status: 'approved', origin: 'source_changed' }),
        line(3, 8, { status: 'applied', applied_at: new Date(), saw: 5 }),
    ])
    await put(db, 'stock_movements', [
        {
            ...of,
            ...{
                movement_id: 1,
                kind: 'sale',
                origin: 'line_item',
                origin_id: 1,
                n: 0,
                location_id: 7,
                source_item_id: 5,
            },
            ...{ destination_item_id: 5, source_location_id: 1, factor: 1, units: -2, known_at: new Date() },
            ...{ created_at: new Date(), changed_at: new Date() },
        },
    ])
}

test('rules 16, 42: drift is told with what becomes of it and its likely cause; what is no drift is only counted', async (t) => {
    const { house, connection } = await cornerShop(t)
    await happened(house, connection)
    const { Drift, 'Set back': setBack, Summary } = await sheetsOf(house, 'drift', { connection: String(connection) })
    const told = Drift!.map((row) => [
        row.sku,
        row.field,
        row.expected,
        row.actual,
        row.difference,
        row.cause_guess,
        row.action,
    ])
    assert.deepEqual(told.slice(0, 2), [
        ['SKU-5', 'quantity', '5', '99', '94', 'unpushed_order', 'needs_approval'],
        ['SKU-6', 'quantity', '5', '99', '94', 'edited_by_hand', 'will_revert'],
    ])
    const alone = told.slice(2).filter(([, field]) => field !== 'compare_at_price')
    assert.deepEqual(alone, [
        ['SKU-1', 'price', '10.00', '12.50', '2.50', 'edited_by_hand', 'left_alone'],
        ['SKU-2', 'quantity', '5', '3', '-2', 'failed_write', 'left_alone'],
    ])
    const atOnce = Drift!.filter(({ field }) => field === 'compare_at_price')
    assert.deepEqual([...new Set(atOnce.map(({ cause_guess }) => cause_guess))], ['other_app'])
    assert.deepEqual(
        setBack!.map(({ sku, set_back_from, set_back_to, run_id }) => [sku, set_back_from, set_back_to, run_id]),
        [['SKU-8', '99', '5', '9']],
    )
    const figures = figuresOf(Summary!)
    assert.equal(figures['by what becomes of it: left_alone'], 22)
    assert.equal(figures['stands and is no drift: differences that a rule lets stand'], 2)
})
