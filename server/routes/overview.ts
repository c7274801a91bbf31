import { seenSets } from '../../sql/pages/changes.ts'
import { type SeenConnection, seenConnections } from '../../sql/pages/connections.ts'
import { type Guide, guideOf, seenNotices } from '../../sql/pages/overview.ts'
import { seenRuns } from '../../sql/pages/runs.ts'
import { dashboardOf } from '../dashboard.ts'
import { figuresFor } from '../figures.ts'
import type { PageRoute } from '../route.ts'
import type { Place, Visit } from '../visit.ts'

const MOST_CONNECTIONS = 12
const LAST_RUNS = 5

/** Where everybody begins: the way to a first sync until it is gone, then how things stand. */
export const overviewPage: PageRoute = {
    method: 'get',
    path: '',
    who: 'people',
    async answer(visit) {
        const { desk, place } = visit
        const connections = await seenConnections(desk.db, place)
        const ids = connections.map(({ connection_id }) => connection_id)
        const standing = await guideOf(desk.db, place)
        const guide = stepsOf(standing, place)
        const notices = await seenNotices(desk.db, place, ids)
        const held = await seenSets(desk.db, place.account_id, { connections: ids, state: 'held', limit: 10 })
        const runs = await seenRuns(desk.db, place, { limit: LAST_RUNS })
        const data = {
            steps: guide,
            stepsDone: guide.filter(({ isDone }) => isDone).length,
            isGuided: guide.some(({ isDone }) => !isDone),
            notices,
            held,
            connections: await withFigures(visit, connections.slice(0, MOST_CONNECTIONS)),
            moreConnections: Math.max(0, connections.length - MOST_CONNECTIONS),
            runs,
            dashboard: standing.is_compared ? await dashboardOf(visit, connections) : null,
        }
        return { view: 'overview', data }
    },
}

async function withFigures({ desk }: Visit, connections: SeenConnection[]) {
    return Promise.all(
        connections.map(async (connection) => ({ ...connection, figures: await figuresFor(desk.db, connection) })),
    )
}

type Step = { title: string; text: string; isDone: boolean; to: string | null; link: string; command: string | null }

/** Each step ticks itself off; the first that is open says what to do. */
function stepsOf(guide: Guide, { path, store }: Place): Step[] {
    const step = (title: string, isDone: boolean, text: string, more: Partial<Step> = {}): Step => ({
        ...{ title, isDone, text, to: null, link: '', command: null },
        ...more,
    })
    const add = (role: string) => `npx crossdock store add --role ${role} --domain … --client-id … --client-secret …`
    const stores = [
        step('Add the source', guide.has_source, 'The store where products are edited and stock is counted.', {
            ...{ command: add('source'), to: `${path}/stores/new`, link: 'Add a store' },
        }),
        step('Add a destination', guide.has_destination, 'A store that sells what the source has.', {
            ...{ command: add('destination'), to: `${path}/stores/new`, link: 'Add a store' },
        }),
    ]
    return [
        ...(store === null ? stores : []),
        step('Connect them', guide.is_connected, 'A connection says what is taken, at which prices, by which rules.', {
            ...{ to: `${path}/join`, link: 'To joining' },
            command: store ? null : 'npx crossdock connect --source … --destination … --settings settings.json',
        }),
        step('Read and compare', guide.is_compared, 'Both stores are read whole. Nothing is written to them.', {
            ...{ to: `${path}/runs`, link: 'Run now' },
        }),
        step(
            'Decide the first change set',
            guide.is_decided,
            'It waits for you, line by line, before anything is written.',
            {
                to: guide.held_set ? `${path}/changes/${guide.held_set}` : `${path}/changes`,
                link: 'Look at it',
            },
        ),
        step('Load it', guide.is_loaded, 'What you approved is written to the destination. It can be rolled back.', {
            ...{ to: `${path}/changes`, link: 'To the change sets' },
        }),
        step('Let it run', guide.is_scheduled, 'Nightly and hourly runs keep the stores in step.', {
            command: 'npx crossdock start',
        }),
    ]
}
