import type { Difference } from './compare.ts'
import type { Items } from './end_connection.ts'
import type { Plan } from './lines.ts'
import type { Expected } from './lists.ts'
import { type Connection, type Decision, emptyMemory, type Memory } from './memory.ts'
import { readSettings, type SettingsDocument } from './settings.ts'
import type { ShopState } from './state.ts'

export type OracleConnection = {
    id: number
    /** domains */
    source: string
    destination: string
    /** the document given to `connect` */
    settings: SettingsDocument
    acceptedAt: string | number
    /** when the settings were saved, for rates without a time of their own; by default `acceptedAt` */
    settingsAt?: string | number
}

export type OracleOptions = {
    connections: OracleConnection[]
    stateOf: (domain: string) => Promise<ShopState>
    now?: () => number
    /** what an oracle of these connections told by `kept` in another process */
    kept?: Kept
}

/** What an oracle needs to go on in another process; structured data of maps and sets. */
export type Kept = Pick<Ledger, 'memories' | 'states'>

/** A decision a person took of a line, named as Crossdock's lists name it. */
export type Decided = {
    connection: number
    entity: 'product' | 'variant' | 'image' | 'level'
    item: number
    location?: number
    field: string
} & Pick<Decision, 'decision' | 'value'>

export type Run = {
    /** connections that were compared; by default all */
    connections?: number[]
    /** connections whose waiting first sets a person approved and loaded */
    approved?: number[]
    decisions?: Decided[]
    /** the stores' own time, where the run read them whole */
    wholeAt?: number
    /** connections that a person ended, with what they chose for the items (D14) */
    ends?: { connection: number; items: Items }[]
}

export type Outcome = { differences: Difference[]; expected: Record<number, Expected & Counts> }
export type Counts = { linked: number; created: number; updated: number }

/** What the oracle remembers: nothing in it was read from Crossdock. */
export type Ledger = {
    connections: Connection[]
    memories: Map<number, Memory>
    /** by connection, what its last comparison came to */
    plans: Map<number, Plan>
    /** by connection, what its last loading run wrote */
    loaded: Map<number, Plan[]>
    /** the shops as the run is going to read them */
    states: Map<string, ShopState>
    lists: Map<number, Expected>
    /** by domain, the variants that were ever ordered there, where every order may be read */
    histories: Map<string, ReadonlySet<number>>
    wholeAt: number | null
    now: () => number
    read: () => Promise<Map<string, ShopState>>
}

/** Opens what an oracle remembers, as it was kept or empty. */
export function openLedger(options: OracleOptions): Ledger {
    const connections = options.connections.map(readConnection)
    // Of several sources of one destination the higher rank goes first (D7).
    connections.sort((a, b) => b.settings.rank - a.settings.rank || a.id - b.id)
    const domains = new Set(connections.flatMap((it) => [it.source, it.destination]))
    return {
        connections,
        memories: new Map(connections.map((it) => [it.id, options.kept?.memories.get(it.id) ?? emptyMemory(it.id)])),
        plans: new Map(),
        loaded: new Map(),
        states: options.kept?.states ?? new Map(),
        lists: new Map(),
        histories: new Map(),
        wholeAt: null,
        now: options.now ?? Date.now,
        read: async () =>
            new Map(await Promise.all([...domains].map(async (it) => [it, await options.stateOf(it)] as const))),
    }
}

function readConnection(it: OracleConnection): Connection {
    const settingsAt = new Date(it.settingsAt ?? it.acceptedAt).getTime()
    return { ...it, settings: readSettings(it.settings), settingsAt }
}
