import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { standing } from '../sql/pages/standing.ts'
import type { SiteDesk } from './desk.ts'
import type { BareRoute } from './route.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'crossdock_web_' })

const durations = new Histogram({
    name: 'crossdock_web_request_seconds',
    help: 'How long requests took, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5],
    registers: [registry],
})

const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `crossdock_${name}`, help, labelNames, registers: [registry] })

const gauges = {
    runs: gauge('runs', 'Runs that wait or are being worked at, by job and state.', ['job', 'state']),
    held: gauge('held_change_sets', 'Change sets that wait for a person.'),
    notices: gauge('open_notices', 'What a person has to know now.'),
    stopped: gauge('stopped_stores', 'Stores that let us in no more.'),
    stock: gauge(
        'seconds_since_stock',
        'Since a run last wrote stock for the connection that has waited longest; absent where nothing is connected.',
    ),
}

/** Counts how long each request took, by the route that took it: never by its address, of which there is no end. */
export const measure: RequestHandler = (request, response, next) => {
    const stop = durations.startTimer()
    response.on('finish', () => {
        const route = (request.route as { path?: string } | undefined)?.path ?? 'none'
        stop({ method: request.method, route, status: response.statusCode })
    })
    next()
}

/** Closed to strangers: asked with `Authorization: Bearer <METRICS_TOKEN>`; without such a token there is no such page. */
export const metricsRoute: BareRoute = {
    method: 'get',
    path: '/metrics',
    async serve(desk, request, response) {
        const came = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1]
        if (desk.metricsToken === null) return void response.status(404).type('text').send('Not found.\n')
        if (!came || !isSame(came, desk.metricsToken)) {
            response.set('www-authenticate', 'Bearer')
            return void response.status(401).type('text').send('Expected Authorization: Bearer <METRICS_TOKEN>.\n')
        }
        await readGauges(desk)
        response.type(registry.contentType).send(await registry.metrics())
    },
}

async function readGauges({ db }: SiteDesk): Promise<void> {
    const now = await standing(db)
    gauges.runs.reset()
    for (const { job, state, runs } of now.runs) gauges.runs.set({ job, state }, runs)
    gauges.held.set(now.held)
    gauges.notices.set(now.notices)
    gauges.stopped.set(now.stopped)
    gauges.stock.reset()
    if (now.since_stock !== null) gauges.stock.set(Number(now.since_stock))
}

/** In constant time, whatever the lengths. */
function isSame(came: string, expected: string): boolean {
    const [one, other] = [came, expected].map((text) => createHash('sha256').update(text).digest())
    return timingSafeEqual(one!, other!)
}
