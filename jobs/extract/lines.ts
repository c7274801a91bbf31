import type { Node } from '../../connectors/entities/index.ts'
import { copyText } from './copy_text.ts'
import type { Incoming } from './operation.ts'

/** Rows of one incoming table in COPY's text form, gathered until they are worth sending. */
export type Gathered = {
    table: Incoming
    /** All rows so far. */
    rows: number
    /** How many bytes are gathered. */
    bytes: number
    /** Hands out what is gathered, good until the next time, and gathers anew. */
    empty(): Buffer
    add(row: string): void
}

/** Room for a chunk and for the row that ends it. */
const ROOM_BYTES = 1.25 * 1024 * 1024

/**
 * Rows are written into bytes one by one: gathered as one growing string they kept the garbage collector busy for a
 * third of the time. Two rooms take turns, so a chunk handed out is good until the one after it is handed out.
 */
function gatheredFor(table: Incoming): Gathered {
    let [room, other] = [Buffer.alloc(0), Buffer.alloc(0)]
    const gathered: Gathered = {
        table,
        rows: 0,
        bytes: 0,
        empty() {
            const full = room.subarray(0, gathered.bytes)
            ;[room, other] = [other, room]
            gathered.bytes = 0
            return full
        },
        add(row) {
            const most = gathered.bytes + row.length * MOST_BYTES
            if (most > room.length) {
                const larger = Buffer.allocUnsafeSlow(Math.max(ROOM_BYTES, most * 2))
                room.copy(larger, 0, 0, gathered.bytes)
                room = larger
            }
            gathered.bytes += room.write(row, gathered.bytes)
            gathered.rows += 1
        },
    }
    return gathered
}

/** Of a UTF-16 unit in UTF-8. */
const MOST_BYTES = 3

export type Sorter = {
    /** Every table of the operation, in its order. */
    tables: readonly Gathered[]
    /** Lines that are of no table: other media, parents that are only asked for their children. */
    others(): number
    /**
     * Reads one line into the text of its table, which it returns; null for a line of no table.
     * @throws for a line that is no object of a store, with its number.
     */
    take(line: Buffer): Gathered | null
}

/** Sorts the lines of a result by the type of object and parent, which only their GIDs tell. */
export function sorterOf(incoming: readonly Incoming[]): Sorter {
    const tables = incoming.map(gatheredFor)
    const byType = new Map(tables.map((gathered) => [gathered.table.lines, gathered]))
    let lines = 0
    let others = 0

    return {
        tables,
        others: () => others,
        take(line) {
            lines += 1
            const node = parsed(line, lines)
            const gathered = byType.get(typeOf(node, lines))
            if (gathered === undefined) {
                others += 1
                return null
            }
            gathered.add(rowOf(gathered.table, node, lines))
            return gathered
        },
    }
}

function rowOf({ name, columns }: Incoming, node: Node, line: number): string {
    let row = ''
    let separator = ''
    try {
        for (const { read } of columns) {
            row += separator + copyText(read(node, line))
            separator = '\t'
        }
    } catch (cause) {
        throw new Error(`line ${line}, for ${name}, ${node.id}: ${(cause as Error).message}`, { cause })
    }
    return `${row}\n`
}

function parsed(line: Buffer, number: number): Node {
    const text = line.toString()
    try {
        return JSON.parse(text)
    } catch (cause) {
        const came = text.length > 200 ? `${text.slice(0, 200)}…` : text
        throw new Error(`line ${number}: expected one JSON object, came ${came}`, { cause })
    }
}

const PREFIX = 'gid://shopify/'

/** `Product`, or `Product>MediaImage` for a child. */
function typeOf({ id, __parentId: parent }: Node, line: number): string {
    if (typeof id !== 'string' || !id.startsWith(PREFIX)) {
        throw new Error(`line ${line}: expected an object with a GID as id, came ${JSON.stringify(id)}`)
    }
    const type = id.slice(PREFIX.length, id.indexOf('/', PREFIX.length))
    if (typeof parent !== 'string') return type
    return `${parent.slice(PREFIX.length, parent.indexOf('/', PREFIX.length))}>${type}`
}
