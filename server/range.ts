import { daysFrom, range } from '../reports/given.ts'
import type { OpenVisit } from './visit.ts'

/** Days, both included (rule 84). */
export type Range = { from: string; to: string }

const DAY_MS = 86_400_000

/** By the word that an address has. */
const presets = [
    ['today', 'Today'],
    ['yesterday', 'Yesterday'],
    ['7', 'Last 7 days'],
    ['30', 'Last 30 days'],
    ['90', 'Last 90 days'],
    ['this_month', 'This month'],
    ['last_month', 'Last month'],
    ['last_3_months', 'Last 3 months'],
] as const

type Preset = (typeof presets)[number][0]

/** What a page asks its days by: a preset, or days of one's own. */
export type ChosenRange = Range & {
    /** `custom` where the days were chosen one by one. */
    name: Preset | 'custom'
    text: string
    choices: { word: string; text: string; isChosen: boolean }[]
    /** In the address of the same page. */
    query: Record<string, string>
}

/**
 * The days that an address asks for (`range`, or `from` and `to`), in a zone; what it says amiss, such as a day that no
 * report takes, counts for nothing.
 */
export function rangeOf(visit: Pick<OpenVisit, 'query'>, zone: string, usual: Preset, now = new Date()): ChosenRange {
    const [name, from, to] = ['range', 'from', 'to'].map((field) => visit.query(field))
    const isCustom = (name === 'custom' || name === '') && range.safeParse({ from, to }).success
    const [preset, text] = presets.find(([word]) => word === name) ?? presets.find(([word]) => word === usual)!
    const chosen = isCustom ? 'custom' : preset
    const days = isCustom ? { from: from!, to: to! } : daysOf(preset, today(zone, now))
    const choices = presets.map(([word, text]) => ({ word, text, isChosen: word === chosen }))
    return {
        ...days,
        name: chosen,
        text: isCustom ? `${days.from} to ${days.to}` : text,
        choices: [...choices, { word: 'custom', text: 'Days of your own', isChosen: isCustom }],
        query: isCustom ? { range: 'custom', ...days } : { range: preset },
    }
}

/** The day that it is in a zone. */
export function today(zone: string, now: Date): string {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now)
}

/** Every day of a range, in order. */
export function daysIn({ from, to }: Range): string[] {
    return Array.from({ length: daysFrom(from, to) }, (_, n) => shifted(from, n))
}

function daysOf(preset: Preset, day: string): Range {
    const month = day.slice(0, 7)
    const firstOfMonth = `${month}-01`
    const lastOfMonthBefore = shifted(firstOfMonth, -1)
    switch (preset) {
        case 'today':
            return { from: day, to: day }
        case 'yesterday':
            return { from: shifted(day, -1), to: shifted(day, -1) }
        case 'this_month':
            return { from: firstOfMonth, to: day }
        case 'last_month':
            return { from: `${lastOfMonthBefore.slice(0, 7)}-01`, to: lastOfMonthBefore }
        case 'last_3_months':
            return { from: monthsBefore(month, 3), to: lastOfMonthBefore }
        default:
            return { from: shifted(day, 1 - Number(preset)), to: day }
    }
}

function monthsBefore(month: string, count: number): string {
    const [year, number] = month.split('-').map(Number)
    return new Date(Date.UTC(year!, number! - 1 - count, 1)).toISOString().slice(0, 10)
}

function shifted(day: string, days: number): string {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
