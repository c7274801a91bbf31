import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '../../connectors/sandbox/sandbox.ts'
import { addStore, connect } from '../../jobs/connect.ts'
import { approveHeld } from '../../jobs/decide.ts'
import type { Limits } from '../../jobs/limits.ts'
import { registry } from '../../jobs/registry.ts'
import type { Host } from '../../jobs/run_context.ts'
import { runHere } from '../../jobs/run_here.ts'
import { openDatabase } from '../../sql/database.ts'
import type { RunRow } from '../../sql/runs/runs.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, rates, SOUTHWIND } from '../helpers/cast.ts'
import { copyShops, moveStores, stateOf, THROTTLE } from '../helpers/shops.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { cloneDatabase, onServer, type TestServer, urlOf } from '../helpers/test_server.ts'
import { createOracle, type Kept, type OracleConnection } from '../oracle/oracle.ts'
import type { ShopState } from '../oracle/state.ts'
import { cornerGoods, northwindGoods, southwindGoods } from './goods.ts'
import { agreed } from './judge.ts'
import { log } from './log.ts'

/** Northwind and the corner shop after their first sync, to be taken up again and again: each stage is a copy. */
export type World = {
    server: TestServer
    /** the database's name, to be cloned */
    template: string
    /** folder of the sandbox's state */
    folder: string
    key: Buffer
    account_id: number
    connection: OracleConnection
    kept: Kept
    close(): Promise<void>
}

/** A world brought to life: its own sandbox, its own database. */
export type Stage = {
    world: Pick<World, 'account_id' | 'connection' | 'key'>
    sandbox: Sandbox
    url: string
    host: Host
    oracle: ReturnType<typeof createOracle>
    state(domain: string): Promise<ShopState>
    /** Works at a run in this process. */
    run(job: string, limits?: Limits): Promise<RunRow>
    close(): Promise<void>
}

const settings = {
    ...{ orders: 'none', rates, remove_variants: true },
    locations: [{ source: 'Main warehouse', destination: 'Annex' }],
    // what is killed here is not judged by its size
    brakes: { zero_pct: 100, price_share_pct: 100, gone_pct: 100, gone_most: 1_000_000, create_most: 1_000_000 },
    price_rules: [{ percent: '10', round: '.99' }],
    lock_rules: [
        { field: 'barcode', mode: 'enforced' as const },
        { field: 'compare_at_price', mode: 'create_only' as const },
        { field: 'images', mode: 'enforced' as const, scope: 'tag', scope_value: 'summer' },
    ],
}
const shops = [
    { domain: NORTHWIND, currency: 'USD' },
    { domain: CORNER_SHOP, currency: 'GBP', locations: [{ name: 'Main warehouse' }, { name: 'Annex' }] },
    { domain: SOUTHWIND, currency: 'USD' },
    { domain: MARKET_STALL, currency: 'EUR', locations: [{ name: 'Main warehouse' }, { name: 'Annex' }] },
]
const who = 'the person in the story'
let made = 0

/** Opens both shops, connects them, and lets a first sync and the nights after it go by until nothing is left to do. */
export async function makeWorld(server: TestServer): Promise<World> {
    const template = `kills_world_${process.pid}_${++made}`
    const folder = await temporaryFolder('kills')
    await cloneDatabase(server, template, server.template)
    const sandbox = await startSandbox({ shops, stateFile: join(folder, 'state'), throttle: THROTTLE })
    const db = await openDatabase(urlOf(server.url, template), { max: 6 })
    try {
        await stock(sandbox)
        const host: Host = { db, log, key: randomBytes(32), jobs: registry }
        const { account_id } = await addAccount(db, 'story')
        const connection = await connectShops(host, account_id, sandbox, pair)
        const stage = stageOf({ account_id, connection, key: host.key }, sandbox, host)
        await firstSync(stage)
        const close = async () => {
            await onServer(server, `drop database if exists ${template} with (force)`)
            await rm(folder, { recursive: true, force: true })
        }
        return { ...stage.world, server, template, folder, kept: stage.oracle.kept(), close }
    } finally {
        await db.close()
        await sandbox.close()
    }
}

async function stock(sandbox: Sandbox): Promise<void> {
    for (const product of northwindGoods) await sandbox.control('product.create', { shop: NORTHWIND, ...product })
    for (const product of cornerGoods) await sandbox.control('product.create', { shop: CORNER_SHOP, ...product })
    for (const product of southwindGoods) await sandbox.control('product.create', { shop: SOUTHWIND, ...product })
}

/** Another account in the same database, with shops of its own, after its first sync. */
export async function addNeighbour({ host, sandbox }: Stage): Promise<Stage> {
    const { account_id } = await addAccount(host.db, 'neighbour')
    const connection = await connectShops(host, account_id, sandbox, {
        source: SOUTHWIND,
        destination: MARKET_STALL,
    })
    const neighbour = stageOf({ account_id, connection, key: host.key }, sandbox, host)
    await firstSync(neighbour)
    return neighbour
}

type Pair = { source: string; destination: string }
const pair: Pair = { source: NORTHWIND, destination: CORNER_SHOP }

async function connectShops(host: Host, account_id: number, sandbox: Sandbox, pair: Pair): Promise<OracleConnection> {
    const whose = { account_id, who }
    for (const role of ['source', 'destination'] as const) {
        const domain = pair[role]
        await addStore(host, whose, { domain, role, origin: sandbox.originOf(domain), token: `token-${domain}` })
    }
    const { connection_id: id } = await connect(host, whose, { ...pair, settings })
    return { ...pair, id, settings, acceptedAt: Date.now() }
}

async function firstSync(stage: Stage): Promise<void> {
    const { oracle, host, world } = stage
    await oracle.before()
    await stage.run('nightly')
    agreed(await oracle.after())
    await oracle.before()
    await approveHeld(host.db, { account_id: world.account_id, who }, null)
    await stage.run('load')
    agreed(await oracle.after({ approved: [world.connection.id] }))
    for (const job of ['nightly', 'nightly']) {
        await oracle.before()
        await stage.run(job)
        agreed(await oracle.after())
    }
}

function stageOf(world: Stage['world'], sandbox: Sandbox, host: Host, kept?: Kept): Stage {
    const state = (domain: string) => stateOf(sandbox, domain)
    return {
        ...{ world, sandbox, host, state, url: host.db.url },
        oracle: createOracle({ connections: [world.connection], stateOf: state, kept }),
        async run(job, limits) {
            const asked = { account_id: world.account_id, job, arguments: {} }
            return runHere({ ...host, limits }, asked, { signal: new AbortController().signal })
        },
        close: async () => {},
    }
}

/** A copy of the world: what happens in it happens nowhere else. */
export async function openStage(world: World): Promise<Stage> {
    const name = `kills_stage_${process.pid}_${++made}`
    await cloneDatabase(world.server, name, world.template)
    const stateFile = join(world.folder, name)
    const sandbox = await copyShops(join(world.folder, 'state'), stateFile)
    const db = await openDatabase(urlOf(world.server.url, name), { max: 6 })
    await moveStores(db, sandbox)
    const host: Host = { db, log, key: world.key, jobs: registry }
    const stage = stageOf(world, sandbox, host, structuredClone(world.kept))
    const close = async () => {
        await db.close()
        await sandbox.close()
        await onServer(world.server, `drop database ${name} with (force)`)
    }
    return { ...stage, close }
}
