import type { Database } from '../../sql/database.ts'
import {
    askForEnd,
    type Ending,
    type Ends,
    endsOf,
    type Items,
    linesByChoice,
    type Numbers,
    numbersOf,
    refuseEnd,
} from '../../sql/ends/ask.ts'
import { reconnect, unblock } from '../../sql/ends/resume.ts'
import { QueryError } from '../../sql/query_error.ts'
import { askForRun } from '../ask.ts'
import { late } from '../late.ts'
import type { Answer, PageRoute } from '../route.ts'
import type { Visit } from '../visit.ts'

type Kind = { verb: string; who: 'source' | 'destination'; to: Ending; choices: readonly Items[] }

/** Only the source blocks, only the destination disconnects; the first choice is the default (D14). */
const BLOCK: Kind = { verb: 'block', who: 'source', to: 'blocked', choices: ['zero', 'leave', 'draft'] }
const DISCONNECT: Kind = {
    ...{ verb: 'disconnect', who: 'destination', to: 'disconnected' },
    choices: ['leave', 'zero', 'draft', 'delete'],
}

export const blockPage = endPage(BLOCK)
export const blockHere = endHere(BLOCK)
export const disconnectPage = endPage(DISCONNECT)
export const disconnectHere = endHere(DISCONNECT)

/** Shows the numbers of an end, and asks what shall become of the linked items. */
function endPage(kind: Kind): PageRoute {
    const { verb, who } = kind
    return {
        method: 'get',
        path: `/connections/:connection/${verb}`,
        who,
        async answer(visit) {
            const ends = await theEnds(visit)
            const fault = faultOf(() => refuseEnd(ends, kind.to))
            if (fault !== null || ends.connection.ending !== null) return back(visit, standsAs(ends, kind), true)
            return { view: 'connections/end', data: { ...(await shownOf(visit, ends, kind)) } }
        },
    }
}

/** Records what a person confirmed by its numbers; a worker carries it out, and no brake holds it (rule 86). */
function endHere(kind: Kind): PageRoute {
    const { verb, who, to } = kind
    return {
        method: 'post',
        path: `/connections/:connection/${verb}`,
        who,
        async answer(visit) {
            const { desk, place, viewer, field, the } = visit
            const ends = await theEnds(visit)
            if (ends.connection.ending !== null) return back(visit, standsAs(ends, kind), true)
            const again = `${pathOf(visit)}/${verb}`
            const items = kind.choices.find((one) => one === field('items'))
            if (!items) return { to: again, say: 'Choose what shall become of the items.', isFault: true }
            const lines = await linesByChoice(desk.db, ends)
            if (field('seen') !== seenIn(kind, lines)) {
                const say =
                    'The numbers have changed since the page was opened, so nothing was done. Look at them again.'
                return { to: `${again}?anew=yes`, say, isFault: true }
            }
            if (items === 'delete' && field('sure') !== 'yes') {
                const say = 'Deleted products cannot be brought back: tick that you know it. Nothing was done.'
                return { to: again, say, isFault: true }
            }
            const numbers = { ...(await numbersOf(desk.db, ends, 'leave')), lines: lines[items] }
            return attempt(visit, async () => {
                const whose = { account_id: place.account_id, who: viewer.who }
                await askForEnd(desk.db, whose, ends, { to, items, numbers })
                const run = await askForRun(visit, 'end_connection', { connection: the('connection').connection_id })
                return `It is about to be ${to}: run ${run} does what you chose. Nothing else is written any more.`
            })
        },
    }
}

export const unblockHere: PageRoute = {
    method: 'post',
    path: '/connections/:connection/unblock',
    who: 'source',
    answer: (visit) =>
        attempt(visit, async (ends, whose) => {
            await unblock(visit.desk.db, whose, ends)
            return 'It is unblocked. The next run compares everything, and writes what differs.'
        }),
}

export const reconnectHere: PageRoute = {
    method: 'post',
    path: '/connections/:connection/reconnect',
    who: 'destination',
    answer: (visit) =>
        attempt(visit, async (ends, whose) => {
            const state = await reconnect(visit.desk.db, whose, ends)
            return state === 'connected'
                ? 'It is connected again, with its links. The first change sets wait for you.'
                : 'It is reconnected on your side, but its source has blocked it: only the source can unblock it.'
        }),
}

function theEnds({ desk, place, the }: Visit): Promise<Ends> {
    return endsOf(desk.db, place.account_id, the('connection').connection_id)
}

async function shownOf({ desk, query, the }: Visit, ends: Ends, kind: Kind) {
    const connection = the('connection')
    const { account_id, connection_id, state, compared_at } = connection
    // counted anew after each comparison, and when a form was refused for its numbers; else they may be a moment old
    const key = `end ${account_id}/${connection_id} ${state} ${compared_at}`
    const counted = query('anew') ? countAll(desk.db, ends) : late(desk.db, key, () => countAll(desk.db, ends))
    const { numbers, lines } = await counted
    return {
        ...{ connection, verb: kind.verb, to: kind.to, numbers, isStopped: isStopped(ends) },
        choices: kind.choices.map((items, n) => ({
            ...{ items, isFirst: n === 0, lines: lines[items] },
            others: numbers.products - lines[items],
        })),
        seen: seenIn(kind, lines),
    }
}

async function countAll(db: Database, ends: Ends): Promise<{ numbers: Numbers; lines: Record<Items, number> }> {
    return { numbers: await numbersOf(db, ends, 'leave'), lines: await linesByChoice(db, ends) }
}

/** What the page said each choice would write, so that nobody confirms other numbers than they saw. */
function seenIn({ choices }: Kind, lines: Record<Items, number>): string {
    return choices.map((items) => `${items} ${lines[items]}`).join(', ')
}

function isStopped({ destination }: Ends): boolean {
    return destination.state === 'stopped'
}

function standsAs({ connection }: Ends, { to }: Kind): string {
    const { state, ending } = connection
    return `It is ${ending === null ? state : `about to be ${ending}`}, so it cannot be ${to} now: nothing was done.`
}

async function attempt(
    visit: Visit,
    act: (ends: Ends, whose: { account_id: number; who: string }) => Promise<string>,
): Promise<Answer> {
    try {
        const whose = { account_id: visit.place.account_id, who: visit.viewer.who }
        return back(visit, await act(await theEnds(visit), whose))
    } catch (error) {
        // a sentence of ours says why not; what the database says is for the log
        if (error instanceof QueryError) throw error
        return back(visit, (error as Error).message, true)
    }
}

function faultOf(check: () => void): string | null {
    try {
        check()
        return null
    } catch (error) {
        return (error as Error).message
    }
}

function pathOf({ place, the }: Visit): string {
    return `${place.path}/connections/${the('connection').connection_id}`
}

function back(visit: Visit, say: string, isFault = false): Answer {
    return { to: pathOf(visit), say, isFault }
}
