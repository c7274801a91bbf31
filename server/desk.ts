import type { Database } from '../sql/database.ts'
import type { SealingKey } from '../sql/stores/seal.ts'
import type { Logger } from './log.ts'

/** What the site works with. */
export type SiteDesk = {
    db: Database
    /** Opens a store's app credentials, for signing in by Shopify. */
    key: SealingKey
    log: Logger
    /** Where people reach it, without a slash at the end: `https://crossdock.example`. Null: by its own address on this machine. */
    publicUrl: string | null
    /** Who has it may read /metrics; null: only operators may. */
    metricsToken: string | null
}
