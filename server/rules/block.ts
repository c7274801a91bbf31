import type { Settings } from '../../sql/stores/settings.ts'
import { at, type Given, type Input, withAt } from './input.ts'

/** A part of a connection's settings with a form of its own. */
type Part = {
    /** In the address of its form. */
    name: string
    title: string
    /** What it is about, in a sentence or two. */
    about: string
    /** Whose it is to decide (rule 91). */
    who: 'source' | 'destination'
    inputs: readonly Input[]
}

/** Some settings on one form. */
export type Section = Part & {
    values(settings: Settings): Given
    change(settings: Settings, given: Given): object
    /** The input that a fault at this place of the changed document belongs to; by default the place is its name. */
    inputAt?(at: string, document: object): string | null
}

export type Row = { [column: string]: unknown }

/** A list of rows, each with a form of its own, and one to add another. */
export type List = Part & {
    /** Where it stands in the settings. */
    path: string
    /** What one row is called. */
    one: string
    /** A row in words. */
    says(row: Row): string
    /** Said where there is no row. */
    empty: string
    /** What a new row begins with. */
    fresh: Given
    /** Rows as they are saved; by default as they come. */
    tidy?(rows: Row[], added: Row | null): Row[]
    /** Rows that are not for a form of their own. */
    isQuiet?(row: Row): boolean
}

export type Block = Section | List

export const isList = (block: Block): block is List => 'path' in block

/** A section whose inputs are named by their place in the settings. */
export function section(part: Part): Section {
    return {
        ...part,
        values: (settings) => Object.fromEntries(part.inputs.map(({ name }) => [name, at(settings, name)])),
        change: (settings, given) =>
            part.inputs.reduce<object>((document, { name }) => withAt(document, name, given[name]), settings),
    }
}

export function rowsOf({ path }: List, settings: Settings): Row[] {
    return (at(settings, path) ?? []) as Row[]
}

/** What is done with a list: a row more, another in its place, one less. */
export type Act = { kind: 'add' | 'change' | 'remove'; row: number }

/** The settings with a list after an act. */
export function afterAct(list: List, settings: Settings, { kind, row }: Act, given: Given): object {
    const rows = rowsOf(list, settings)
    const next = {
        add: () => [...rows, given],
        change: () => rows.map((one, place) => (place === row ? { ...one, ...given } : one)),
        remove: () => rows.filter((_, place) => place !== row),
    }[kind]()
    return withAt(settings, list.path, list.tidy ? list.tidy(next, kind === 'remove' ? null : given) : next)
}
