import { isObject, type Json } from './recording.ts'

/**
 * Compares answers of the sandbox with recorded ones: everything must be the same but ids, times, URLs and cost.
 * Ids are not just masked: the id that stands for a recorded one must stay the same through all answers of a recording.
 */
export class Likeness {
    /** recorded id -> the sandbox's */
    private readonly ids = new Map<string, string>()

    know(recorded: string, ours: string): void {
        this.ids.set(recorded, ours)
    }

    /** A recorded value with the ids in it that are known replaced by the sandbox's. */
    translate<T extends Json>(value: T): T {
        return this.translated(value) as T
    }

    /** What differs, as `path: recorded x, got y`; learns the ids it meets. */
    differences(recorded: Json | undefined, ours: Json | undefined, path = ''): string[] {
        if (Array.isArray(recorded) && Array.isArray(ours)) {
            // The schema package lists fields and values alphabetically: their own order is lost there.
            if (/\.(inputFields|enumValues)$/.test(path) && !sorted(recorded)) {
                return this.differences(byName(recorded), byName(ours), path)
            }
            const length =
                recorded.length === ours.length
                    ? []
                    : [`${path}: recorded ${recorded.length} items, got ${ours.length}`]
            return [
                ...length,
                ...recorded.flatMap((item, n) =>
                    n < ours.length ? this.differences(item, ours[n], `${path}[${n}]`) : [],
                ),
            ]
        }
        if (isObject(recorded) && isObject(ours)) {
            const names = new Set([...Object.keys(recorded), ...Object.keys(ours)])
            return [...names].flatMap((name) =>
                this.differences(recorded[name], ours[name], path === '' ? name : `${path}.${name}`),
            )
        }
        if (typeof recorded === 'string' && typeof ours === 'string') return this.texts(recorded, ours, path)
        return Object.is(recorded, ours) ? [] : [`${path}: recorded ${told(recorded)}, got ${told(ours)}`]
    }

    private texts(recorded: string, ours: string, path: string): string[] {
        const differ = [`${path}: recorded ${told(this.translated(recorded))}, got ${told(ours)}`]
        // the number of an id, as a text
        if (path.endsWith('.legacyResourceId') && isNumber(recorded) && isNumber(ours)) return []
        if (isGid(recorded) && isGid(ours)) return this.sameId(recorded, ours) ? [] : differ
        if (isCursor(recorded) && isCursor(ours)) {
            this.ids.set(recorded, ours)
            return []
        }
        const policies = [policyIn(recorded), policyIn(ours)] as const
        if (policies[0] && policies[1]) return this.differences(policies[0], policies[1], `${path}(policy)`)
        return masked(String(this.translated(recorded))) === masked(ours) ? [] : differ
    }

    private sameId(recorded: string, ours: string): boolean {
        if (typeOf(recorded) !== typeOf(ours)) return false
        const known = this.ids.get(recorded)
        if (known === undefined) this.ids.set(recorded, ours)
        return known === undefined || known === ours
    }

    /** A level that is nowhere, of an item that is known. */
    private withKnownItem(id: string): string {
        return id.replace(/(?<=\?inventory_item_id=)\d+$/, (number) => {
            const known = this.ids.get(`gid://shopify/InventoryItem/${number}`)
            return known?.split('/').at(-1) ?? number
        })
    }

    private translated(value: Json): Json {
        if (Array.isArray(value)) return value.map((item) => this.translated(item))
        if (isObject(value)) {
            return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.translated(item)]))
        }
        if (typeof value !== 'string') return value
        if (isCursor(value)) return this.ids.get(value) ?? value
        return value.replaceAll(GIDS, (id) => this.ids.get(id) ?? this.withKnownItem(id))
    }
}

const GIDS = /gid:\/\/shopify\/\w+\/[\w-]+(\?[\w=&]+)?/g

function isGid(text: string): boolean {
    return /^gid:\/\/shopify\/\w+\/[^\s]+$/.test(text)
}

const isNumber = (text: string) => /^\d+$/.test(text)

function typeOf(id: string): string {
    return id.split('/')[3] ?? ''
}

/** A text with its ids, times and URLs made alike; e-mail addresses too, which the recordings had replaced. */
export function masked(text: string): string {
    if (/^https?:\/\//.test(text)) return '<url>'
    return text
        .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, '<time>')
        .replaceAll(/\b\d{8}T\d{6}Z\b/g, '<time>')
        .replaceAll(/[\w.-]+@[\w.-]+\/\d{8}\//g, '<account>/<date>/')
        .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
        .replaceAll(/\b[0-9a-f]{32,}\b/g, '<hash>')
        .replaceAll(/(^|[/>])tmp\/\d+\//g, '$1tmp/<id>/')
        .replace(/(?<=to be one of: )[A-Z_0-9, ]+/, (list) => list.split(', ').toSorted().join(', '))
        .replaceAll(/https?:\/\/[^\s"'<]+/g, '<url>')
}

function isCursor(text: string): boolean {
    return /^[\w+/=]{20,}$/.test(text) && Buffer.from(text, 'base64').toString('utf8').startsWith('{"last_id"')
}

const byName = (items: readonly Json[]) => items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
const nameOf = (item: Json) => (isObject(item) ? String(item.name) : '')
const sorted = (items: readonly Json[]) =>
    items.every((item, n) => n === 0 || nameOf(items[n - 1] ?? null) <= nameOf(item))

/** The signed policy of an upload, which is JSON in base64. */
function policyIn(text: string): Json | null {
    const decoded = /^[\w+/=]{100,}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : ''
    return decoded.startsWith('{"conditions"') ? JSON.parse(decoded) : null
}

function told(value: Json | undefined): string {
    const text = JSON.stringify(value) ?? 'nothing'
    return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
