import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Throttle } from './bucket.ts'
import { Buckets } from './buckets.ts'
import { BulkDesk } from './bulk/desk.ts'
import { CallLog } from './calls.ts'
import { createClock } from './clock.ts'
import type { Clock } from './context.ts'
import { runVerb } from './control/index.ts'
import { Faults } from './faults.ts'
import { originOf } from './frame_context.ts'
import { Journal } from './journal.ts'
import type { Parts } from './parts.ts'
import { loadState, saveState } from './persist.ts'
import { createSandboxServer } from './server.ts'
import { watchShop } from './shop/happenings.ts'
import type { ShopOptions } from './shop/options.ts'
import { createShop, type Shop } from './shop/state.ts'

export type SandboxOptions = {
    /** 0, the default: any free one */
    port?: number
    shops: ShopOptions[]
    /** kept here between starts: shops in it are taken as they were left, others are made */
    stateFile?: string
    /** cost bucket of every token, by default that of a Standard plan: 2000 points, 100 a second */
    throttle?: Throttle
}

export type Sandbox = {
    port: number
    /** `http://127.0.0.1:4000` */
    url: string
    shops: Map<string, Shop>
    clock: Clock
    /** where a shop's API is: `http://127.0.0.1:4000/shops/northwind.example` */
    originOf(domain: string): string
    /** the same as `POST /control` */
    control(verb: string, body?: Record<string, unknown>): Promise<unknown>
    /** writes the state file, if there is one */
    save(): Promise<void>
    /** stops serving, saves, and removes what was only of this run */
    close(): Promise<void>
}

/** Starts a Shopify on this machine, on loopback alone. Throws if the port is taken or the state file is none of ours. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
    const { parts, resultsAreOurs } = await makeParts(options)
    const server = createSandboxServer(() => parts)
    const port = await listen(server, options.port ?? 0)
    const url = `http://127.0.0.1:${port}`
    parts.serverUrl = () => url
    const close = async () => {
        parts.faults.clear()
        await parts.bulkDesk.close()
        await stop(server)
        await parts.save()
        if (resultsAreOurs) await rm(parts.resultsFolder, { recursive: true, force: true })
    }
    return {
        port,
        url,
        shops: parts.shops,
        clock: parts.clock,
        originOf: (domain) => originOf(url, domain),
        control: (verb, body = {}) => runVerb(parts, verb, body),
        save: () => parts.save(),
        close,
    }
}

async function makeParts(options: SandboxOptions): Promise<{ parts: Parts; resultsAreOurs: boolean }> {
    const { stateFile } = options
    const saved = stateFile === undefined ? null : await loadState(stateFile)
    const clock = createClock(saved?.clockOffset ?? 0)
    const shops = new Map((saved?.shops ?? []).map((shop) => [shop.domain, shop]))
    const faults = new Faults()
    const bulkDesk = new BulkDesk(clock, faults)
    for (const shop of shops.values()) bulkDesk.adopt(shop)
    for (const shop of options.shops) {
        if (!shops.has(shop.domain)) shops.set(shop.domain, createShop(shop, clock.now()))
    }
    const journal = new Journal()
    for (const shop of shops.values()) watchShop(shop, (happening) => journal.add(shop.domain, happening))
    const parts: Parts = {
        shops,
        clock,
        faults,
        bulkDesk,
        calls: new CallLog(),
        journal,
        buckets: new Buckets(clock, options.throttle),
        resultsFolder: await resultsFolderOf(stateFile),
        serverUrl: () => {
            throw new Error('the sandbox does not listen yet')
        },
        save: async () => {
            if (stateFile !== undefined) await saveState(stateFile, shops.values(), clock.offset())
        },
    }
    return { parts, resultsAreOurs: stateFile === undefined }
}

/** Result files live as long as the state: beside its file, or in a folder of this run. */
async function resultsFolderOf(stateFile: string | undefined): Promise<string> {
    if (stateFile === undefined) return mkdtemp(join(tmpdir(), 'crossdock-sandbox-'))
    const folder = `${stateFile}.results`
    await mkdir(folder, { recursive: true })
    return folder
}

function listen(server: Server, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
}

function stop(server: Server): Promise<void> {
    return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
    })
}
