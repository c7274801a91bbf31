import { copyFile } from 'node:fs/promises'
import { type Sandbox, startSandbox } from '../../connectors/sandbox/sandbox.ts'
import type { Database } from '../../sql/database.ts'
import type { ShopState } from '../oracle/state.ts'

/** Ample, so that a story does not wait for its turn; the sandbox's own tests look at throttling. */
export const THROTTLE = { maximumAvailable: 100_000, restoreRate: 50_000 }

/** A shop as it stands, all of it. */
export async function stateOf(sandbox: Sandbox, domain: string): Promise<ShopState> {
    const answer = await fetch(`${sandbox.url}/control/state?shop=${domain}`)
    if (!answer.ok) throw new Error(`Expected the state of ${domain}, got ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as ShopState
}

/** The shops of a sandbox's state file, taken up in a sandbox of their own that keeps them in `copy`. */
export async function copyShops(state: string, copy: string): Promise<Sandbox> {
    await copyFile(state, copy)
    return startSandbox({ shops: [], stateFile: copy, throttle: THROTTLE })
}

/** A copy listens at an address of its own: the stores of a database that was copied with it are there. */
export async function moveStores(db: Database, sandbox: Sandbox): Promise<void> {
    for (const domain of sandbox.shops.keys()) {
        await db.send('update stores set origin = $1 where domain = $2', [sandbox.originOf(domain), domain])
    }
}
