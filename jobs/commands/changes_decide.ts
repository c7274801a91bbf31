import { z } from 'zod'
import type { Decided, Decision } from '../decide.ts'
import { type Command, command, type Desk, type Outcome, WrongUse } from './command.ts'
import { id } from './given.ts'
import { LINE_OPTIONS, lineFilter, lineOptions } from './line_filter.ts'

const sets = z.array(id).min(1, 'expected a change set, see changes list')
const SETS = [['<sets...>', 'change sets that wait, see changes list']] as const

export const changesApprove = decision('approve', {
    does: 'Approves lines that wait, with those they depend on; the next load writes them.',
    about: 'Without options all lines that wait are approved.',
    example: 'crossdock changes approve 12 13\ncrossdock changes approve 12 --line 4711',
})

export const changesReject = decision('reject', {
    does: 'Rejects lines, with those that depend on them; they are not proposed again until the desired value moves.',
    about: 'Without options all lines that wait are rejected.',
    example: 'crossdock changes reject 12 --field price',
})

export const changesKeep = decision('keep', {
    does: 'Leaves the destination as it is in these lines, whatever the source does.',
    example: 'crossdock changes keep 12 --line 4711',
})

export const changesReplace = command({
    name: 'changes replace',
    does: 'Approves a line with another value than the one proposed.',
    about: 'A list is written as JSON. An empty value clears the field.',
    example: 'crossdock changes replace 12 --line 4711 --value 19.90',
    arguments: [['<set>', 'a change set that waits']],
    options: [
        ['--line <ids...>', 'these lines'],
        ['--value <value>', 'what is written instead'],
    ],
    given: z.object({ set: id, line: lineOptions.line, value: z.string({ error: 'expected a value' }) }),
    async run({ set, line, value }, desk) {
        if (!line) throw new WrongUse('--line: expected the lines that take the value, see changes show.')
        return take(desk, [set], { lines: line }, { decision: 'replace', value: readValue(value) })
    },
})

function decision(verb: 'approve' | 'reject' | 'keep', texts: Pick<Command, 'does' | 'about' | 'example'>): Command {
    return command({
        name: `changes ${verb}`,
        ...texts,
        arguments: SETS,
        options: LINE_OPTIONS,
        given: z.object({ sets, ...lineOptions }),
        async run({ sets, ...filter }, desk) {
            return take(desk, sets, lineFilter(filter), { decision: verb })
        },
    })
}

async function take(
    desk: Desk,
    sets: string[],
    filter: ReturnType<typeof lineFilter>,
    decision: Decision,
): Promise<Outcome> {
    const { account_id } = await desk.account()
    const db = await desk.db()
    const { decide } = await import('../decide.ts')
    const decided: (Decided & { set: string })[] = []
    for (const set of sets) {
        decided.push({ set, ...(await decide(db, { account_id, who: desk.who, set, filter, ...decision })) })
    }
    return {
        json: { decision: decision.decision, decided },
        text: decided.flatMap(({ set, lines, first_sync_over }) => [
            `Set ${set}: ${lines} lines, ${decision.decision}.`,
            ...(first_sync_over ? ['The first sync of the connection is decided: from now on only brakes hold.'] : []),
        ]),
    }
}

function readValue(text: string): string | string[] | null {
    if (text === '') return null
    if (!text.startsWith('[')) return text
    try {
        return z.array(z.string()).parse(JSON.parse(text))
    } catch (cause) {
        throw new WrongUse(`--value: expected a JSON list of texts, as in '["blue","red"]', got ${text}.`, { cause })
    }
}
