/** A job as people read it: when it runs, and what it does. */
export type Entry = {
    name: string
    /** Null: only when asked for. */
    cron: string | null
    /** `source`: the zone of the source store (D20). `UTC`: where a clock change must neither skip nor repeat a slot. */
    zone: 'source' | 'UTC'
    /** One sentence. */
    does: string
    /** Jobs that work first when both wait, and to which this one gives way between its phases (rule 82). */
    after: readonly string[]
}

const onDemand = { cron: null, zone: 'UTC', after: [] } as const

/** Every job there is; registry.ts holds their functions under the same names. */
export const calendar: readonly Entry[] = [
    {
        name: 'hourly',
        cron: '5 * * * *',
        zone: 'UTC',
        does: 'Reads what was updated in every store, compares it, and loads what is approved.',
        after: [],
    },
    {
        name: 'nightly',
        cron: '0 2 * * *',
        zone: 'source',
        does: 'Reads every store whole, compares everything, and loads what is approved.',
        after: ['hourly', 'preview_upload', 'apply_upload'],
    },
    { name: 'extract', does: 'Reads stores into staging.', ...onDemand },
    { name: 'compare', does: 'Compares what was last read, and makes change sets.', ...onDemand },
    { name: 'load', does: 'Writes approved change sets to their destinations.', ...onDemand },
    {
        name: 'push_orders',
        does: 'Reads orders, and pushes those that no gate refuses to their sources.',
        ...onDemand,
    },
    {
        name: 'push_products',
        does: 'Reads what moved, and compares and loads the products that a person chose.',
        ...onDemand,
    },
    { name: 'rollback', does: 'Takes a loaded change set back, where nothing has moved since.', ...onDemand },
    {
        name: 'end_connection',
        does: 'Writes what was chosen for the items of connections that end, and ends them.',
        ...onDemand,
    },
    {
        name: 'connect_stores',
        does: 'Connects stores whose source has agreed to feed them.',
        ...onDemand,
    },
    { name: 'read_store', does: 'Asks a store that let us in who it is, and what we may do there.', ...onDemand },
    { name: 'preview_upload', does: 'Reads an uploaded file, and says what each row would do.', ...onDemand },
    { name: 'apply_upload', does: 'Applies an uploaded file that was looked at, whole or not at all.', ...onDemand },
    { name: 'accept_snapshot', does: 'Merges a doubtful reading that a person accepted.', ...onDemand },
]

/** The jobs that go before one. */
export function goesBefore(job: string): readonly string[] {
    return calendar.find(({ name }) => name === job)?.after ?? []
}
