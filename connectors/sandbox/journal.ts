import type { Happening } from './shop/happenings.ts'

/** One thing that happened, in the order it happened over all shops. */
export type JournalEntry = {
    n: number
    /** time of the shop's clock, with milliseconds */
    at: string
    shop: string
    /** stock, order, bulk, query or mutation; each has fields of its own */
    kind: string
} & Record<string, unknown>

// A load of a hundred thousand lines fits; what is older is dropped, so that a long demo stays flat.
const KEPT = 200_000

/** What a watcher who knows everything at once has seen: stock moves, orders, bulk queries, reads and writes. */
export class Journal {
    private entries: JournalEntry[] = []
    private count = 0

    add(shop: string, { at, ...happening }: Happening): void {
        this.count += 1
        this.entries.push({ n: this.count, at: new Date(at).toISOString(), shop, ...happening })
        if (this.entries.length > KEPT * 1.5) this.entries = this.entries.slice(-KEPT)
    }

    /** Entries numbered above `since`, of one shop or of all, of some kinds or of all. */
    since(since = 0, shop?: string, kinds?: readonly string[]): readonly JournalEntry[] {
        const first = this.entries[0]?.n ?? 1
        return this.entries
            .slice(Math.max(0, since + 1 - first))
            .filter((entry) => (shop === undefined || entry.shop === shop) && (kinds?.includes(entry.kind) ?? true))
    }
}
