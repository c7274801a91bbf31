import { calendar } from '../../jobs/calendar.ts'
import { seenSets } from '../../sql/pages/changes.ts'
import { seenConnections } from '../../sql/pages/connections.ts'
import { type SeenRun, seenRuns } from '../../sql/pages/runs.ts'
import { askForRun } from '../ask.ts'
import { addressWith, choice, choices, cut, ROWS } from '../list.ts'
import type { Answer, PageRoute } from '../route.ts'
import type { Place, Visit } from '../visit.ts'

const STATES = ['queued', 'running', 'done', 'held', 'failed', 'dropped'] as const
/** Of what is being worked at now; the rest is folded away. */
const MOST_SHOWN = 12
/** Jobs that end with change sets, unless there was nothing to change. */
const COMPARING = ['hourly', 'nightly', 'compare', 'push_products']
const JOBS = calendar.map(({ name }) => name)

/** What can be asked for by a button: an operator may ask for every step, a store's people for a pass over their own store. */
const ASKED_BY_PEOPLE = ['hourly']
const ASKED_BY_OPERATORS = ['hourly', 'nightly', 'extract', 'compare', 'load', 'push_orders']

export const runsPage: PageRoute = {
    method: 'get',
    path: '/runs',
    who: 'people',
    async answer(visit) {
        const { desk, place } = visit
        const [job, state] = [choice(visit, 'job', JOBS), choice(visit, 'state', STATES)]
        const before = /^\d{1,18}$/.test(visit.query('before')) ? visit.query('before') : null
        const found = await seenRuns(desk.db, place, { job, state, before, limit: ROWS + 1 })
        const page = cut(found, ROWS, ({ run_id }) => addressWith(`${place.path}/runs`, { job, state, before: run_id }))
        const data = {
            runs: page.rows,
            next: page.next,
            jobs: choices(JOBS, job),
            states: choices(STATES, state),
            isFiltered: Boolean(job || state),
            askable: askable(place).map((name) => ({ name, does: doesOf(name) })),
        }
        return { view: 'runs/list', data }
    },
}

export const runPage: PageRoute = {
    method: 'get',
    path: '/runs/:run',
    who: 'people',
    answer: (visit) => show(visit, 'runs/one'),
}

/** The part of a run's page that moves; the page asks for it every two seconds until the run is over. */
export const runProgress: PageRoute = {
    method: 'get',
    path: '/runs/:run/progress',
    who: 'people',
    answer: (visit) => show(visit, 'runs/progress'),
}

export const requestRunHere: PageRoute = {
    method: 'post',
    path: '/runs',
    who: 'people',
    async answer(visit): Promise<Answer> {
        const { place } = visit
        const job = askable(place).find((name) => name === visit.field('job'))
        const list = `${place.path}/runs`
        if (!job) return { to: list, say: 'There is no such run to ask for: nothing was done.', isFault: true }
        const run = await askForRun(visit, job, place.store ? { store: place.store.domain } : {})
        return run
            ? { to: `${list}/${run}` }
            : { to: list, say: 'It could not be asked for: try again.', isFault: true }
    },
}

function askable({ whole }: Place): readonly string[] {
    return whole ? ASKED_BY_OPERATORS : ASKED_BY_PEOPLE
}

async function show({ desk, place, the }: Visit, view: string): Promise<Answer> {
    const run = the('run')
    const connections = (await seenConnections(desk.db, place)).map(({ connection_id }) => connection_id)
    const sets = await seenSets(desk.db, place.account_id, { connections, run: run.run_id, limit: ROWS })
    const isOver = !['queued', 'running', 'lost'].includes(run.state)
    const steps = stepsOf(run)
    const data = {
        ...{ run, isOver, steps, sets, does: doesOf(run.job), counts: countsOf(run), chosen: chosenIn(run) },
        foundNothing: run.state === 'done' && sets.length === 0 && COMPARING.includes(run.job),
        working: isOver ? [] : steps.filter(isUnderWay).slice(0, MOST_SHOWN),
    }
    return { view, data }
}

type Step = { name: string; done: number; total: number | null }

/** Steps by name, so that those of one store stand together. */
function stepsOf({ progress }: SeenRun): Step[] {
    return Object.entries(progress)
        .map(([name, { done, total }]) => ({ name, done, total: total ?? null }))
        .toSorted((one, other) => one.name.localeCompare(other.name))
}

function isUnderWay({ done, total }: Step): boolean {
    return total !== null && done < total
}

/** Which products a run was asked for; null: it is no run of chosen ones. */
function chosenIn({ job, arguments: asked }: SeenRun): string | null {
    if (job !== 'push_products') return null
    if (Array.isArray(asked.products)) return `${asked.products.length} chosen`
    return asked.collection === undefined ? 'all' : 'those of a collection'
}

function countsOf({ result }: SeenRun): string | null {
    return result === null ? null : JSON.stringify(result, null, 2)
}

function doesOf(job: string): string {
    return calendar.find(({ name }) => name === job)?.does ?? ''
}
