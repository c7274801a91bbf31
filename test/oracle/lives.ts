import type { Ledger } from './ledger.ts'
import type { Connection } from './memory.ts'
import { readSettings, type SettingsDocument, type Travel } from './settings.ts'

/** What people do to a connection as such: they end it, take it up again and give it other settings. */
export function livesIn(ledger: Ledger, named: (id: number) => Connection) {
    return {
        /** A connection was disconnected: orders made till now are its own, also after it is reconnected (D14). */
        disconnected(connection: number) {
            const { stood = [], acceptedAt } = named(connection)
            Object.assign(named(connection), { stood: [...stood, { from: acceptedAt, until: ledger.now() }] })
        },
        /** A connection was reconnected: it is accepted anew, and its first sets wait (D14). */
        reconnected(connection: number, acceptedAt = ledger.now()) {
            Object.assign(named(connection), { acceptedAt })
            ledger.memories.get(connection)!.firstSyncOver = false
            this.unblocked(connection)
        },
        /** A connection goes on: what moved while it did not is nobody's count (D4). */
        unblocked(connection: number) {
            const { settled, unheard } = ledger.memories.get(connection)!
            if (named(connection).settings.orders !== 'two_way') return
            for (const key of settled.keys()) unheard.add(key)
        },
        /** The settings of a connection were changed. */
        settingsChanged(connection: number, document: SettingsDocument) {
            const { existing_items: before, orders } = named(connection).settings
            Object.assign(named(connection), { settings: readSettings(document), settingsAt: ledger.now() })
            // What was sold while sales counted nowhere is not told afterwards (D4).
            if (orders === 'none') named(connection).ordersSince = ledger.now()
            // What it opens of items that existed before is shown first (D9).
            const rising: Travel[] = ['stock_only', 'fill_blank', 'overwrite']
            const opens = rising.indexOf(named(connection).settings.existing_items) > rising.indexOf(before)
            if (opens) ledger.memories.get(connection)!.firstSyncOver = false
        },
    }
}
