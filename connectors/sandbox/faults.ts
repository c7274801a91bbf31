/**
 * Ways to fail. The first group strikes a GraphQL request (or the token endpoint, named `access_token`), the second
 * the download of a bulk result, the third a bulk operation itself.
 */
export const requestFaults = [
    'http_429',
    'throttled',
    'bad_gateway',
    'http_status',
    'internal_error',
    'timeout_after',
    'timeout_before',
    'expired_token',
    'access_denied',
    'hold',
    'hold_after',
    'late',
] as const
export const downloadFaults = ['cut_download', 'short_download', 'slow_download', 'truncated_but_complete'] as const
export const bulkFaults = [
    'bulk_failed',
    'bulk_failed_partial',
    'bulk_canceled',
    'bulk_lost_lines',
    'bulk_repeated',
] as const
const kinds: readonly string[] = [...requestFaults, ...downloadFaults, ...bulkFaults]

export type FaultKind = (typeof requestFaults)[number] | (typeof downloadFaults)[number] | (typeof bulkFaults)[number]

export type Fault = {
    id: number
    kind: FaultKind
    /** only this shop's requests */
    shop?: string
    /** a root field of the document, such as `productSet`, or its operation name */
    name?: string
    /** a piece of the document or of its variables as JSON */
    contains?: string
    /** how many matching requests pass before it strikes */
    skip: number
    /** how often it strikes, default once */
    times: number
    /** the status of http_status */
    status?: number
    /** what http_429 asks to wait; how long after it came a `late` request is carried out, by the shops' clock */
    seconds?: number
}

export type Struck = { shop: string; names: readonly string[]; text: string }

/** Faults ordered for the next requests; each strikes as often as asked, the oldest first. */
export class Faults {
    private waiting: Fault[] = []
    private held: ((goesOn: boolean) => void)[] = []
    private late: { dueAt: number; work: () => Promise<unknown> }[] = []
    private lateDone: Promise<void> = Promise.resolve()
    private lastId = 0

    /** Orders a fault. Throws on a kind that does not exist. */
    order(wish: Omit<Partial<Fault>, 'kind'> & { kind: string }): number {
        if (!kinds.includes(wish.kind)) {
            throw new Error(`fail.next: expected one of ${kinds.join(', ')} as kind, got ${wish.kind}`)
        }
        this.lastId += 1
        const kind = wish.kind as FaultKind
        this.waiting.push({ ...wish, kind, id: this.lastId, skip: wish.skip ?? 0, times: wish.times ?? 1 })
        return this.lastId
    }

    /** The fault of one of the given kinds that strikes this request, used up by it; null if none does. */
    strike(among: readonly FaultKind[], request: Struck): Fault | null {
        for (const fault of this.waiting) {
            if (!among.includes(fault.kind) || !hits(fault, request)) continue
            if (fault.skip > 0) {
                fault.skip -= 1
                continue
            }
            fault.times -= 1
            if (fault.times <= 0) this.waiting = this.waiting.filter((one) => one !== fault)
            return fault
        }
        return null
    }

    /** Waits until `release`; what `hold` does to a request. False: it is dropped. */
    hold(): Promise<boolean> {
        return new Promise((resolve) => this.held.push(resolve))
    }

    /** Lets every held request go on, or drops it as a broken network would; returns how many. */
    release({ drop = false } = {}): number {
        const released = this.held
        this.held = []
        for (const go of released) go(!drop)
        return released.length
    }

    /** Puts off a request that got no answer until the shops' clock has come to `dueAt`; what `late` does to it. */
    postpone(dueAt: number, work: () => Promise<unknown>): void {
        this.late.push({ dueAt, work })
    }

    /** Carries out, one after the other, the late requests that are due; whoever asks meanwhile waits for them too. */
    carryOutLate(now: number): Promise<void> {
        const due = this.late.filter(({ dueAt }) => dueAt <= now)
        if (due.length === 0) return this.lateDone
        this.late = this.late.filter(({ dueAt }) => dueAt > now)
        this.lateDone = due.reduce((done, { work }) => done.then(async () => void (await work())), this.lateDone)
        return this.lateDone
    }

    /** Forgets every fault that has not struck yet and releases what is held; late requests stay on their way. */
    clear(): void {
        this.waiting = []
        this.release()
    }

    /** What is still to strike, and how many requests are held, and late. */
    status(): { waiting: readonly Fault[]; held: number; late: number } {
        return { waiting: this.waiting, held: this.held.length, late: this.late.length }
    }
}

function hits(fault: Fault, { shop, names, text }: Struck): boolean {
    if (fault.shop !== undefined && fault.shop !== shop) return false
    if (fault.name !== undefined && !names.includes(fault.name)) return false
    return fault.contains === undefined || text.includes(fault.contains)
}
