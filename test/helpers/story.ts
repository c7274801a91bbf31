import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import { type Sandbox, startSandbox } from '../../connectors/sandbox/sandbox.ts'
import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import type { CatalogueOptions, ShopOptions } from '../../connectors/sandbox/shop/options.ts'
import { addStore, changeSettings, connect } from '../../jobs/connect.ts'
import type { Arguments } from '../../jobs/context.ts'
import { approveHeld } from '../../jobs/decide.ts'
import { registry } from '../../jobs/registry.ts'
import type { Host } from '../../jobs/run_context.ts'
import { runHere } from '../../jobs/run_here.ts'
import { setsOf } from '../../sql/changes/changes.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import {
    createOracle,
    type Decided,
    type Difference,
    type Kept,
    type Oracle,
    type OracleConnection,
    type Run,
} from '../oracle/oracle.ts'
import type { SettingsDocument } from '../oracle/settings.ts'
import type { ShopProduct, ShopState, ShopVariant } from '../oracle/state.ts'
import { currencies, NORTHWIND, rates } from './cast.ts'
import { type Scope, testDatabase } from './database.ts'
import { hourPasses } from './hour_passes.ts'
import { listedOf } from './listed.ts'
import { stateOf, THROTTLE } from './shops.ts'

export type Goods = readonly ActionBody[] | CatalogueOptions

/** Who is connected with whom, and what they have in their shops when it begins. */
export type Plot = {
    goods?: { [domain: string]: Goods }
    shops?: { [domain: string]: Partial<ShopOptions> }
    connections: { source?: string; destination: string; settings?: SettingsDocument }[]
}

const who = 'the person in the story'
const log = pino({ level: 'silent' })

type Call = { shop: string; name: string; outcome: string }

export type Story = Awaited<ReturnType<typeof startStory>>

/** Shops in a sandbox, connected, and who watches them. */
export type Scene = {
    sandbox: Sandbox
    host: Host
    account_id: number
    /** ids of the connections, by destination */
    connections: Map<string, number>
    /** as the oracle was told of them */
    told: OracleConnection[]
    oracle: Oracle
}

/**
 * A few shops in a sandbox, connected by Crossdock's own functions, with an oracle that watches. Every run of a story
 * ends with the oracle's judgement: a difference in a shop, or in what is listed as left, fails the test.
 */
export const startStory = async (t: TestContext, plot: Plot) => storyIn(await openScene(t, plot), t.signal)

/** Opens the shops of a plot and connects them. With a `stateFile` the shops are kept there when they close. */
export async function openScene(scope: Scope, plot: Plot, stateFile?: string): Promise<Scene> {
    const sandbox = await openShops(scope, plot, stateFile)
    const { db } = await testDatabase(scope, { max: 3 })
    const host: Host = { db, log, key: randomBytes(32), jobs: registry }
    const { account_id } = await addAccount(db, 'story')
    const told = await connectAll(host, account_id, sandbox, plot)
    return sceneOf({ sandbox, host, account_id, told })
}

/** The scene of shops that are connected; with what an oracle remembers of them, if one watched before. */
export function sceneOf(of: Omit<Scene, 'connections' | 'oracle'>, kept?: Kept): Scene {
    const { sandbox, told } = of
    const oracle = createOracle({
        ...{ connections: told, kept, now: () => sandbox.clock.now() },
        stateOf: (domain) => stateOf(sandbox, domain),
    })
    const connections = new Map(told.map((it) => [it.source === NORTHWIND ? it.destination : it.source, it.id]))
    return { ...of, connections, oracle }
}

/** What happens in a scene, in the words of those to whom it happens. */
export function storyIn({ sandbox, host, account_id, connections, oracle }: Scene, signal: AbortSignal) {
    const { db } = host
    const ids = [...connections.values()]

    const state = (domain: string) => stateOf(sandbox, domain)
    const run = async (job: string, args: Arguments = {}) => {
        const ended = await runHere(host, { account_id, job, arguments: args }, { signal })
        // Shopify's times are whole seconds: of what happens within the second of a run nobody can tell whether it saw it
        await sandbox.control('clock.advance', { seconds: 3 })
        await hourPasses(db)
        if (ended.state === 'failed') throw new Error(`The run of ${job} failed: ${ended.error}`)
        return ended
    }
    const judged = async (act: () => Promise<unknown>, told: Run = {}) => {
        await oracle.before()
        await act()
        const { differences } = await oracle.after(told)
        for (const id of told.connections ?? ids) differences.push(...oracle.compareLists(id, await listedOf(db, id)))
        agree(differences)
    }

    return {
        ...{ sandbox, db, host, account_id, connections, oracle, run, state, judged },
        ...brakesIn({ db, account_id, connections, oracle }),
        /** Something a merchant does in a shop: a verb of the sandbox's control address. */
        edit: (shop: string, verb: string, body: ActionBody = {}) => sandbox.control(verb, { shop, ...body }),
        product: async (shop: string, handle: string) => productIn(await state(shop), handle),
        variant: async (shop: string, sku: string) => variantIn(await state(shop), sku),
        /** A nightly run, and the oracle's judgement of it. */
        nightly: (told?: Run) => judged(() => run('nightly'), { wholeAt: sandbox.clock.now(), ...told }),
        hourly: (told?: Run) => judged(() => run('hourly'), told),
        /** Until a request is held, as `fail.next` of the kind `hold` asked for. */
        async standing() {
            const status = async () => (await sandbox.control('fail.status')) as { held: number }
            while ((await status()).held === 0) await new Promise((again) => setImmediate(again))
        },
        /** Moves the shops' clock on. */
        async pass(hours: number) {
            await sandbox.control('clock.advance', { seconds: hours * 3600 })
        },
        /** A person approves all that waits, and it is loaded. */
        approveAll: (decisions: Decided[] = []) => {
            const approve = async () => {
                await approveHeld(db, { account_id, who }, null)
                await run('load')
            }
            return judged(approve, { approved: ids, decisions })
        },
        /** The first night of a connection, whose sets wait, and the morning on which a person approves them (D9). */
        async firstSync() {
            await this.nightly()
            await this.approveAll()
        },
        /** Gives the connection of a destination other settings. */
        async settings(destination: string, settings: SettingsDocument) {
            const id = connections.get(destination)!
            await changeSettings(host, { account_id, who }, id, settings)
            oracle.settingsChanged(id, settings)
        },
        /** What was written to the shops while something was done: `corner-shop.example tagsAdd`. Readings and what was refused are no writes. */
        async writes(act: () => Promise<unknown>): Promise<string[]> {
            const all = async () => ((await sandbox.control('calls')) as { calls: Call[] }).calls
            const before = (await all()).length
            await act()
            const written = (await all())
                .slice(before)
                .filter((it) => it.outcome === 'done' && it.name !== 'bulkOperationRunQuery')
            return written.map((it) => `${it.shop} ${it.name}`)
        },
    }
}

type House = { db: Host['db']; account_id: number; connections: Map<string, number>; oracle: Oracle }

const brakesIn = ({ db, account_id, connections, oracle }: House) => ({
    /** Days go by: what was written and approved so far was so long ago. */
    async daysPass(days: number) {
        const back = `interval '${days} days'`
        await db.send(`update changes set applied_at = applied_at - ${back}`)
        await db.send(`update brake_references set moved_at = moved_at - ${back}`)
        oracle.daysPass(days)
    },
    /** Why sets of a connection are held now, by kind. */
    async held(destination: string) {
        const sets = await setsOf(db, account_id, { connection: connections.get(destination)!, state: 'held' })
        return Object.fromEntries(sets.map(({ kind, hold_reason }) => [kind, hold_reason]))
    },
})

/** The settings of stories: quantities may be written, prices have a rate. */
export const plain = (more: SettingsDocument = {}): SettingsDocument => ({ orders: 'none', rates, ...more })

async function openShops(scope: Scope, { goods = {}, shops = {}, connections }: Plot, stateFile?: string) {
    const domains = new Set(connections.flatMap(({ source = NORTHWIND, destination }) => [source, destination]))
    const optionsOf = (domain: string): ShopOptions => {
        const catalogue = Array.isArray(goods[domain]) ? undefined : (goods[domain] as CatalogueOptions | undefined)
        return { domain, currency: currencies[domain], catalogue, ...shops[domain] }
    }
    const sandbox = await startSandbox({ shops: [...domains].map(optionsOf), stateFile, throttle: THROTTLE })
    scope.after(() => sandbox.close())
    for (const [shop, products] of Object.entries(goods)) {
        if (!Array.isArray(products)) continue
        for (const product of products) await sandbox.control('product.create', { shop, ...product })
    }
    return sandbox
}

async function connectAll(host: Host, account_id: number, sandbox: Sandbox, plot: Plot): Promise<OracleConnection[]> {
    const whose = { account_id, who }
    const added = new Set<string>()
    const add = async (domain: string, role: 'source' | 'destination') => {
        if (added.has(domain)) return
        added.add(domain)
        await addStore(host, whose, { domain, role, origin: sandbox.originOf(domain), token: `token-${domain}` })
    }
    const told: OracleConnection[] = []
    for (const { source = NORTHWIND, destination, settings = plain() } of plot.connections) {
        await add(source, 'source')
        await add(destination, 'destination')
        const { connection_id: id } = await connect(host, whose, { source, destination, settings })
        told.push({ id, source, destination, settings, acceptedAt: Date.now() })
    }
    return told
}

function productIn(shop: ShopState, handle: string): ShopProduct {
    const found = shop.products.find((it) => it.handle === handle)
    if (found) return found
    throw new Error(`${shop.domain} has no product ${handle}, but ${shop.products.map((it) => it.handle).join(', ')}.`)
}

function variantIn(shop: ShopState, sku: string): ShopVariant {
    const all = shop.products.flatMap((it) => it.variants)
    const found = all.find((it) => it.sku === sku)
    if (found) return found
    throw new Error(`${shop.domain} has no variant ${sku}, but ${all.map((it) => it.sku).join(', ')}.`)
}

function agree(differences: Difference[]) {
    const lines = differences.map((it) => {
        const [expected, actual] = [it.expected, it.actual].map((value) => JSON.stringify(value))
        return `${it.shop} | ${it.item} | ${it.field} | expected ${expected} | got ${actual}`
    })
    assert.equal(lines.slice(0, 100).join('\n'), '')
}
