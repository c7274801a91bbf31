import type { Stage } from '../stock_stories/world.ts'

const statements = {
    pushes: 'select destination_order_id, state, reason, source_order_id, told_at from order_pushes order by 1',
    mirrors: `select mirror_id, kind, towards, origin_id, n, state, reason, detail, payload, target_id, sent_at, told_at
        from mirror_intents order by mirror_id`,
    orders: 'select store_id, order_id, name, financial_status, cancelled_at, updated_at, read_at from staging.orders order by 1, 2',
    refunds: `select r.store_id, r.order_id, r.created_at, l.line_item_id, l.quantity, l.restock_type
        from staging.refunds as r left join staging.refund_lines as l using (account_id, store_id, refund_id) order by 1, 2, r.refund_id`,
    returns: 'select store_id, order_id, return_id, status, read_at from staging.returns order by 1, 2, 3',
    movements: `select kind, origin, origin_id, order_id, units, source_item_id, source_location_id, sent_at, told_at, closed_at, why, mirror_id
        from stock_movements order by movement_id`,
    levels: `select v.store_id, v.sku, l.location_id, l.available, l.available_at, b.wrote_available, b.saw_available, b.wrote_at, b.unsettled, l.changed_at, l.read_at
        from staging.variants as v join staging.levels as l using (account_id, store_id, inventory_item_id)
        left join baseline.levels as b using (account_id, inventory_item_id, location_id) order by 2, 1, 3`,
    levels_written: `select c.change_id, c.change_set_id, s.run_id, s.state, v.sku, c.before, c.after, c.status, c.message, c.applied_at
        from changes as c join change_sets as s using (account_id, change_set_id)
        left join staging.variants as v on v.inventory_item_id = c.item_id where c.entity = 'level' order by 1`,
    effects:
        'select order_id, line_item_id, destination_item_id, location_id, n, units, at from order_effects order by at',
}

/** What Crossdock wrote down of a story, for whoever has to find out why it ended otherwise than it must. */
export async function rowsOf({ host }: Stage): Promise<string> {
    const lines: string[] = []
    for (const [name, statement] of Object.entries(statements)) {
        const { rows } = await host.db.send<Record<string, unknown>>(statement)
        lines.push(name, ...rows.map((row) => `    ${JSON.stringify(row)}`))
    }
    return lines.join('\n')
}
