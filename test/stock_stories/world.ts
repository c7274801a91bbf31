import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '../../connectors/sandbox/sandbox.ts'
import { addStore, connect } from '../../jobs/connect.ts'
import { approveHeld } from '../../jobs/decide.ts'
import { registry } from '../../jobs/registry.ts'
import type { Host } from '../../jobs/run_context.ts'
import { runHere } from '../../jobs/run_here.ts'
import { openDatabase } from '../../sql/database.ts'
import type { RunRow } from '../../sql/runs/runs.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { NORTHWIND } from '../helpers/cast.ts'
import { copyShops, moveStores, stateOf, THROTTLE } from '../helpers/shops.ts'
import { cloneDatabase, onServer, type TestServer, urlOf } from '../helpers/test_server.ts'
import { agreed } from '../kills/judge.ts'
import { log } from '../kills/log.ts'
import { createOracle, type Kept, type Oracle, type OracleConnection } from '../oracle/oracle.ts'
import type { ShopState } from '../oracle/state.ts'
import { goods, type Plot, packGoods } from './plots.ts'

/** The shops of a plot after their first sync, to be taken up again and again: each stage is a copy. */
export type World = {
    plot: Plot
    server: TestServer
    /** the database's name, to be cloned */
    template: string
    folder: string
    key: Buffer
    account_id: number
    connections: OracleConnection[]
    kept: Kept
    close(): Promise<void>
}

/** A world brought to life: its own sandbox, its own database. */
export type Stage = {
    world: Pick<World, 'plot' | 'account_id' | 'connections' | 'key'>
    sandbox: Sandbox
    host: Host
    oracle: Oracle
    state(domain: string): Promise<ShopState>
    /** Works at a run in this process. */
    run(job: string): Promise<RunRow>
    close(): Promise<void>
}

const who = 'the person in the story'
let made = 0

/** Opens the shops of a plot, connects them, and lets a first sync go by until nothing is left to do. */
export async function makeWorld(server: TestServer, plot: Plot): Promise<World> {
    const template = `stock_world_${process.pid}_${++made}`
    const folder = await mkdtemp(join(tmpdir(), 'crossdock-stock-'))
    await cloneDatabase(server, template, server.template)
    const sandbox = await startSandbox({ shops: plot.shops, stateFile: join(folder, 'state'), throttle: THROTTLE })
    const db = await openDatabase(urlOf(server.url, template), { max: 6 })
    try {
        await stock(sandbox, plot)
        const host: Host = { db, log, key: randomBytes(32), jobs: registry }
        const { account_id } = await addAccount(db, 'story')
        const connections = await connectAll(host, account_id, sandbox, plot)
        const stage = stageOf({ plot, account_id, connections, key: host.key }, sandbox, host)
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

async function stock(sandbox: Sandbox, { connections, shops, goods: own }: Plot): Promise<void> {
    for (const { shop, product } of own ?? []) await sandbox.control('product.create', { shop, ...product })
    if (own) return
    for (const product of goods) await sandbox.control('product.create', { shop: NORTHWIND, ...product })
    const annex = shops.find(({ domain }) => domain === NORTHWIND)?.locations?.[1]
    if (annex) {
        const at = { shop: NORTHWIND, location: annex.name }
        for (const [sku, available] of Object.entries({ MUG: 6, SOCK: 0, VASE: 12 })) {
            await sandbox.control('level.set', { ...at, sku, available })
        }
    }
    for (const { destination, settings } of connections) {
        if ((settings.mappings ?? []).length === 0) continue
        await sandbox.control('product.create', { shop: destination, ...packGoods })
    }
}

async function connectAll(host: Host, account_id: number, sandbox: Sandbox, plot: Plot): Promise<OracleConnection[]> {
    const whose = { account_id, who }
    const add = (domain: string, role: 'source' | 'destination') =>
        addStore(host, whose, { domain, role, origin: sandbox.originOf(domain), token: `token-${domain}` })
    const connections: OracleConnection[] = []
    const added = new Set<string>()
    for (const { source = NORTHWIND, destination, settings } of plot.connections) {
        if (!added.has(source)) await add(source, 'source')
        if (!added.has(destination)) await add(destination, 'destination')
        added.add(source).add(destination)
        const { connection_id: id } = await connect(host, whose, { source, destination, settings })
        connections.push({ id, source, destination, settings, acceptedAt: Date.now() })
    }
    return connections
}

/** Whatever stood at the destinations before has stood for ten minutes when it begins. */
async function firstSync({ oracle, host, world, run, sandbox }: Stage): Promise<void> {
    const watched = async (act: () => Promise<unknown>, approved: number[] = []) => {
        await oracle.before()
        await act()
        agreed(await oracle.after({ approved }))
    }
    await sandbox.control('clock.advance', { seconds: 660 })
    await watched(() => run('nightly'))
    const approve = async () => {
        await approveHeld(host.db, { account_id: world.account_id, who }, null)
        await run('load')
    }
    await watched(
        approve,
        world.connections.map(({ id }) => id),
    )
    await sandbox.control('clock.advance', { seconds: 660 })
    await watched(() => run('nightly'))
    await watched(() => run('nightly'))
    await sandbox.control('clock.advance', { seconds: 660 })
}

function stageOf(world: Stage['world'], sandbox: Sandbox, host: Host, kept?: Kept): Stage {
    const state = (domain: string) => stateOf(sandbox, domain)
    const { connections, account_id } = world
    return {
        ...{ world, sandbox, host, state },
        oracle: createOracle({ connections, stateOf: state, kept, now: () => sandbox.clock.now() }),
        run: (job) => runHere(host, { account_id, job, arguments: {} }, { signal: new AbortController().signal }),
        close: async () => {},
    }
}

/** A copy of the world: what happens in it happens nowhere else. */
export async function openStage(world: World): Promise<Stage> {
    const name = `stock_stage_${process.pid}_${++made}`
    await cloneDatabase(world.server, name, world.template)
    const stateFile = join(world.folder, name)
    const sandbox = await copyShops(join(world.folder, 'state'), stateFile)
    const db = await openDatabase(urlOf(world.server.url, name), { max: 8 })
    await moveStores(db, sandbox)
    const host: Host = { db, log, key: world.key, jobs: registry }
    const stage = stageOf(world, sandbox, host, structuredClone(world.kept))
    const close = async () => {
        await db.close()
        await sandbox.close()
        await rm(stateFile, { force: true })
        await onServer(world.server, `drop database ${name} with (force)`)
    }
    return { ...stage, close }
}
