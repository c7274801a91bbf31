import pg from 'pg'

/**
 * Types that JavaScript's own numbers and dates would round stay text: bigint and numeric as decimal strings, dates
 * and times as ISO 8601 with all their microseconds. node-pg's defaults make floats of numeric[] and Dates of times.
 */
const TEXT = new Map<number, (text: string) => unknown>([
    [pg.types.builtins.INT8, String],
    [pg.types.builtins.NUMERIC, String],
    [pg.types.builtins.DATE, String],
    [pg.types.builtins.TIMESTAMP, isoTime],
    [pg.types.builtins.TIMESTAMPTZ, isoTime],
    [pg.types.builtins.INTERVAL, String],
])

/** Array type of each of the types above (`pg_type.typarray`), which pg-types does not name. */
const ARRAY_OF = new Map<number, number>([
    [1016, pg.types.builtins.INT8],
    [1231, pg.types.builtins.NUMERIC],
    [1182, pg.types.builtins.DATE],
    [1115, pg.types.builtins.TIMESTAMP],
    [1185, pg.types.builtins.TIMESTAMPTZ],
    [1187, pg.types.builtins.INTERVAL],
])

const TEXT_ARRAY = 1009

type Parse = (text: string) => unknown

const standard = pg.types.getTypeParser as (type: number, format: string) => Parse

/** For the `types` setting of a connection. */
export const valueTypes = {
    getTypeParser(type: number, format: string): Parse {
        const element = ARRAY_OF.get(type)
        const parse = TEXT.get(element ?? type)
        if (format === 'binary' || !parse) return standard(type, format)
        if (!element) return parse
        const split = standard(TEXT_ARRAY, format) as (text: string) => (string | null)[]
        return (text) => split(text).map((value) => (value === null ? null : parse(value)))
    },
}

/** `2026-07-01 10:00:00.5+00` → `2026-07-01T10:00:00.5Z`; `infinity` stays. Sessions are set to UTC. */
function isoTime(text: string): string {
    return text.replace(' ', 'T').replace(/\+00$/, 'Z')
}
