import { type Cell, type Entity, listsOf, type Node } from '../../connectors/entities/index.ts'
import type { Countable } from '../../connectors/shopify/counts.ts'
import type { Queryable } from '../../sql/database.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'

export type Kind = 'full' | 'incremental'

/** A column of an incoming table; `line` is the line's number in the file, from 1. */
export type Column = { name: string; read: (node: Node, line: number) => Cell }

/** A temporary table incoming_<name> and the lines that fill it. */
export type Incoming = {
    name: string
    /** The statement that makes it; by default staging/incoming_<name>. */
    made?: string
    /** Type of its lines by their GID, and of their parents where they have one: `Product`, `Product>MediaImage`. */
    lines: string
    columns: readonly Column[]
    /** What makes two lines the same object. */
    key: readonly string[]
    /** The same object may come several times in one reading, under several parents. */
    repeats?: true
    /** What its SQL may repeat over, so that no statement names an entity's fields; `read`: those that lines bring. */
    lists?: Record<string, string[]>
    /** The statement that brings its rows into staging, and the one that takes away what is no longer there. */
    merge?: string
    remove?: string
    /** How many Shopify counts of these (rule 73). */
    countable?: Countable
}

/** What a document is asked for: `filter` in Shopify's search syntax, null for everything; personal data by name. */
export type Asked = { store: StoreRow; filter: string | null; details?: readonly string[] }

/** What settings ask of an operation beyond its kind. */
export type Asks = {
    /** Its own condition, in Shopify's search syntax, of a whole reading and of an incremental one. */
    filter: Record<Kind, string | null>
    /** Personal data that some setting names. */
    details: readonly string[]
    /** Scopes without which it cannot be read. */
    scopes: readonly string[]
}

/** One bulk query and what becomes of its lines. */
export type Operation = {
    name: string
    /** Which readings it is asked for in. One that is always whole is `full` alone, also in an hourly run. */
    kinds: readonly Kind[]
    /** The operation whose whole readings hold all that this one reads; by default its own. */
    wholeIn?: string
    /** One that an earlier run left going is not taken over: stock rests on the order in which a run reads (rules 17, 75). */
    isOfItsRun?: true
    /** The operation whose rows this one's are judged against, as Shopify counts them not (rule 73). */
    judgedAgainst?: string
    /** In the order in which they are merged; what is gone is taken away in the opposite order. */
    tables: readonly Incoming[]
    document(asked: Asked): string
    /** Whether some rule uses what it reads; by default always. */
    isNeeded?(q: Queryable, store: StoreRow): Promise<boolean>
    /** What settings ask of it, where it is needed; by default everything there is. */
    asks?(q: Queryable, store: StoreRow): Promise<Asks>
    /** How many there were says nothing: a whole reading is held against Shopify's own count alone (rule 73). */
    varies?: true
    /** Statements that come after its tables are merged, in the same transaction. */
    also?: readonly Also[]
    /**
     * Reads what bulk queries cannot carry, once its rows are merged; only then is the reading complete. Finds it by
     * what is missing, since a run may have died before it. Returns rows by table.
     */
    finish?(context: RunContext, store: StoreRow, readAt: string): Promise<Record<string, number>>
}

export type Also = { statement: string; lists?: Record<string, string[]> }

type OfEntity = Pick<Incoming, 'lines' | 'key' | 'remove' | 'countable'> & {
    /** Fields that the merge works out from other lines. */
    joined?: readonly string[]
    /** Columns read otherwise than the entity's file says. */
    instead?: Record<string, Column['read']>
    more?: readonly Column[]
}

/** The incoming table of an entity, with its facts and fields as columns. */
export function incomingOf(entity: Entity, { joined = [], instead = {}, more = [], ...rest }: OfEntity): Incoming {
    const fields = entity.fields.filter(({ name }) => !joined.includes(name))
    const columns = [...entity.facts, ...fields].map(({ name, read }) => ({ name, read: instead[name] ?? read }))
    return {
        ...rest,
        name: entity.table,
        columns: [...columns, ...more],
        merge: `staging/merge_${entity.table}`,
        lists: { ...listsOf(entity), read: fields.map(({ name }) => name) },
    }
}

/** The number of the line, for tables whose order means something. */
export const lineColumn: Column = { name: 'line', read: (_node, line) => line }

/** The selections of an entity's node, for the text of a document. */
export function selectionOf(entity: Entity, store: StoreRow): string {
    const selections = [...entity.facts, ...entity.fields].map(({ select }) => select).filter((select) => select !== '')
    return selections.flatMap((select) => withPublication(select, store)).join(' ')
}

/** A store without an Online Store has no publication to ask about: the selection is left out, its field stays empty. */
function withPublication(select: string, { publication_id }: StoreRow): string[] {
    if (!select.includes('$publication')) return [select]
    return publication_id === null
        ? []
        : [select.replaceAll('$publication', `gid://shopify/Publication/${publication_id}`)]
}
