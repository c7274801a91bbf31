/** South may do as it likes in its own account. */
export const ofNorth = (rows: unknown[] | undefined) =>
    (rows as { account_id?: number }[]).filter((row) => row.account_id !== 2)

type Tables = { [table: string]: unknown[] }

/** What acts could have moved. */
export async function everything(db: { send<Row>(text: string): Promise<{ rows: Row[] }> }): Promise<Tables> {
    const rows = async (text: string) => (await db.send<Record<string, unknown>>(text)).rows
    return {
        changes: await rows('select account_id, change_id, status from changes order by change_id'),
        decisions: await rows('select account_id, connection_id, item_id, decision from decisions order by 1, 2, 3'),
        runs: await rows('select account_id, run_id, job, state from runs order by run_id'),
        orders: await rows(
            'select account_id, connection_id, order_id, decision from order_decisions order by 1, 2, 3',
        ),
        connections: await rows(
            'select account_id, connection_id, state, ending from connections order by connection_id',
        ),
        settings: await rows('select account_id, connection_id, settings from connections order by connection_id'),
        joins: await rows('select account_id, join_id, state, decided_by from joins order by join_id'),
        keys: await rows('select account_id, join_key_id, used_at, ended_at from join_keys order by join_key_id'),
        codes: await rows('select account_id, store_id, join_code from stores order by store_id'),
        uploads: await rows('select account_id, upload_id, state, applied_at from uploads order by upload_id'),
        pairs: await rows(
            'select account_id, source_variant_id, destination_variant_id from variant_links order by 1, 2, 3',
        ),
        links: await rows(
            'select account_id, store_id, used_at is null as unused from entry_links order by entry_link_id',
        ),
    }
}
