import type { Clock } from '../context.ts'
import { bulkFaults, type Fault, type Faults } from '../faults.ts'
import { bulkNote } from '../reading_notes.ts'
import { tell } from '../shop/happenings.ts'
import { type BulkOperation, nextId, type Shop } from '../shop/state.ts'
import type { Outcome, Progress } from './outcome.ts'

/** Days a result can be fetched, as its URL says. */
const KEPT_MS = 7 * 24 * 3600 * 1000

export type BulkSettings = {
    /** how many reads show an operation as not finished yet, however fast it was */
    ticks: number
    /** operations stay CREATED, nothing read or written, until released */
    hold: boolean
}

export type Work = (progress: Progress, fault: Fault | null) => Promise<Outcome>
export type Order = { type: BulkOperation['type']; query: string; names: readonly string[]; work: Work }

type Entry = {
    shop: Shop
    row: BulkOperation
    order: Order
    progress: Progress
    settings: BulkSettings
    begun: boolean
    outcome: Outcome | null
    reads: number
    readsCanceling: number
    ended: Promise<void>
}

const UNFINISHED: ReadonlySet<string> = new Set(['CREATED', 'RUNNING', 'CANCELING'])

/** Takes in bulk operations, runs them beside the requests and shows how far they are. */
export class BulkDesk {
    private readonly entries = new Map<Shop, Map<number, Entry>>()
    private readonly settings = new Map<string, Partial<BulkSettings>>()
    private readonly clock: Clock
    private readonly faults: Faults

    constructor(clock: Clock, faults: Faults) {
        this.clock = clock
        this.faults = faults
    }

    /** Changes how the operations of a shop (or of all, `*`) go on from now. */
    set(domain: string, settings: Partial<BulkSettings>): BulkSettings {
        this.settings.set(domain, { ...this.settings.get(domain), ...settings })
        return this.settingsOf(domain)
    }

    /** Starts an operation; its row is CREATED and the work begins after the answer is out, unless held. */
    start(shop: Shop, order: Order): BulkOperation {
        const row = this.newRow(shop, order)
        const entry: Entry = {
            shop,
            row,
            order,
            progress: { canceled: false, objects: 0, roots: 0 },
            settings: this.settingsOf(shop.domain),
            begun: false,
            outcome: null,
            reads: 0,
            readsCanceling: 0,
            ended: Promise.resolve(),
        }
        const ofShop = this.entries.get(shop) ?? new Map<number, Entry>()
        this.entries.set(shop, ofShop.set(row.id, entry))
        tell(shop, bulkNote(row, 'started', row.createdAt))
        if (!entry.settings.hold) setImmediate(() => this.begin(entry))
        return row
    }

    /** Operations of a type that hold a slot. */
    running(shop: Shop, type: BulkOperation['type']): BulkOperation[] {
        return [...shop.bulkOperations.values()].filter((row) => row.type === type && UNFINISHED.has(row.status))
    }

    /** The row as a reader sees it now: reading is what lets `ticks` pass, a cancellation end and a result expire. */
    read(shop: Shop, row: BulkOperation): BulkOperation {
        const entry = this.entries.get(shop)?.get(row.id)
        if (entry && UNFINISHED.has(row.status)) {
            this.settle(entry, true)
            if (row.status === 'CANCELING') entry.readsCanceling += 1
            entry.reads += 1
        }
        if (row.status === 'COMPLETED' && (row.completedAt ?? 0) + KEPT_MS < this.clock.now()) {
            row.status = 'EXPIRED'
            row.url = null
        }
        return row
    }

    /** Asks an operation to stop. False if it is finished already. */
    cancel(shop: Shop, row: BulkOperation): boolean {
        if (!UNFINISHED.has(row.status)) return false
        row.status = 'CANCELING'
        const entry = this.entries.get(shop)?.get(row.id)
        if (entry) {
            entry.progress.canceled = true
            if (!entry.begun) this.begin(entry)
        }
        return true
    }

    /** Lets held operations of a shop, or of all, begin; returns how many. */
    release(domain?: string): number {
        const held = this.all().filter(({ begun, shop }) => !begun && (domain === undefined || shop.domain === domain))
        for (const entry of held) this.begin(entry)
        return held.length
    }

    /** An operation that a stopped sandbox left unfinished: the platform cancels it. */
    adopt(shop: Shop): void {
        for (const row of shop.bulkOperations.values()) if (UNFINISHED.has(row.status)) row.status = 'CANCELED'
    }

    /** Stops what runs and waits for it. */
    async close(): Promise<void> {
        for (const { progress } of this.all()) progress.canceled = true
        await Promise.all(this.all().map(({ ended }) => ended))
    }

    private all(): Entry[] {
        return [...this.entries.values()].flatMap((ofShop) => [...ofShop.values()])
    }

    private settingsOf(domain: string): BulkSettings {
        return { ticks: 0, hold: false, ...this.settings.get('*'), ...this.settings.get(domain) }
    }

    private newRow(shop: Shop, { type, query }: Order): BulkOperation {
        const row: BulkOperation = {
            __typename: 'BulkOperation',
            id: nextId(shop),
            type,
            query,
            status: 'CREATED',
            errorCode: null,
            createdAt: this.clock.now(),
            completedAt: null,
            objectCount: 0,
            rootObjectCount: 0,
            fileSize: null,
            url: null,
            partialDataUrl: null,
        }
        shop.bulkOperations.set(row.id, row)
        return row
    }

    private begin(entry: Entry): void {
        if (entry.begun) return
        entry.begun = true
        const { row, shop, order, progress } = entry
        if (row.status === 'CREATED') row.status = 'RUNNING'
        tell(shop, bulkNote(row, 'begun', this.clock.now()))
        const text = row.query
        const fault = this.faults.strike(bulkFaults, { shop: shop.domain, names: [row.type, ...order.names], text })
        entry.ended = order.work(progress, fault).then(
            (outcome) => this.end(entry, outcome),
            (error: unknown) => {
                // A fault of the sandbox itself: shown as Shopify would, and said aloud for whoever runs it.
                console.error(`bulk operation ${row.id} of ${shop.domain} broke:`, error)
                this.end(entry, brokenOutcome)
            },
        )
    }

    private end(entry: Entry, outcome: Outcome): void {
        entry.outcome = outcome
        tell(entry.shop, bulkNote(entry.row, 'ended', this.clock.now()))
        this.settle(entry, false)
    }

    /** Shows the outcome once enough reads have gone by; a cancellation ends at the second read that asks for it. */
    private settle(entry: Entry, reading: boolean): void {
        const { row, progress, outcome, settings } = entry
        row.objectCount = progress.objects
        row.rootObjectCount = progress.roots
        if (!outcome) return
        if (row.status === 'CANCELING') {
            if (reading && entry.readsCanceling > 0) row.status = 'CANCELED'
        } else if (entry.reads >= settings.ticks) {
            this.show(row, outcome)
        }
        if (!UNFINISHED.has(row.status)) this.entries.get(entry.shop)?.delete(row.id)
    }

    private show(row: BulkOperation, outcome: Outcome): void {
        row.status = outcome.status
        row.errorCode = outcome.errorCode
        row.objectCount = outcome.objects
        row.rootObjectCount = outcome.roots
        if (outcome.status === 'CANCELED') return
        row.completedAt = this.clock.now()
        row.fileSize = outcome.signature === null && outcome.status === 'FAILED' ? null : outcome.bytes
        const path = outcome.signature && this.pathOf(outcome.signature)
        if (outcome.partial) row.partialDataUrl = path
        else row.url = path
    }

    private pathOf(signature: string): string {
        const expires = Math.floor((this.clock.now() + KEPT_MS) / 1000)
        return `/bulk-results/${signature}?Expires=${expires}&response-content-type=application%2Fjsonl`
    }
}

const brokenOutcome: Outcome = {
    status: 'FAILED',
    errorCode: 'INTERNAL_SERVER_ERROR',
    signature: null,
    partial: false,
    objects: 0,
    roots: 0,
    bytes: 0,
}
