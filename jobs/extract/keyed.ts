import type { Column, Incoming } from './operation.ts'

type Keyed = Pick<Incoming, 'name' | 'lines' | 'repeats' | 'countable' | 'made'> & {
    /** The column of its id. */
    key: Column
    columns: readonly Column[]
    /** Columns that alone are no change to look at: times of Shopify's own. */
    quiet?: readonly string[]
    /** The table whose children these are, and the column that names the parent: those that came say which are left. */
    parent?: { table: string; column: string }
    /** Columns that the incoming table has beside, for statements of its own. */
    people?: readonly Column[]
    /** The same, for other statements; the incoming table is made with them. */
    beside?: readonly Column[]
}

/**
 * The incoming table of rows with an id of their own, merged by statements that name no column. Rows without a parent are
 * never taken away: what a reading does not name may lie outside the window that the scopes allow.
 */
export function keyed({ key, columns, quiet = [], parent, people = [], beside = [], made, ...rest }: Keyed): Incoming {
    const fields = columns.map(({ name }) => name)
    return {
        ...rest,
        made: made ?? 'staging/incoming_rows',
        key: [key.name],
        columns: [key, ...columns, ...people, ...beside],
        merge: parent ? 'staging/merge_children' : 'staging/merge_rows',
        remove: parent && 'staging/remove_children',
        lists: {
            table: [rest.name],
            key: [key.name],
            fields,
            telling: fields.filter((name) => !quiet.includes(name)),
            quiet: [...quiet],
            people: people.map(({ name }) => name),
            ...(parent && { parents: [parent.table], of: [parent.column] }),
        },
    }
}
