import type { Database } from '../../sql/database.ts'
import type { LastEntries } from '../../sql/reports/outcome.ts'
import { type AccountRow, accountsOf, addAccount } from '../../sql/stores/accounts.ts'
import { connectionsOf, type StoreRow, storesOf } from '../../sql/stores/stores.ts'
import { addStore, connect } from '../connect.ts'
import { NORTHWIND, parts } from './cast.ts'
import { type Connected, callJudge, type Judge } from './judge.ts'
import type { Stage } from './stage.ts'
import { short, type Voice } from './voice.ts'

/** The demo's account, made at the first start. */
export async function theAccount(db: Database): Promise<AccountRow> {
    const [known] = await accountsOf(db, 'demo')
    return known ?? addAccount(db, 'demo')
}

/** Tells Crossdock of the stores, whose addresses may be new, and connects those that are not connected yet. */
export async function connectAll({ host, account_id, shops, who, voice }: Stage): Promise<Connected[]> {
    voice.step('Four stores, three connections', 'store add, connect')
    const whose = { account_id, who }
    const add = (domain: string, role: StoreRow['role']) =>
        addStore(host, whose, { domain, role, origin: shops.originOf(domain), token: `token-${domain}` })
    await Promise.all([add(NORTHWIND, 'source'), ...parts.map(({ destination }) => add(destination, 'destination'))])
    const stores = await storesOf(host.db, account_id)
    const found = async (domain: string) => {
        const store = stores.find((one) => one.domain === domain)
        const connections = await connectionsOf(host.db, account_id)
        return connections.find(({ destination_store_id }) => destination_store_id === store?.store_id)
    }
    const connected: Connected[] = []
    for (const part of parts) {
        const { destination, document } = part
        if (!(await found(destination)))
            await connect(host, whose, { source: NORTHWIND, destination, settings: document })
        connected.push({ ...(await found(destination))!, ...part })
    }
    tellStores(voice, stores)
    return connected
}

function tellStores(voice: Voice, stores: StoreRow[]): void {
    const plans = [{ destination: NORTHWIND, plan: 'the source' }, ...parts]
    for (const { destination, plan } of plans) {
        const currency = stores.find(({ domain }) => domain === destination)?.currency ?? ''
        voice.say(`  ${short(destination).padEnd(13)}${currency}  ${plan}`)
    }
    voice.say(voice.dim('  What a destination sells lowers every other. The corner shop waits for its orders to be'))
    voice.say(
        voice.dim('  pushed, the market stall has the source adjusted, and the outlet carries counts by hand, too.'),
    )
}

/**
 * The oracle, unless somebody else worked here between the last start and this one, whose newest entries are given: it
 * was not told of that.
 */
export async function theJudge(
    { progress, host, shops, folder, voice }: Stage,
    connections: Connected[],
    { run, event }: LastEntries,
): Promise<Judge | null> {
    const othersWorked = progress.rounds > 0 && !progress.busy && (progress.run !== run || progress.event !== event)
    if (progress.judged && !othersWorked) return callJudge(host.db, connections, shops, folder)
    progress.judged = false
    voice.say()
    voice.say('  Runs or decisions were made here of which the oracle was not told, so it is not')
    voice.say('  asked any more. npm run demo -- --reset starts anew, with it.')
    return null
}
