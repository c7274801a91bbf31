import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStatement, type Statement } from './parameters.ts'
import { QueryError } from './query_error.ts'
import { type Lists, repeat } from './repeat.ts'
import type { Answer, Queryable, Session } from './session.ts'

/** What a parameter may be: lists become arrays, objects jsonb; bigint and numeric are best given as strings. */
export type Value =
    | string
    | number
    | bigint
    | boolean
    | null
    | Date
    | Buffer
    | readonly Value[]
    | { [key: string]: unknown }

export type Parameters = { readonly [name: string]: Value }

/** Statements by name, each file read once a process. */
const statements = new Map<string, Promise<Statement>>()

/**
 * Runs sql/<name>.sql and returns its rows. Every `:name` in the file needs a parameter and every parameter a `:name`
 * (`null`, not undefined, where there is no value). A list or object for a `:name::jsonb` goes as JSON; a string there
 * must be JSON already. `lists` are what the file's `[[ name: … ]]` repeat over (repeat.ts). A file without parameters
 * may hold several statements; the last one's rows are returned.
 * Throws a QueryError that names the file and line.
 */
export async function query<Row>(
    q: Queryable,
    name: string,
    parameters: Parameters = {},
    lists: Lists = {},
): Promise<Row[]> {
    return (await send<Row>(q, name, parameters, lists)).rows
}

/** As query, but returns how many rows the (last) statement inserted, updated, deleted or selected. */
export async function execute(
    q: Queryable,
    name: string,
    parameters: Parameters = {},
    lists: Lists = {},
): Promise<number> {
    return (await send(q, name, parameters, lists)).rowCount
}

/** As query, for a statement that yields one row at most. Throws at more. */
export async function queryFirst<Row>(q: Queryable, name: string, parameters: Parameters = {}): Promise<Row | null> {
    const rows = await query<Row>(q, name, parameters)
    if (rows.length > 1) throw new Error(`sql/${name}.sql: expected one row at most, got ${rows.length}.`)
    return rows[0] ?? null
}

/** As query, for a statement that yields exactly one row. Throws at none or more. */
export async function queryOne<Row>(q: Queryable, name: string, parameters: Parameters = {}): Promise<Row> {
    const row = await queryFirst<Row>(q, name, parameters)
    if (row === null) throw new Error(`sql/${name}.sql: expected one row, got none for ${JSON.stringify(parameters)}.`)
    return row
}

/**
 * As query, for results too large for memory: `size` rows at a time, after leaving out `skip`, from a cursor that lives as
 * long as the transaction `tx`.
 */
export async function* queryBatches<Row>(
    tx: Session,
    name: string,
    parameters: Parameters = {},
    size = 1000,
    skip = 0,
): AsyncGenerator<Row[]> {
    const cursor = `"batches of ${name} ${cursors++}"`
    const declared = await preparedStatement(name)
    const head = `declare ${cursor} no scroll cursor for `
    await sendStatement(tx, name, { ...declared, text: head + declared.text }, parameters, head.length)
    if (skip > 0) await tx.send(`move ${skip} in ${cursor}`)
    while (true) {
        const { rows } = await tx.send<Row>(`fetch ${size} from ${cursor}`)
        if (rows.length > 0) yield rows
        if (rows.length < size) break
    }
    await tx.send(`close ${cursor}`)
}

let cursors = 0

/** How many rows a select of sql/<name>.sql would yield. */
export async function queryCount(q: Queryable, name: string, parameters: Parameters = {}): Promise<number> {
    const { text, ...rest } = await preparedStatement(name)
    const head = 'select count(*)::integer as rows from ('
    const counting = { ...rest, text: `${head}${text}) as counted` }
    const { rows } = await sendStatement<{ rows: number }>(q, name, counting, parameters, head.length)
    return rows[0]!.rows
}

/** The text of sql/<name>.sql as PostgreSQL takes it, without comments. */
export async function sqlText(name: string, lists: Lists = {}): Promise<string> {
    return (await preparedStatement(name, lists)).text
}

/** The parameters that sql/<name>.sql names. */
export async function parametersOf(name: string, lists: Lists = {}): Promise<readonly string[]> {
    return (await preparedStatement(name, lists)).names
}

async function send<Row>(q: Queryable, name: string, parameters: Parameters, lists: Lists): Promise<Answer<Row>> {
    return sendStatement<Row>(q, name, await preparedStatement(name, lists), parameters)
}

async function sendStatement<Row>(
    q: Queryable,
    name: string,
    statement: Statement,
    parameters: Parameters,
    offset = 0,
): Promise<Answer<Row>> {
    const values = valuesFor(name, statement, parameters)
    try {
        return await q.send<Row>(statement.text, values.length > 0 ? values : undefined)
    } catch (cause) {
        throw new QueryError(name, statement.text, cause as Error, offset)
    }
}

function preparedStatement(name: string, lists: Lists = {}): Promise<Statement> {
    const key = `${name} ${JSON.stringify(lists)}`
    const known = statements.get(key) ?? readFromFile(name, lists)
    statements.set(key, known)
    return known
}

async function readFromFile(name: string, lists: Lists): Promise<Statement> {
    if (!/^[a-z0-9_]+(\/[a-z0-9_]+)*$/.test(name)) {
        throw new Error(`A query is named by its path under sql/ without ending, as in diff/variants; got ${name}.`)
    }
    const text = await readFile(join(import.meta.dirname, `${name}.sql`), 'utf8').catch((cause: Error) => {
        throw new Error(`There is no sql/${name}.sql.`, { cause })
    })
    try {
        return readStatement(repeat(text, lists))
    } catch (cause) {
        throw new Error(`sql/${name}.sql: ${(cause as Error).message}`, { cause })
    }
}

function valuesFor(name: string, statement: Statement, parameters: Parameters): unknown[] {
    const missing = statement.names.filter((parameter) => parameters[parameter] === undefined)
    const superfluous = Object.keys(parameters).filter((parameter) => !statement.names.includes(parameter))
    if (missing.length + superfluous.length > 0) {
        const faults = [
            missing.length > 0 ? `it needs ${missing.join(', ')}` : '',
            superfluous.length > 0 ? `it does not know ${superfluous.join(', ')}` : '',
        ]
        throw new Error(`sql/${name}.sql: ${faults.filter(Boolean).join('; ')}.`)
    }
    return statement.names.map((parameter) => encode(parameters[parameter] as Value, statement.json.has(parameter)))
}

/** node-pg writes lists as PostgreSQL arrays, which a json column does not take, and Dates in this machine's zone. */
function encode(value: Value, json: boolean): unknown {
    if (json && typeof value === 'object' && value !== null) return JSON.stringify(value)
    if (value instanceof Date) return value.toISOString()
    return value
}
