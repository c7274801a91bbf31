import { adopt } from './adopt.ts'
import { compareShops, type Difference } from './compare.ts'
import { type Items, planOfEnd } from './end_connection.ts'
import { carryOut } from './imagine.ts'
import { emptyPlan, type Line, type Plan, placeKey, type Scene } from './lines.ts'
import { compareLists, type Expected, expectedOf, type Listed } from './lists.ts'
import { type Connection, type Decision, emptyMemory, type Memory } from './memory.ts'
import type { Sharer } from './orders.ts'
import { planOf } from './plan.ts'
import { imagineRollback, rememberRollback } from './rollback.ts'
import { readSettings, type SettingsDocument, type Travel } from './settings.ts'
import { remember, rememberSeen, takeTexts } from './settle.ts'
import { type ShopState, type View, viewOf } from './state.ts'
import { tellSources } from './stock.ts'

export type { Difference, Listed }

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

type Kind = Line['kind']

export type Oracle = ReturnType<typeof createOracle>

/** What the oracle remembers: nothing in it was read from Crossdock. */
type Ledger = {
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

/** A second, independent implementation of the rules with a memory of its own: says what must be true in the shops. */
export function createOracle(options: OracleOptions) {
    const ledger = openLedger(options)
    const named = (id: number) => {
        const found = ledger.connections.find((it) => it.id === id)
        if (!found) throw new Error(`Expected a connection the oracle was told of, got ${id}.`)
        return found
    }
    return {
        /** Called just before a run: what the run is going to read. */
        async before() {
            ledger.states = structuredClone(await ledger.read())
        },
        /** Called after a run: predicts it from the states before it, compares with those of now, and remembers. */
        async after(run: Run = {}): Promise<Outcome> {
            return judge(ledger, run, await ledger.read())
        },
        /** Called after a rollback (rule 87) of what the last `after` saw loaded; `before` was called before the rollback. */
        async afterRollback(run: { connection: number; kind: Kind }): Promise<Outcome> {
            return judgeRollback(ledger, named(run.connection), run.kind, await ledger.read())
        },
        /** Crossdock's own lists, given by the test, against the oracle's of the last `after`. */
        compareLists(connection: number, listed: Listed): Difference[] {
            const expected = ledger.lists.get(connection)
            if (!expected) throw new Error(`Expected a connection that was compared, got ${connection}.`)
            return compareLists(named(connection).destination, expected, listed)
        },
        /** What it remembers, and the shops as the run under way was going to read them. */
        kept: (): Kept => ({ memories: ledger.memories, states: ledger.states }),
        /** What was ordered of a store, by variants, where that is known otherwise than by its own orders. */
        historyOf(domain: string, ordered: Iterable<number>) {
            ledger.histories.set(domain, new Set(ordered))
        },
        /** A connection was reconnected: it is accepted anew, and its first sets wait (D14). */
        reconnected(connection: number) {
            Object.assign(named(connection), { acceptedAt: ledger.now() })
            ledger.memories.get(connection)!.firstSyncOver = false
        },
        /** The settings of a connection were changed. */
        settingsChanged(connection: number, document: SettingsDocument) {
            const before = named(connection).settings.existing_items
            Object.assign(named(connection), { settings: readSettings(document), settingsAt: ledger.now() })
            // What it opens of items that existed before is shown first (D9).
            const rising: Travel[] = ['stock_only', 'fill_blank', 'overwrite']
            const opens = rising.indexOf(named(connection).settings.existing_items) > rising.indexOf(before)
            if (opens) ledger.memories.get(connection)!.firstSyncOver = false
        },
    }
}

function openLedger(options: OracleOptions): Ledger {
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

function judge(ledger: Ledger, run: Run, real: Map<string, ShopState>): Outcome {
    tellAll(ledger, run)
    const imagined = structuredClone(ledger.states)
    const outcome: Outcome = { differences: [], expected: {} }
    ledger.wholeAt = run.wholeAt ?? null
    for (const it of run.decisions ?? []) decide(ledger, it)
    for (const it of run.ends ?? []) outcome.differences.push(...end(ledger, it, imagined, real))
    for (const connection of ledger.connections) {
        if (run.connections && !run.connections.includes(connection.id)) continue
        const memory = ledger.memories.get(connection.id)!
        if (run.approved?.includes(connection.id) && waited(ledger, connection.id)) memory.firstSyncOver = true
        const scene = () => sceneOf(ledger, connection, imagined)
        const result = memory.firstSyncOver ? loadAll(scene, viewOf(real.get(connection.destination)!)) : wait(scene())
        const decided = (run.decisions ?? []).map((it) => ({ location: 0, ...it }))
        const expected = expectedOf(connection.id, result.last, !memory.firstSyncOver, decided)
        outcome.differences.push(...result.differences)
        outcome.expected[connection.id] = { ...expected, ...countsOf(memory, result.loaded) }
        ledger.plans.set(connection.id, result.last)
        ledger.loaded.set(connection.id, result.loaded)
        ledger.lists.set(connection.id, expected)
    }
    for (const [domain, state] of imagined) {
        outcome.differences.push(...compareShops(viewOf(state), viewOf(real.get(domain)!)))
    }
    return outcome
}

/** Variants that were ever ordered; null where a connection reads no orders, so that nobody knows (D15). */
function historyOf({ histories }: Ledger, { destination, settings }: Connection, shop: ShopState) {
    const told = histories.get(destination)
    if (told || settings.orders === 'none') return told ?? null
    const items = new Set((shop.orders ?? []).flatMap((it) => it.lines.map((line) => line.inventoryItemId)))
    const variants = shop.products.flatMap((it) => it.variants)
    return new Set(variants.filter((it) => items.has(it.inventoryItemId)).map(({ id }) => id))
}

/** What was chosen for the items of a connection that ends; nothing waits at it any more. */
function end(
    ledger: Ledger,
    { connection: id, items }: { connection: number; items: Items },
    imagined: Map<string, ShopState>,
    real: Map<string, ShopState>,
): Difference[] {
    const scene = sceneOf(ledger, ledger.connections.find((it) => it.id === id)!, imagined)
    const before = viewOf(structuredClone(scene.destination.shop))
    const plan = planOfEnd(scene, items)
    ledger.plans.delete(id)
    ledger.loaded.set(id, [plan])
    return write(plan, scene, viewOf(real.get(scene.destination.shop.domain)!), before)
}

/** Whether the last comparison left anything for a person to approve: without it the first set is still to come (D9). */
function waited(ledger: Ledger, connection: number): boolean {
    const plan = ledger.plans.get(connection) ?? emptyPlan()
    return plan.lines.length + plan.creations.length + plan.waiting.length + plan.refused.length > 0
}

function judgeRollback(ledger: Ledger, connection: Connection, kind: Kind, real: Map<string, ShopState>): Outcome {
    const imagined = viewOf(structuredClone(ledger.states.get(connection.destination)!))
    const undone = imagineRollback(ledger.loaded.get(connection.id) ?? [], kind, imagined)
    const there = viewOf(real.get(connection.destination)!)
    rememberRollback(ledger.memories.get(connection.id)!, undone, there)
    return { differences: compareShops(viewOf(imagined.shop), there), expected: {} }
}

function readConnection(it: OracleConnection): Connection {
    const settingsAt = new Date(it.settingsAt ?? it.acceptedAt).getTime()
    return { ...it, settings: readSettings(it.settings), settingsAt }
}

function sceneOf(ledger: Ledger, connection: Connection, imagined: Map<string, ShopState>): Scene {
    const rivals = ledger.connections.filter(
        (it) => it.destination === connection.destination && it.id !== connection.id,
    )
    return {
        connection,
        memory: ledger.memories.get(connection.id)!,
        others: rivals.map((it) => ({ rank: it.settings.rank, memory: ledger.memories.get(it.id)! })),
        sharers: sharersOf(ledger, connection.source),
        source: viewOf(ledger.states.get(connection.source)!),
        destination: viewOf(imagined.get(connection.destination)!),
        now: ledger.now(),
        wholeAt: ledger.wholeAt,
        history: historyOf(ledger, connection, imagined.get(connection.destination)!),
    }
}

/** The connections of a source with their stores as the run found them. */
function sharersOf({ connections, memories, states }: Ledger, source: string): Sharer[] {
    const own = connections.filter((it) => it.source === source)
    return own.map((connection) => ({
        connection,
        memory: memories.get(connection.id)!,
        destination: viewOf(states.get(connection.destination)!),
    }))
}

/** Sources are told of sales before their figures are read (D4). */
function tellAll(ledger: Ledger, run: Run) {
    for (const source of new Set(ledger.connections.map((it) => it.source))) {
        const ran = sharersOf(ledger, source).filter(
            ({ connection }) => !run.connections || run.connections.includes(connection.id),
        )
        tellSources(ran, viewOf(ledger.states.get(source)!), ledger.now())
    }
}

type Result = { last: Plan; loaded: Plan[]; differences: Difference[] }

/** Nothing is written: the set waits for a person. What agrees is settled all the same. */
function wait(scene: Scene): Result {
    const plan = planOf(scene)
    remember({ ...emptyPlan(), agreed: plan.agreed }, scene, scene.destination)
    return { last: plan, loaded: [], differences: [] }
}

/** Writes what may be written; where something was created it looks again, for the stock of what is new. */
function loadAll(sceneNow: () => Scene, real: View): Result {
    const scene = sceneNow()
    const before = viewOf(structuredClone(scene.destination.shop))
    const first = planOf(scene, real)
    const differences = write(first, scene, real, before)
    if (first.creations.length === 0) return { last: first, loaded: [first], differences }
    const again = sceneNow()
    const second = planOf(again, real)
    differences.push(...write(second, again, real, before))
    return { last: second, loaded: [first, second], differences }
}

function write(plan: Plan, scene: Scene, real: View, before: View): Difference[] {
    carryOut(plan, scene.destination, scene.memory)
    const differences = adopt(viewOf(scene.destination.shop), real, before, plan.creations)
    const imagined = viewOf(scene.destination.shop)
    remember(plan, scene, imagined)
    takeTexts(plan, imagined, real)
    rememberSeen(plan, scene, imagined)
    return differences
}

/** Remembers what a person said of a line of the last comparison; the pair counts as settled with it. */
function decide(ledger: Ledger, { connection, entity, item, location = 0, field, ...said }: Decided) {
    const memory = ledger.memories.get(connection)!
    const key = placeKey({ entity, item, location, field })
    const plan = ledger.plans.get(connection)
    const line = [...(plan?.lines ?? []), ...(plan?.waiting ?? [])].find((it) => placeKey(it) === key)
    memory.decisions.set(key, { ...said, desired: line?.after ?? null })
    if (line && said.decision !== 'approve') memory.settled.set(key, { wrote: line.after, saw: line.before })
}

function countsOf(memory: Memory, loaded: Plan[]): Counts {
    const created = loaded.flatMap((it) => it.creations)
    return { linked: memory.variants.size, created: created.length, updated: loaded.flatMap((it) => it.lines).length }
}
