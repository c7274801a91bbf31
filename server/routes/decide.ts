import { settling } from '../../connectors/entities/index.ts'
import type { LineFilter } from '../../sql/changes/changes.ts'
import { type Decision, decide, WAITING } from '../../sql/changes/decide.ts'
import { QueryError } from '../../sql/query_error.ts'
import type { JsonObject } from '../../sql/runs/runs.ts'
import { askForRun } from '../ask.ts'
import { chosenIds } from '../list.ts'
import type { Answer, PageRoute } from '../route.ts'
import type { Visit } from '../visit.ts'
import { filterOf } from './sets.ts'

const DECISIONS = ['approve', 'reject', 'keep', 'replace'] as const

/** Decides the chosen lines of a set, or (`scope` whole) all that wait and fit the filter (rule 88). */
export const decideLines: PageRoute = {
    method: 'post',
    path: '/changes/:set/decisions',
    who: 'destination',
    async answer(visit) {
        const verb = DECISIONS.find((one) => one === visit.field('decision'))
        if (!verb) return back(visit, 'Choose what is to become of the lines: nothing was done.', true)
        const lines = chosenIds(visit, 'line')
        const isWhole = visit.field('scope') === 'whole'
        if (!isWhole && lines.length === 0) return back(visit, 'No line was chosen: nothing was done.', true)
        const filter: LineFilter = isWhole ? wholeFilter(visit) : { lines }
        if (isWhole && filter.status && !WAITING.includes(filter.status)) {
            return back(visit, 'No line that waits fits what was shown: nothing was done.', true)
        }
        return take(visit, filter, decisionOf(verb, visit.field('value')))
    },
}

/** Asks for the load of what is approved. */
export const loadSet: PageRoute = {
    method: 'post',
    path: '/changes/:set/load',
    who: 'destination',
    answer: (visit) => ask(visit, 'load', { connection: visit.the('connection').connection_id }),
}

/** Asks for a loaded set to be taken back (rule 87). */
export const rollBackSet: PageRoute = {
    method: 'post',
    path: '/changes/:set/roll-back',
    who: 'destination',
    async answer(visit) {
        const { change_set_id, state } = visit.the('set')
        if (state !== 'loaded')
            return back(visit, `Only a loaded set can be rolled back, and this one is ${state}.`, true)
        const stock = visit.field('stock') === 'yes'
        return ask(visit, 'rollback', { change_set: change_set_id, ...(stock && { stock }) })
    },
}

async function take(visit: Visit, filter: LineFilter, decision: Decision): Promise<Answer> {
    const { desk, place, viewer } = visit
    const set = visit.the('set').change_set_id
    try {
        const whose = { account_id: place.account_id, who: viewer.who, set, filter }
        const { lines, first_sync_over } = await decide(desk.db, settling, { ...whose, ...decision })
        const over = first_sync_over ? ' The first sync is decided: from now on only brakes hold.' : ''
        return back(visit, `${lines} ${lines === 1 ? 'line' : 'lines'}: ${PAST[decision.decision]}.${over}`)
    } catch (error) {
        // a sentence of ours says why not; what the database says is for the log
        if (error instanceof QueryError) throw error
        return back(visit, (error as Error).message, true)
    }
}

const PAST: Record<Decision['decision'], string> = {
    approve: 'approved',
    reject: 'rejected',
    keep: 'kept as the destination has it',
    replace: 'approved with your value',
}

function decisionOf(verb: (typeof DECISIONS)[number], value: string): Decision {
    return verb === 'replace' ? { decision: verb, value: value === '' ? null : value } : { decision: verb }
}

/** The whole set's form carries the filter that its page showed. */
function wholeFilter(visit: Visit): LineFilter {
    const { entity, action, field, status } = filterOf({ query: visit.field })
    return {
        ...(entity && { entity }),
        ...(action && { action }),
        ...(field && { field }),
        ...(status && { status }),
    }
}

async function ask(visit: Visit, job: string, args: JsonObject): Promise<Answer> {
    const { place } = visit
    const run = await askForRun(visit, job, args)
    return run ? { to: `${place.path}/runs/${run}` } : back(visit, 'It could not be asked for: try again.', true)
}

function back({ place, the }: Visit, say: string, isFault = false): Answer {
    return { to: `${place.path}/changes/${the('set').change_set_id}`, say, isFault }
}
