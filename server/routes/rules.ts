import { lockables } from '../../connectors/entities/index.ts'
import { lockWinners, rateOf, variantOfSku } from '../../sql/pages/rules.ts'
import { locationLinksOf, settingsNow } from '../../sql/stores/revise.ts'
import { locationsOf } from '../../sql/stores/save.ts'
import type { Settings } from '../../sql/stores/settings.ts'
import { storeById } from '../../sql/stores/stores.ts'
import { askForRun } from '../ask.ts'
import type { PageRoute } from '../route.ts'
import { exampleFor } from '../rules/example.ts'
import { fieldBlocks, fieldBlocksWith, fieldName, MODES_DO, modeInWords } from '../rules/fields.ts'
import { type Ends, locationBlocks } from '../rules/locations.ts'
import { offerBlocks } from '../rules/offer.ts'
import { orderBlocks } from '../rules/orders.ts'
import { type RulesPage, routesOf } from '../rules/page.ts'
import { priceBlocks } from '../rules/prices.ts'
import type { Visit } from '../visit.ts'

/**
 * The settings of a connection, each part by whom it belongs to (rule 91): a source decides what it offers and what a sale
 * does to its stock, a destination what it takes and how its own prices and locations are.
 */
const fields: RulesPage = {
    name: 'fields',
    who: 'people',
    blocks: fieldBlocks,
    async blocksOf(visit) {
        const { settings } = await settingsNow(visit.desk.db, visit.the('connection'))
        return fieldBlocksWith(await winners(visit, settings, null))
    },
    more: async (visit, settings) => ({ modes: MODES_DO, winner: await winnerFor(visit, settings) }),
}

const prices: RulesPage = {
    name: 'prices',
    who: 'destination',
    blocks: priceBlocks,
    async more(visit) {
        const rate = await rateOf(visit.desk.db, visit.the('connection'))
        const example = await exampleFor(visit)
        return { rate, example, sku: visit.query('sku'), price: visit.query('price'), cost: visit.query('cost') }
    },
}

const NOWHERE: Ends = { source: [], destination: [], links: [] }

const locations: RulesPage = {
    name: 'locations',
    who: 'destination',
    blocks: locationBlocks(NOWHERE),
    blocksOf: async (visit) => locationBlocks(await endsOf(visit)),
    more: async (visit, { inventory }) => ({ inventory, ends: await endsOf(visit) }),
}

const goods: RulesPage = { name: 'taking', who: 'people', blocks: offerBlocks }

const orders: RulesPage = {
    name: 'order-rules',
    who: 'people',
    blocks: orderBlocks([]),
    async blocksOf(visit) {
        const { settings } = await settingsNow(visit.desk.db, visit.the('connection'))
        const { source } = await endsOf(visit)
        const named = source.map(({ location_id, name }) => ({ value: location_id, label: name }))
        return orderBlocks(withNamed(named, settings.order_location))
    },
}

/** A location that the settings give by name is among the choices as it is given. */
function withNamed(choices: { value: string; label: string }[], given: string | null) {
    if (given === null || choices.some(({ value }) => value === given)) return choices
    return [...choices, { value: given, label: given }]
}

async function endsOf({ desk, the }: Visit): Promise<Ends> {
    const connection = the('connection')
    const of = async (id: number) => locationsOf(desk.db, await storeById(desk.db, connection.account_id, id))
    return {
        source: await of(connection.source_store_id),
        destination: await of(connection.destination_store_id),
        links: await locationLinksOf(desk.db, connection),
    }
}

function winners({ desk, the }: Visit, settings: Settings, variant_id: string | null) {
    const asked = { fields: lockables.map(({ lock }) => lock), variant_id }
    return lockWinners(desk.db, the('connection'), settings, asked)
}

/** Which rule wins for a SKU that somebody typed, field by field. */
async function winnerFor(visit: Visit, settings: Settings) {
    const sku = visit.query('sku').slice(0, 255)
    if (sku === '') return { sku, variant: null, rows: [] }
    const variant = await variantOfSku(visit.desk.db, visit.the('connection'), sku)
    const found = variant ? await winners(visit, settings, variant.variant_id) : []
    const rows = found.map((row) => ({ field: fieldName(row.field), mode: modeInWords(row) }))
    return { sku, variant: variant && { product: variant.product, product_id: variant.product_id }, rows }
}

const winnerPart: PageRoute = {
    method: 'get',
    path: '/connections/:connection/fields/winner',
    who: 'people',
    async answer(visit) {
        const connection = visit.the('connection')
        const { settings } = await settingsNow(visit.desk.db, connection)
        return { view: 'rules/winner', data: { connection, winner: await winnerFor(visit, settings) } }
    },
}

const examplePart: PageRoute = {
    method: 'get',
    path: '/connections/:connection/prices/example',
    who: 'destination',
    answer: async (visit) => ({ view: 'rules/example', data: { example: await exampleFor(visit) } }),
}

/** What can be asked for of one connection: a pass over it, or a comparison of what was last read, to see what rules come to. */
const ASKED = ['hourly', 'compare'] as const

const runNow: PageRoute = {
    method: 'post',
    path: '/connections/:connection/run',
    who: 'people',
    async answer(visit) {
        const { place, the } = visit
        const { connection_id, state, ending } = the('connection')
        const back = `${place.path}/connections/${connection_id}`
        const job = ASKED.find((name) => name === visit.field('job'))
        if (!job) return { to: back, say: 'There is no such run to ask for: nothing was done.', isFault: true }
        if (state !== 'connected' || ending !== null) {
            return { to: back, say: 'Nothing is read or compared before the stores are connected.', isFault: true }
        }
        const run = await askForRun(visit, job, { connection: connection_id })
        if (!run) return { to: back, say: 'It could not be asked for: try again.', isFault: true }
        return { to: `${place.path}/runs/${run}` }
    },
}

export const rulesRoutes: readonly PageRoute[] = [
    ...[fields, prices, locations, goods, orders].flatMap(routesOf),
    ...[winnerPart, examplePart, runNow],
]
