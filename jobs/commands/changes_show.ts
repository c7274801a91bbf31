import { z } from 'zod'
import type { Json } from '../../connectors/entities/index.ts'
import { type LineRow, linesOf, setsOf } from '../../sql/changes/changes.ts'
import { command } from './command.ts'
import { id, number } from './given.ts'
import { LINE_OPTIONS, lineFilter, lineOptions } from './line_filter.ts'

export const changesShow = command({
    name: 'changes show',
    does: 'Shows the lines of a change set: before, after, whence, and the rule that decided.',
    example: 'crossdock changes show 12 --field price --limit 20',
    arguments: [['<set>', 'a change set, see changes list']],
    options: [
        ...LINE_OPTIONS,
        ['--limit <number>', 'at most so many lines, 100 by default'],
        ['--offset <number>', 'after leaving out so many'],
    ],
    given: z.object({ set: id, limit: number.default(100), offset: number.default(0), ...lineOptions }),
    async run({ set, limit, offset, ...filter }, desk) {
        const { account_id } = await desk.account()
        const db = await desk.db()
        const [head] = await setsOf(db, account_id, { set })
        if (!head) throw new Error(`Expected a change set of this account, got ${set}: see changes list.`)
        const lines = await linesOf(db, account_id, set, lineFilter(filter), { limit, offset })
        const total = Number(lines[0]?.total ?? 0)
        const { kind, state, hold_reason, source, destination } = head
        return {
            json: { ...head, total, shown: lines.map(shown) },
            text: [
                `Set ${set}, ${kind} from ${source} to ${destination}: ${state}${hold_reason ? ` (${hold_reason})` : ''}`,
                ...lines.flatMap((line, index) => describe(line, lines[index - 1])),
                `${lines.length} of ${total} lines${total > offset + lines.length ? `; go on with --offset ${offset + lines.length}` : ''}`,
            ],
        }
    },
})

/** A line, under a heading where its product is another than that of the line before. */
function describe(line: LineRow, before: LineRow | undefined): string[] {
    const product = productOf(line)
    const heading = before && productOf(before) === product ? [] : [`${product} ${line.label}`]
    const what = [line.entity, line.field || line.action, line.label].filter(Boolean).join(' ')
    const message = line.message ? `: ${line.message}` : ''
    return [
        ...heading,
        `  ${line.change_id} ${what}: ${short(line.before)} -> ${short(line.after)} ` +
            `[${line.status}${message}; ${line.origin}; ${line.rule}${line.brake ? `; brake: ${line.brake}` : ''}]`,
    ]
}

/** A figure stays text, so that 19.90 is not shown as 19.9. */
function shown({ total: _total, ...line }: LineRow): { [column: string]: Json } {
    return { ...line, before: read(line.before), after: read(line.after), saw: read(line.saw) }
}

function read(json: string | null): Json {
    return json === null || /^-?\d/.test(json) ? json : (JSON.parse(json) as Json)
}

function productOf({ destination_product_id, source_product_id, item_id }: LineRow): string {
    if (destination_product_id) return `product ${destination_product_id}`
    return source_product_id ? `product ${source_product_id} of the source` : `item ${item_id}`
}

/** A payload or a description is cut: --json shows all of it. */
function short(json: string | null): string {
    const text = json ?? 'null'
    return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
