import type { Database } from '../sql/database.ts'
import { requestMissed, requestRun } from '../sql/runs/requests.ts'
import type { ClockPorts } from './clock.ts'

/** Asks for a slot's run in the database, which lets one clock of all have it (rules 82, 83). */
export function fireOn(db: Database): ClockPorts['fire'] {
    return async (slot) => {
        const asked = slot.reason === 'catch_up' ? await requestMissed(db, slot) : await requestRun(db, slot)
        return asked !== null
    }
}
