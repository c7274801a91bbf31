import { userInfo } from 'node:os'
import type { Database } from '../sql/database.ts'
import { openAtSchema } from '../sql/open.ts'
import { type AccountRow, accountsOf } from '../sql/stores/accounts.ts'
import { sealingKey } from '../sql/stores/seal.ts'
import { type Desk, type Outcome, WrongUse } from './commands/command.ts'
import { limitsFrom } from './limits.ts'
import { createLog } from './log.ts'

export type Wishes = { json: boolean; verbose: boolean; account?: string; log: 'lines' | 'words' }

/** A desk for one command, and what clears it. The database is opened once, by whoever asks first. */
export function openDesk(wishes: Wishes, signal: AbortSignal, print: (outcome: Outcome) => void) {
    const { json, verbose } = wishes
    const log = createLog(wishes.log, verbose)
    let opening: Promise<Database> | null = null

    const db = () => {
        opening ??= openAtSchema()
        return opening
    }
    const desk: Desk = {
        json,
        verbose,
        log,
        who: userInfo().username,
        signal,
        say: (line) => process.stderr.write(`${line}\n`),
        ready: print,
        db,
        async host() {
            // Jobs are read only when one is run: commands that only look stay quick.
            const { registry } = await import('./registry.ts')
            const limits = limitsFrom(process.env)
            return { db: await db(), log, key: await sealingKey(), jobs: registry, limits }
        },
        account: async () => theAccount(await db(), wishes.account),
    }
    return { desk, close: async () => (await opening?.catch(() => null))?.close() }
}

async function theAccount(db: Database, name: string | undefined): Promise<AccountRow> {
    const found = await accountsOf(db, name ?? null)
    const [only] = found
    if (only && found.length === 1) return only
    if (name !== undefined) throw new WrongUse(`--account: expected an account by name or number, got ${name}.`)
    if (!only)
        throw new Error(
            'There is no account yet: add a store (crossdock store add --help), or crossdock account create.',
        )
    throw new WrongUse(
        `There are ${found.length} accounts: name one with --account (${found.map(({ name }) => name).join(', ')}).`,
    )
}
