import type { Visit } from '../visit.ts'

/** One thing a person sets on a form; its name there is its path in the settings, or in a row of them. */
export type Input = {
    name: string
    label: string
    /** What it does, under its label. */
    help?: string
    kind: 'choice' | 'switch' | 'text' | 'decimal' | 'whole' | 'number' | 'words' | 'several' | 'time'
    /** Of a choice and of several. */
    choices?: readonly Choice[]
    /** Left blank it is nothing (null); otherwise its default. */
    isOptional?: boolean
}

export type Choice = { value: string; label: string }

export type Given = { [name: string]: unknown }

/** Choices from pairs: `{ merge: 'add to what is there' }`. */
export function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
    return Object.entries(words).map(([value, label]) => ({ value, label }))
}

/** What a form says of some inputs, as the settings have it. What was left blank is left out. */
export function givenIn(visit: Visit, inputs: readonly Input[]): Given {
    const given: Given = {}
    for (const input of inputs) {
        const value = valueIn(visit, input)
        if (value !== undefined) given[input.name] = value
    }
    return given
}

function valueIn(visit: Visit, { name, kind, isOptional = false }: Input): unknown {
    const text = visit.field(name)
    if (kind === 'switch') return text === 'yes'
    if (kind === 'several') return listIn(visit, name)
    if (kind === 'words') return wordsIn(text)
    if (text === '') return isOptional ? null : undefined
    if (kind === 'whole') return /^-?\d{1,9}$/.test(text) ? Number(text) : text
    if (kind === 'number') return /^-?\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : text
    if (kind === 'time') return timeFrom(text)
    return text
}

function listIn({ request }: Visit, name: string): string[] {
    const body = (request.body ?? {}) as Record<string, unknown>
    return ([] as unknown[]).concat(body[name] ?? []).filter((one): one is string => typeof one === 'string')
}

function wordsIn(text: string): string[] {
    return text
        .split(/[,\n]/)
        .map((word) => word.trim())
        .filter(Boolean)
}

/** What a browser's field of date and time holds is meant in UTC; what is none is told so by whoever reads the settings. */
function timeFrom(text: string): string {
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? `${text}:00Z` : text
}

/** An input as its view takes it. */
export function shownInput(form: string, input: Input, value: unknown, fault: string | null) {
    const { name, label, help = null, kind, choices = [], isOptional = false } = input
    const chosen = Array.isArray(value) ? value.map(String) : [String(value ?? '')]
    return {
        ...{ name, label, help, isOptional, fault },
        id: `${form}_${name}`.replaceAll(/[^\w]/g, '_'),
        ...{
            isChoice: kind === 'choice' && !isSpelt(choices),
            isRadios: kind === 'choice' && isSpelt(choices),
            isSwitch: kind === 'switch',
            isSeveral: kind === 'several',
        },
        type: kind === 'time' ? 'datetime-local' : 'text',
        mode: kind === 'decimal' || kind === 'number' ? 'decimal' : kind === 'whole' ? 'numeric' : 'text',
        text: textOf(kind, value),
        isOn: value === true,
        choices: choices.map((choice) => ({ ...choice, isChosen: chosen.includes(choice.value) })),
    }
}

/** Few choices that say what they do are read at once, not one by one in a box that cuts them off. */
const isSpelt = (choices: readonly Choice[]) =>
    choices.length <= 5 && choices.some(({ label }) => label.length > LONGEST_IN_A_BOX)

const LONGEST_IN_A_BOX = 26

function textOf(kind: Input['kind'], value: unknown): string {
    if (value === null || value === undefined) return ''
    if (kind === 'words' && Array.isArray(value)) return value.join(', ')
    if (kind === 'time') return String(value).slice(0, 16)
    return String(value)
}

/** The value at a dotted path of a document. */
export function at(document: unknown, path: string): unknown {
    return path.split('.').reduce<unknown>((inner, key) => (inner as Given | null | undefined)?.[key], document)
}

/** A copy of a document with another value at a dotted path. */
export function withAt<Document extends object>(document: Document, path: string, value: unknown): Document {
    const [key = '', ...rest] = path.split('.')
    const inner = (document as Given)[key]
    const next = rest.length === 0 ? value : withAt((inner ?? {}) as object, rest.join('.'), value)
    return { ...document, [key]: next }
}
