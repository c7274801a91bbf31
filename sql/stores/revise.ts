import { isDeepStrictEqual } from 'node:util'
import { transaction } from '../database.ts'
import { query, queryOne } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'
import { refuseContradictions } from './contradictions.ts'
import { type Located, type LocationLink, linkLocations } from './location_links.ts'
import { locationsOf, writeSettings } from './save.ts'
import { type Settings, settingsSchema } from './settings.ts'
import { connectionById, storeById } from './stores.ts'

/** One thing that is wrong with settings: where (`price_rules.0.percent`; empty: as a whole), and what was expected. */
export type Fault = { at: string; text: string }

/** Settings that cannot be saved: nothing was. */
export class SettingsRefused extends Error {
    override readonly name = 'SettingsRefused'
    readonly faults: readonly Fault[]

    constructor(faults: readonly Fault[]) {
        super(faults.map(({ at, text }) => (at ? `${at}: ${text}` : text)).join('\n'))
        this.faults = faults
    }
}

export type Revision = {
    account_id: number
    connection_id: number
    who: string
    /** Which part of the settings, in words: it stands in the log. */
    part: string
    /** `settings_at` of what the person saw; null: whatever it was. */
    seen_at: string | null
}

/**
 * Changes a part of a connection's settings: `change` is given what they are and answers what they are to be. The event
 * in the log has what was there before and after. Returns whether anything is otherwise now.
 * @throws SettingsRefused where they contradict themselves, or somebody else has changed them since.
 */
export async function reviseSettings(
    q: Queryable,
    { account_id, connection_id, who, part, seen_at }: Revision,
    change: (settings: Settings) => unknown,
): Promise<boolean> {
    const key = { account_id, connection_id }
    return transaction(q, async (tx) => {
        const row = await queryOne<Row>(tx, 'stores/settings/lock', key)
        if (seen_at !== null && row.settings_at !== seen_at) throw new SettingsRefused([{ at: '', text: MOVED }])
        const before = await dated(tx, key, read(row.settings))
        const after = await dated(tx, key, read(change(before)))
        if (isDeepStrictEqual(before, after)) return false
        const links = await linksFor(tx, key, row, before, after)
        await writeSettings(tx, key, after, links)
        await audit(tx, { ...key, who, what: 'settings.changed', detail: { part, ...difference(before, after) } })
        return true
    })
}

/** The settings of a connection as they are, and since when; a rate says when it was true. */
export async function settingsNow(q: Queryable, key: Key): Promise<{ settings: Settings; settings_at: string }> {
    const { account_id, connection_id } = key
    const { settings, settings_at } = await connectionById(q, account_id, connection_id)
    return { settings: await dated(q, { account_id, connection_id }, settingsSchema.parse(settings)), settings_at }
}

/** Which source location feeds which of the destination, as the settings came out. */
export async function locationLinksOf(q: Queryable, { account_id, connection_id }: Key): Promise<LocationLink[]> {
    return query<LocationLink>(q, 'stores/settings/location_links', { account_id, connection_id })
}

const MOVED =
    'Somebody else changed these settings while this page was open, so nothing was saved. They are shown as they are now: change them again.'

type Key = { account_id: number; connection_id: number }
type Row = { settings: unknown; settings_at: string; source_store_id: number; destination_store_id: number }

function read(document: unknown): Settings {
    const parsed = settingsSchema.safeParse(document)
    if (!parsed.success) {
        throw new SettingsRefused(
            parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), text: message })),
        )
    }
    refusing(() => refuseContradictions(parsed.data))
    return parsed.data
}

/** What our own sentences begin with, where they name a place: `rates.0.rate: expected …`. */
const PLACE = /^([a-z_]+(?:\.[a-z_0-9]+)*): ([\s\S]*)$/

function refusing<T>(act: () => T): T {
    try {
        return act()
    } catch (error) {
        const { message } = error as Error
        const [, at = '', text = message] = PLACE.exec(message) ?? []
        throw new SettingsRefused([{ at, text }])
    }
}

/** A rate that was saved without a time is as old as it was: saving something else makes no rate new (rule 39). */
async function dated(tx: Queryable, key: Key, settings: Settings): Promise<Settings> {
    if (settings.rates.every(({ as_of }) => as_of)) return settings
    const known = await query<Settings['rates'][number]>(tx, 'stores/settings/rates', key)
    const rates = settings.rates.map((rate) => {
        const same = known.find(({ from, to }) => from === rate.from && to === rate.to)
        const as_of = rate.as_of ?? (same && Number(same.rate) === Number(rate.rate) ? same.as_of : undefined)
        return { ...rate, as_of: as_of ?? new Date().toISOString() }
    })
    return { ...settings, rates }
}

/** Locations are looked up anew only where the settings say other ones: a change elsewhere is not held up by them. */
async function linksFor(tx: Queryable, key: Key, row: Row, before: Settings, after: Settings): Promise<LocationLink[]> {
    const isSame = isDeepStrictEqual(before.locations, after.locations) && before.inventory === after.inventory
    if (isSame) return locationLinksOf(tx, key)
    const source = await locatedOf(tx, key.account_id, row.source_store_id)
    const destination = await locatedOf(tx, key.account_id, row.destination_store_id)
    return refusing(() => linkLocations(after, source, destination))
}

async function locatedOf(tx: Queryable, accountId: number, storeId: number): Promise<Located> {
    const store = await storeById(tx, accountId, storeId)
    return { domain: store.domain, locations: await locationsOf(tx, store) }
}

/** The keys that differ, as they were and as they are. */
function difference(before: Settings, after: Settings) {
    const keys = (Object.keys(after) as (keyof Settings)[]).filter((key) => !isDeepStrictEqual(before[key], after[key]))
    const of = (settings: Settings) => Object.fromEntries(keys.map((key) => [key, settings[key]]))
    return { before: of(before), after: of(after) }
}
