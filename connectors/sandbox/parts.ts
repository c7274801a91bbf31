import type { Buckets } from './buckets.ts'
import type { BulkDesk } from './bulk/desk.ts'
import type { CallLog } from './calls.ts'
import type { Clock } from './context.ts'
import type { Faults } from './faults.ts'
import type { Journal } from './journal.ts'
import type { Shop } from './shop/state.ts'

/** What a running sandbox consists of, handed to whatever serves a request. */
export type Parts = {
    shops: Map<string, Shop>
    clock: Clock
    calls: CallLog
    /** everything that happened, for a watcher: see shop/happenings.ts */
    journal: Journal
    faults: Faults
    buckets: Buckets
    bulkDesk: BulkDesk
    /** folder of the bulk operations' result files */
    resultsFolder: string
    /** `http://127.0.0.1:4000` */
    serverUrl(): string
    /** writes the state file; does nothing without one */
    save(): Promise<void>
}
