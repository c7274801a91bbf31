import type { Context } from '../context.ts'
import { topLevelError } from '../errors.ts'

export type PageArgs = {
    first?: number | null
    last?: number | null
    after?: string | null
    before?: string | null
    reverse?: boolean | null
}

export type Edge<T> = { cursor: string; node: T }
export type PageInfo = {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
}

/** Methods, not values, so that only what the query selects is built; graphql-js calls them. */
export type Connection<T> = {
    /** all items behind the connection, before paging; read by the bulk runner */
    items: readonly T[]
    edges(): Edge<T>[]
    nodes(): readonly T[]
    pageInfo(): PageInfo
}

/**
 * A page of `items` (already filtered and sorted) by first/last/after/before/reverse; in a bulk query all of them.
 * Throws BAD_REQUEST without `first` or `last`, with both, or with a cursor of another list.
 */
export function connection<T>(items: readonly T[], args: PageArgs, context: Context, _info?: unknown): Connection<T> {
    const ordered = args.reverse ? items.toReversed() : items
    const page = context.bulk ? { from: 0, to: ordered.length } : pageOf(ordered, args)
    const shown = page.from === 0 && page.to === ordered.length ? ordered : ordered.slice(page.from, page.to)
    return {
        items: ordered,
        edges: () => shown.map((node, index) => ({ cursor: cursorOf(node, page.from + index), node })),
        nodes: () => shown,
        pageInfo: () => ({
            hasNextPage: page.to < ordered.length,
            hasPreviousPage: page.from > 0,
            startCursor: shown.length > 0 ? cursorOf(shown[0], page.from) : null,
            endCursor: shown.length > 0 ? cursorOf(shown[shown.length - 1], page.to - 1) : null,
        }),
    }
}

function pageOf<T>(items: readonly T[], args: PageArgs): { from: number; to: number } {
    if (args.first == null && args.last == null) {
        throw topLevelError('you must provide one of first or last', 'BAD_REQUEST')
    }
    if (args.first != null && args.last != null) {
        throw topLevelError('providing both first and last is not supported', 'BAD_REQUEST')
    }
    let from = args.after == null ? 0 : placeOf(items, args.after) + 1
    let to = args.before == null ? items.length : placeOf(items, args.before)
    if (args.first != null) to = Math.min(to, from + args.first)
    if (args.last != null) from = Math.max(from, to - args.last)
    return { from, to: Math.max(to, from) }
}

function idOf(item: unknown): unknown {
    return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined
}

/** Shopify's cursors are base64 of JSON with the last id; items without an id carry their place in the list. */
export function cursorOf(item: unknown, place: number): string {
    const id = idOf(item) ?? place
    return Buffer.from(JSON.stringify({ last_id: id, last_value: String(id) })).toString('base64')
}

function placeOf<T>(items: readonly T[], cursor: string): number {
    const lastId = lastIdOf(cursor)
    const place = items.findIndex((item, index) => (idOf(item) ?? index) === lastId)
    if (lastId === undefined || place < 0) {
        throw topLevelError('Invalid cursor for current pagination sort.', 'BAD_REQUEST')
    }
    return place
}

function lastIdOf(cursor: string): unknown {
    try {
        const value: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'))
        return typeof value === 'object' && value !== null && 'last_id' in value ? value.last_id : undefined
    } catch {
        return undefined
    }
}
