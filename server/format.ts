import Handlebars from 'handlebars'

/** How a value is written on a page. Every text that goes through here is escaped by whoever prints it. */

const counts = new Intl.NumberFormat('en')

/** 12345 → 12,345; nothing → –. */
export function count(value: unknown): string {
    if (value === null || value === undefined || value === '') return '–'
    return counts.format(typeof value === 'string' ? BigInt(value) : (value as number))
}

/** Money as it is kept, decimal text, with its currency behind it: 1,234.50 USD. */
export function money(amount: unknown, currency: unknown): string {
    if (amount === null || amount === undefined) return '–'
    const [whole = '0', cents = ''] = String(amount).replace('-', '').split('.')
    const sign = String(amount).startsWith('-') ? '−' : ''
    const figure = `${sign}${counts.format(BigInt(whole))}${cents ? `.${cents}` : ''}`
    return currency ? `${figure} ${currency}` : figure
}

/** A code as words: first_sync → first sync. */
export function words(code: unknown): string {
    return String(code ?? '')
        .replaceAll('_', ' ')
        .toLowerCase()
}

/** A time in a zone: 26 Nov 2026, 14:05. */
export function timeIn(zone: string, value: unknown): string {
    if (typeof value !== 'string') return '–'
    return formatFor(zone).format(new Date(value))
}

/** A day in a zone: 26 Nov 2026. */
export function dayIn(zone: string, value: unknown): string {
    return timeIn(zone, value).split(',')[0]!
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(zone: string): Intl.DateTimeFormat {
    const known = formats.get(zone)
    if (known) return known
    const parts = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const
    const made = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: zone })
    formats.set(zone, made)
    return made
}

/** How long something took or takes: 3 s, 2 min 5 s, 1 h 4 min. */
export function duration(from: unknown, until: unknown): string {
    if (typeof from !== 'string') return '–'
    const end = typeof until === 'string' ? Date.parse(until) : Date.now()
    const seconds = Math.max(0, Math.round((end - Date.parse(from)) / 1000))
    if (seconds < 60) return `${seconds} s`
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** What a state means at a glance; whatever is not listed is neutral. */
const tones: Readonly<Record<string, string>> = {
    ...tonesOf(
        'good',
        'connected',
        'ready',
        'done',
        'loaded',
        'applied',
        'as_stored',
        'synced',
        'good',
        'pushed',
        'complete',
        'paid',
        'fulfilled',
        'approved',
        'ok',
    ),
    ...tonesOf(
        'wait',
        'held',
        'proposed',
        'queued',
        'requested',
        'settling',
        'stale_source',
        'doubtful',
        'partly',
        'drafted',
        'waits',
        'waiting',
        'not_pushed',
        'partially_fulfilled',
        'partially_paid',
        'pending',
        'unknown',
        'planned',
        'stored',
        'warning',
        'needs_approval',
        'partially_pushed',
    ),
    ...tonesOf('busy', 'running', 'loading', 'reading', 'sent', 'travels', 'will_revert', 'checked'),
    ...tonesOf(
        'bad',
        'failed',
        'lost',
        'stopped',
        'blocked',
        'conflict',
        'broken',
        'refused',
        'unresolved',
        'not_synced',
        'critical',
        'unexplained',
        'error',
        'unreadable',
    ),
}

function tonesOf(tone: string, ...states: string[]): Record<string, string> {
    return Object.fromEntries(states.map((state) => [state, tone]))
}

/** A state as a badge: coloured, and readable without colour. */
export function badge(state: unknown, text?: unknown): Handlebars.SafeString {
    const code = String(state ?? '').toLowerCase()
    const shown = Handlebars.escapeExpression(typeof text === 'string' ? text : words(code))
    return new Handlebars.SafeString(`<span class="badge ${tones[code] ?? 'plain'}">${shown}</span>`)
}
