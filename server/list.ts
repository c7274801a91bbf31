import type { OpenVisit } from './visit.ts'

/** How many rows a page of a list has. */
export const ROWS = 50

/** The rows of a page, of which one more than fits was asked for, and the address of the next page. */
export function cut<Row>(rows: Row[], size: number, next: (last: Row) => string): { rows: Row[]; next: string | null } {
    const fitting = rows.slice(0, size)
    const last = fitting.at(-1)
    return { rows: fitting, next: rows.length > size && last ? next(last) : null }
}

/** The address of the same list with other parameters; empty ones are left out. */
export function addressWith(path: string, parameters: { [name: string]: string | null | undefined }): string {
    const given = Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1]))
    return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** A parameter that is one of some words, or null: what a page may filter by is named by us, never by who asks. */
export function choice<Word extends string>(visit: OpenVisit, name: string, words: readonly Word[]): Word | null {
    const came = visit.query(name)
    return words.find((word) => word === came) ?? null
}

/** Choices of a filter, with the one that is chosen marked. */
export function choices(words: readonly string[], chosen: string | null): { word: string; isChosen: boolean }[] {
    return words.map((word) => ({ word, isChosen: word === chosen }))
}

/** What a person searches for; null: nothing. */
export function search(visit: OpenVisit): string | null {
    return visit.query('search').slice(0, 100) || null
}

/** Ids that a form chose; nothing else passes. */
export function chosenIds(visit: OpenVisit, name: string): string[] {
    const body = (visit.request.body ?? {}) as Record<string, unknown>
    const came = ([] as unknown[]).concat(body[name] ?? [])
    return came.filter((id): id is string => typeof id === 'string' && /^\d{1,18}$/.test(id))
}
