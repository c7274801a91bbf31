import { z } from 'zod'
import type { Ending, Ends, Items, Numbers } from '../../sql/ends/ask.ts'
import { isConfirmed, nothingDone, YES } from './ask.ts'
import { type Command, command, type Desk, type Option, type Outcome } from './command.ts'
import { number } from './given.ts'
import { runJob } from './run.ts'

const CONNECTION: Option = ['--connection <id>', 'a connection, see crossdock connections']
const yes = z.literal(true).optional()

export const block = end({
    name: 'block',
    to: 'blocked',
    does: 'Blocks a connection on behalf of its source: nothing is written for it until it is unblocked.',
    choices: ['zero', 'leave', 'draft'],
})

export const disconnect = end({
    name: 'disconnect',
    to: 'disconnected',
    does: 'Disconnects a connection on behalf of its destination: nothing is written for it until it is reconnected.',
    choices: ['leave', 'zero', 'draft', 'delete'],
})

type Kind = { name: string; to: Ending; does: string; choices: [Items, ...Items[]] }

/** The first choice is the default (D14). */
function end({ name, to, does, choices }: Kind): Command {
    return command({
        name,
        does,
        about:
            'The numbers are shown and asked for first. What is chosen for the linked items is written at once; orders and\n' +
            'reports stay readable, links are kept. Where the store lets us in no more, its stock stands.',
        example: `crossdock ${name} --connection 2 --items ${choices[1]}`,
        options: [CONNECTION, ['--items <what>', `${choices.join(', ')}; by default ${choices[0]}`], YES],
        given: z.object({ connection: number, items: z.enum(choices).default(choices[0]), yes }),
        async run({ connection, items, yes: said = false }, desk) {
            const { askForEnd, endsOf, numbersOf, refuseEnd } = await import('../../sql/ends/ask.ts')
            const { account_id } = await desk.account()
            const db = await desk.db()
            const before = await endsOf(db, account_id, connection)
            refuseEnd(before, to)
            await readAnew(desk, before)
            const ends = await endsOf(db, account_id, connection)
            const numbers = await numbersOf(db, ends, items)
            if (!(await isConfirmed(desk, shown(ends, to, items, numbers), said))) return nothingDone
            await askForEnd(db, { account_id, who: desk.who }, ends, { to, items, numbers })
            return told(await runJob(desk, 'end_connection', { connection }), { connection, state: to, items, numbers })
        },
    })
}

/** What was written since the destination was read last is not in its rows: numbers are shown of what is there now. */
async function readAnew(desk: Desk, { destination }: Ends): Promise<void> {
    if (destination.state === 'stopped') return
    const { failed } = await runJob(desk, 'extract', { store: destination.domain, kind: 'incremental' })
    if (failed !== undefined) desk.say(`${destination.domain} could not be read, so the numbers are older: ${failed}`)
}

function shown({ connection, source, destination }: Ends, to: Ending, items: Items, numbers: Numbers): string[] {
    const { items: linked, products, made, published, units, lines, movements, movement_units } = numbers
    return [
        `Connection ${connection.connection_id}, ${source.domain} to ${destination.domain}, is to be ${to}.`,
        `${linked} linked items in ${products} products, ${made} of them made by Crossdock; ${units} units on sale there.`,
        `${published} of these products are published there.`,
        destination.state === 'stopped' && items !== 'leave'
            ? `${destination.domain} lets us in no more: its items and their stock stand as they are.`
            : WRITES[items](lines, products - lines),
        ...(movements > 0
            ? [
                  `${movements} open stock movements (${movement_units} units) count on: see movements list, movements release.`,
              ]
            : []),
        'Afterwards nothing is written for it. Orders and reports stay readable.',
    ]
}

const WRITES: Record<Items, (lines: number, others: number) => string> = {
    leave: () => 'Nothing is written: the items and their stock stand as they are.',
    zero: (lines) => `Stock is set to 0 at ${lines} places.`,
    draft: (lines, others) => `${lines} products become drafts; ${others} others stay as they are.`,
    delete: (lines, others) =>
        `${lines} products are deleted, which cannot be taken back; ${others} others stay as they are.`,
}

type Facts = { connection: number; state: Ending; items: Items; numbers: Numbers }
type Ended = { lines: { [name: string]: number }; stands: string | null; untold: string | null }
type Counts = { connections?: { [id: string]: Ended } }

function told({ json, failed }: Outcome, facts: Facts): Outcome {
    const ended = (json.counts as Counts | null)?.connections?.[facts.connection]
    const lines = ended?.lines ?? {}
    const written = Object.entries(lines).map(([name, count]) => `${name} ${count}`)
    const why = { stands: ended?.stands ?? null, untold: ended?.untold ?? null }
    const all = { ...facts, numbers: { ...facts.numbers }, lines, ...why }
    if (failed !== undefined) {
        const text = `Connection ${facts.connection} waits to be ${facts.state}: the next run goes on with it.`
        return { json: { ...all, state: 'waits', error: failed }, text, failed }
    }
    const stood = why.stands ? [`What is there stands: ${why.stands}`] : []
    const untold = why.untold ? [`Its source was not told of all that it sold: ${why.untold}`] : []
    return { json: all, text: [`Connection ${facts.connection} is ${facts.state}.`, ...written, ...stood, ...untold] }
}

export const unblock = command({
    name: 'unblock',
    does: 'Unblocks a connection on behalf of its source; the next run compares everything.',
    example: 'crossdock unblock --connection 2',
    options: [CONNECTION, YES],
    given: z.object({ connection: number, yes }),
    run: ({ connection, yes: said = false }, desk) => resume(desk, connection, said, 'unblocked'),
})

export const reconnect = command({
    name: 'reconnect',
    does: 'Reconnects a connection on behalf of its destination, with its links; its first sets wait for a person.',
    about: 'Orders of the time between were not ours and never count. What the source had blocked stays blocked.',
    example: 'crossdock reconnect --connection 2',
    options: [CONNECTION, YES],
    given: z.object({ connection: number, yes }),
    run: ({ connection, yes: said = false }, desk) => resume(desk, connection, said, 'reconnected'),
})

async function resume(desk: Desk, id: number, said: boolean, wish: 'unblocked' | 'reconnected'): Promise<Outcome> {
    const [asking, resuming] = await Promise.all([import('../../sql/ends/ask.ts'), import('../../sql/ends/resume.ts')])
    const { account_id } = await desk.account()
    const db = await desk.db()
    const ends = await asking.endsOf(db, account_id, id)
    resuming.refuseUnless(ends, wish === 'unblocked' ? 'blocked' : 'disconnected', wish)
    const numbers = await asking.numbersOf(db, ends, 'leave')
    if (!(await isConfirmed(desk, shownAgain(ends, wish, numbers), said))) return nothingDone
    const whose = { account_id, who: desk.who }
    if (wish === 'unblocked') await resuming.unblock(db, whose, ends)
    const state = wish === 'unblocked' ? 'connected' : await resuming.reconnect(db, whose, ends)
    return {
        json: { connection: id, state, numbers: { ...numbers } },
        text: `Connection ${id} is ${state}.${state === 'connected' ? ' Next: crossdock run nightly' : ''}`,
    }
}

function shownAgain({ connection, source, destination }: Ends, wish: string, { items, products }: Numbers): string[] {
    const { connection_id } = connection
    return [
        `Connection ${connection_id}, ${source.domain} to ${destination.domain}, is to be ${wish}.`,
        `Its links are kept: ${items} items in ${products} products. The next run compares everything` +
            (wish === 'reconnected' ? ', and its first change sets wait for a person.' : ' and writes what differs.'),
    ]
}
