import { z } from 'zod'
import { setsOf } from '../../sql/changes/changes.ts'
import { command } from './command.ts'
import { number } from './given.ts'
import { heldText } from './held_text.ts'
import { table, when } from './table.ts'

const STATES = ['held', 'approved', 'loading', 'loaded', 'superseded', 'rejected', 'rolled_back'] as const

export const changesList = command({
    name: 'changes list',
    does: 'Lists change sets, the newest first, with their lines by status.',
    example: 'crossdock changes list --state held',
    options: [
        ['--connection <id>', 'only this connection'],
        ['--state <state>', `one of ${STATES.join(', ')}`],
        ['--limit <number>', 'at most so many, 50 by default'],
    ],
    given: z.object({
        connection: number.optional(),
        state: z.enum(STATES).optional(),
        limit: number.default(50),
    }),
    async run(filter, desk) {
        const { account_id } = await desk.account()
        const sets = await setsOf(await desk.db(), account_id, filter)
        return {
            json: { change_sets: sets },
            text: [
                ...table(
                    ['set', 'from', 'to', 'kind', 'state', 'why', 'lines', 'made'],
                    sets.map((set) => [
                        set.change_set_id,
                        set.source,
                        set.destination,
                        set.kind,
                        set.state,
                        set.hold_reason,
                        Object.entries(set.lines)
                            .map(([status, lines]) => `${lines} ${status}`)
                            .join(', '),
                        when(set.created_at),
                    ]),
                    'There is no change set that fits.',
                ),
                ...heldText(sets.filter(({ state }) => state === 'held').toReversed()),
            ],
        }
    },
})
