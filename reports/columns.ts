import type { ReportColumn } from './report.ts'

const WIDEST = 80
/** Room for the arrow of the filter. */
const ARROW = 3

type Kind = ReportColumn['kind']

const column =
    (kind: Kind, usual: number) =>
    (name: string, means: string, width = usual): ReportColumn => ({
        name,
        kind,
        width: Math.min(WIDEST, Math.max(width, name.length + ARROW)),
        means,
    })

/** Words, names, codes. */
export const text = column('text', 16)
/** Ids and SKUs: text, also where they look like numbers. */
export const id = column('text', 18)
/** ISO 8601 with the offset of the report's zone. */
export const time = column('time', 27)
export const count = column('count', 8)
/** An amount; its currency stands in a column of its own. */
export const money = column('money', 12)
