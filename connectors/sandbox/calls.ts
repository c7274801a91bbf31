/** One mutation that was executed, as tests and the demo ask for it. */
export type Call = {
    n: number
    /** time of the shop's clock */
    at: string
    shop: string
    name: string
    variables: unknown
    outcome: 'done' | 'user_errors' | 'refused' | 'answered_again'
    idempotencyKey: string | null
    /** true for a line of a bulk mutation */
    bulk: boolean
}

// A load of a hundred thousand lines fits; what is older is dropped, so that a long demo stays flat.
const KEPT = 200_000

/** The log of every mutation the sandbox executed, oldest first, numbered from 1 over all shops. */
export class CallLog {
    private calls: Call[] = []
    private count = 0

    add(call: Omit<Call, 'n'>): void {
        this.count += 1
        this.calls.push({ n: this.count, ...call })
        if (this.calls.length > KEPT * 1.5) this.calls = this.calls.slice(-KEPT)
    }

    /** Calls numbered above `since`, of one shop or of all. */
    since(since = 0, shop?: string): readonly Call[] {
        return this.calls.filter((call) => call.n > since && (shop === undefined || call.shop === shop))
    }
}
