import { adopt } from './adopt.ts'
import { brakedKinds, hold, rememberWritten } from './brakes.ts'
import { compareShops, type Difference } from './compare.ts'
import { type Items, planOfEnd } from './end_connection.ts'
import { carryOut } from './imagine.ts'
import {
    type Counts,
    type Decided,
    type Kept,
    type Ledger,
    type OracleOptions,
    type Outcome,
    openLedger,
    type Run,
} from './ledger.ts'
import { emptyPlan, type Kind, type Plan, placeKey, type Scene } from './lines.ts'
import { compareLists, expectedOf, type Listed } from './lists.ts'
import { livesIn } from './lives.ts'
import type { Connection, Memory } from './memory.ts'
import type { Sharer } from './orders.ts'
import { planOf } from './plan.ts'
import { takePushes } from './pushes.ts'
import { imagineRollback, rememberRollback } from './rollback.ts'
import { remember, rememberSeen, takeTexts } from './settle.ts'
import { type ShopState, type View, viewOf } from './state.ts'
import { catchUp, noteUnheard, tellSources } from './stock.ts'
import { judgeOrders, type OrdersAsked } from './twins/judge.ts'

export type { Counts, Decided, Kept, OracleConnection, OracleOptions, Outcome, Run } from './ledger.ts'
export type { Difference, Listed }

export type Oracle = ReturnType<typeof createOracle>

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
        /** Days go by: what was written so far was written so long ago. */
        daysPass(days: number) {
            for (const memory of ledger.memories.values()) age(memory, days * 86_400_000)
        },
        /** Crossdock's own lists, given by the test, against the oracle's of the last `after`. */
        compareLists(connection: number, listed: Listed): Difference[] {
            const expected = ledger.lists.get(connection)
            if (!expected) throw new Error(`Expected a connection that was compared, got ${connection}.`)
            return compareLists(named(connection).destination, expected, listed)
        },
        /** Every order of the destinations that push, as the shops show them now, against its twin (rules 52 to 71). */
        async orders(asked: OrdersAsked = {}): Promise<Difference[]> {
            const real = await ledger.read()
            return ledger.connections.flatMap((connection) => {
                const destination = viewOf(real.get(connection.destination)!)
                const sharer = { connection, memory: ledger.memories.get(connection.id)!, destination }
                return judgeOrders(sharer, viewOf(real.get(connection.source)!), asked)
            })
        },
        /** What it remembers, and the shops as the run under way was going to read them. */
        kept: (): Kept => ({ memories: ledger.memories, states: ledger.states }),
        /** Called after `before`, where runs went by that nobody predicted: see `catchUp`. */
        caughtUp() {
            for (const source of new Set(ledger.connections.map((it) => it.source))) {
                catchUp(sharersOf(ledger, source), viewOf(ledger.states.get(source)!))
            }
        },
        /** What was ordered of a store, by variants, where that is known otherwise than by its own orders. */
        historyOf(domain: string, ordered: Iterable<number>) {
            ledger.histories.set(domain, new Set(ordered))
        },
        ...livesIn(ledger, named),
    }
}

function judge(ledger: Ledger, run: Run, real: Map<string, ShopState>): Outcome {
    takePushes(ledger.connections, ledger.states, real)
    tellAll(ledger, run)
    const imagined = structuredClone(ledger.states)
    const outcome: Outcome = { differences: [], expected: {} }
    ledger.wholeAt = run.wholeAt ?? null
    for (const it of run.decisions ?? []) decide(ledger, it)
    for (const it of run.ends ?? []) outcome.differences.push(...end(ledger, it, imagined, real))
    for (const connection of ledger.connections) {
        if (run.connections && !run.connections.includes(connection.id)) continue
        const memory = ledger.memories.get(connection.id)!
        const approved = run.approved?.includes(connection.id) === true
        if (approved) approve(ledger, connection.id, memory)
        const own = sharersOf(ledger, connection.source).find((it) => it.connection === connection)!
        noteUnheard(own, viewOf(ledger.states.get(connection.source)!))
        const scene = () => sceneOf(ledger, connection, imagined)
        const result = memory.firstSyncOver
            ? loadAll(scene, viewOf(real.get(connection.destination)!), approved)
            : wait(scene())
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

/** A person approved all that waited: kinds of which nothing was written yet are measured from here on (rule 86). */
function approve(ledger: Ledger, connection: number, memory: Memory) {
    const plan = ledger.plans.get(connection) ?? emptyPlan()
    const waiting = [...plan.waiting.map((it) => it.kind), ...plan.heldCreations.map((): Kind => 'catalogue')]
    const written = new Set<Kind>(memory.firstSyncOver ? plan.lines.map((it) => it.kind) : [])
    const first = memory.firstSyncOver ? [] : plan.lines.map((it) => it.kind)
    for (const kind of [...waiting, ...first]) if (!written.has(kind)) memory.moved.set(kind, ledger.now())
    if (waited(ledger, connection)) memory.firstSyncOver = true
}

function age(memory: Memory, ms: number) {
    for (const it of memory.written) it.at -= ms
    for (const [kind, at] of memory.moved) memory.moved.set(kind, at - ms)
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
            ({ connection: { id } }) =>
                !run.connections ||
                run.connections.includes(id) ||
                run.ends?.some(({ connection }) => connection === id),
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
function loadAll(sceneNow: () => Scene, real: View, approved: boolean): Result {
    const scene = sceneNow()
    const before = viewOf(structuredClone(scene.destination.shop))
    const first = braked(planOf(scene, real), scene, approved)
    const differences = write(first, scene, real, before)
    rememberWritten(first, scene, approved)
    if (first.creations.length === 0) return { last: first, loaded: [first], differences }
    const again = sceneNow()
    const second = braked(planOf(again, real), again, false)
    differences.push(...write(second, again, real, before))
    rememberWritten(second, again, false)
    return { last: second, loaded: [first, second], differences }
}

/** Without what a brake holds (rule 86); what a person approved no brake holds. */
const braked = (plan: Plan, scene: Scene, approved: boolean): Plan =>
    approved ? plan : hold(plan, brakedKinds(plan, scene))

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
