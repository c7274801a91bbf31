import { z } from 'zod'
import { connectionsOf, storesOf } from '../../sql/stores/stores.ts'
import { command, type Desk, type Outcome, WrongUse } from './command.ts'
import { settingsFile } from './given.ts'
import { table, when } from './table.ts'

export const connections = command({
    name: 'connections',
    does: 'Lists the connections, or gives one other settings.',
    about: 'Settings are replaced whole: what the file leaves out takes its default.',
    example: 'crossdock connections --set 2 corner.json',
    options: [['--set <id-and-file...>', 'a connection and its new settings, a JSON file']],
    given: z.object({ set: z.array(z.string()).optional() }),
    async run({ set }, desk) {
        return set ? change(set, desk) : list(desk)
    },
})

async function change([id, file, ...more]: string[], desk: Desk): Promise<Outcome> {
    if (!id || !/^\d+$/.test(id) || !file || more.length > 0) {
        throw new WrongUse('--set: expected a connection and a file, as in --set 2 corner.json.')
    }
    const settings = await settingsFile(file)
    const { account_id } = await desk.account()
    const { changeSettings } = await import('../connect.ts')
    const changed = await changeSettings(await desk.host(), { account_id, who: desk.who }, Number(id), settings)
    for (const note of changed.notes) desk.say(note)
    return {
        json: { connection: changed.connection_id, notes: changed.notes },
        text: `Connection ${id} has its new settings; the next comparison looks at everything.`,
    }
}

async function list(desk: Desk): Promise<Outcome> {
    const { account_id } = await desk.account()
    const db = await desk.db()
    const domains = new Map((await storesOf(db, account_id)).map(({ store_id, domain }) => [store_id, domain]))
    const rows = (await connectionsOf(db, account_id)).map((connection) => ({
        connection: connection.connection_id,
        source: domains.get(connection.source_store_id) ?? '',
        destination: domains.get(connection.destination_store_id) ?? '',
        rank: connection.rank,
        state: connection.state,
        ending: connection.ending,
        first_sync_over_at: connection.first_sync_over_at,
        compared_at: connection.compared_at,
        settings: connection.settings,
    }))
    return {
        json: { connections: rows },
        text: table(
            ['connection', 'source', 'destination', 'rank', 'state', 'first sync', 'compared'],
            rows.map((row) => [
                row.connection,
                row.source,
                row.destination,
                row.rank,
                row.ending === null ? row.state : `${row.state}, to be ${row.ending}`,
                row.first_sync_over_at ? 'over' : 'waits',
                when(row.compared_at),
            ]),
            'There is no connection yet: see crossdock connect --help.',
        ),
    }
}
