import { settling } from '../connectors/entities/index.ts'
import * as changes from '../sql/changes/decide.ts'
import type { Database } from '../sql/database.ts'

export type { Decided, Decision, Replacement } from '../sql/changes/decide.ts'

type Wish = Parameters<typeof changes.decide>[2]

/** Decides lines of a set that waits: see sql/changes/decide.ts. */
export const decide = (db: Database, wish: Wish) => changes.decide(db, settling, wish)

/** Approves every set of these connections (null: of all) that waits for a person. */
export const approveHeld = (db: Database, whose: { account_id: number; who: string }, connections: number[] | null) =>
    changes.approveHeld(db, settling, whose, connections)
