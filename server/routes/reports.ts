import { type Report, reports } from '../../reports/index.ts'
import { type SeenConnection, seenConnections } from '../../sql/pages/connections.ts'
import { seenRuns } from '../../sql/pages/runs.ts'
import { timeIn } from '../format.ts'
import { addressWith } from '../list.ts'
import { rangeOf } from '../range.ts'
import { Refusal } from '../refusal.ts'
import { type Asked, askedOf, fileOf, shownReport, zoneFor } from '../reporting.ts'
import type { PageRoute } from '../route.ts'
import type { Visit } from '../visit.ts'

const LAST_RUNS = 30

/** Every report that the place may see, by connection. */
export const reportsPage: PageRoute = {
    method: 'get',
    path: '/reports',
    who: 'people',
    async answer({ desk, place }) {
        const connections = await seenConnections(desk.db, place)
        if (connections.length === 0) return { view: 'no_connection', data: { title: 'Reports', what: 'Reports' } }
        const rows = connections.map((connection) => ({ ...connection, reports: reportsFor(connection) }))
        return { view: 'reports/list', data: { connections: rows } }
    },
}

/** One report: what it is asked with as a form, and once that is said its sheets, a page at a time. */
export const reportPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection/reports/:report',
    who: 'people',
    async answer(visit) {
        const [connection, report] = [visit.the('connection'), visit.the('report')]
        const asked = askedOf(visit, report, connection)
        const path = `${visit.place.path}/connections/${connection.connection_id}/reports/${report.name}`
        const shown = asked.given === null ? null : await shownReport(visit, report, asked, path)
        const data = {
            ...{ connection, path, shown, fault: asked.fault },
            report: {
                part: `reports/${report.name}`,
                name: report.name,
                title: report.title,
                question: report.question,
            },
            reports: reportsFor(connection).map((one) => ({ ...one, isOpen: one.name === report.name })),
            connections: (await seenConnections(visit.desk.db, visit.place)).filter(({ side }) => isFor(report, side)),
            form: await formOf(visit, report, connection, asked),
            asOf: shown && timeIn(zoneFor(asked.query.zone, connection), shown.madeAt),
            xlsx: shown && addressWith(`${path}/download`, { ...asked.query, format: 'xlsx' }),
            csv: shown && addressWith(`${path}/download`, { ...asked.query, format: 'csv', sheet: shown.sheet }),
        }
        return { view: 'reports/one', data }
    },
}

/** The same as a file: a workbook of all sheets, or one sheet as csv. */
export const reportFile: PageRoute = {
    method: 'get',
    path: '/connections/:connection/reports/:report/download',
    who: 'people',
    async answer(visit) {
        const [connection, report] = [visit.the('connection'), visit.the('report')]
        const asked = askedOf(visit, report, connection)
        if (asked.given !== null) return { file: fileOf(visit, report, connection, asked) }
        const path = `${visit.place.path}/connections/${connection.connection_id}/reports/${report.name}`
        const message = asked.fault ?? 'Say first what it is to be about: days, or a run.'
        throw new Refusal(422, 'Not yet', message, { to: path, text: `To ${report.title}` })
    },
}

function isFor({ seenBy }: Report, side: SeenConnection['side']): boolean {
    return side === null || seenBy.includes(side)
}

/** Reports of a connection that its side may see. */
export function reportsFor({ side }: SeenConnection) {
    return reports
        .filter((report) => isFor(report, side))
        .map(({ name, title, question }) => ({ name, title, question }))
}

/** The fields of the form, each only where the report takes it. */
async function formOf(visit: Visit, report: Report, connection: SeenConnection, asked: Asked) {
    const takes = (name: string) => report.options.some((option) => option.name === name)
    const zone = asked.query.zone ?? connection.destination_zone
    const runs = takes('run') ? await seenRuns(visit.desk.db, visit.place, { limit: LAST_RUNS }) : []
    const chosen = visit.query('run')
    return {
        range: takes('from') ? rangeOf(visit, zoneFor(asked.query.zone, connection), '30') : null,
        zone: takes('zone') ? zone : null,
        run: takes('run') ? { chosen, runs: runs.map((run) => ({ ...run, isChosen: run.run_id === chosen })) } : null,
        commission: takes('commission') ? visit.query('commission') : null,
        hasChoice: takes('from') || takes('run'),
    }
}
