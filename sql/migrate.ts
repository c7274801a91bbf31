import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { Knex } from 'knex'
import type pg from 'pg'
import { type Database, transaction, withAdvisoryLock } from './database.ts'
import { execute, query, queryOne } from './query.ts'
import { QueryError } from './query_error.ts'
import { keepFirstError, type Session, sessionOn } from './session.ts'

/** What `migrate` did. */
export type Migrated = {
    /** Migrations that ran, in their order. */
    applied: string[]
    /** Views and functions that were made or replaced. */
    replaced: string[]
}

type Migration = { name: string; text: string; sha256: string }

/** One name for every process that migrates this database. */
const LOCK = 'crossdock migrate'

/** Functions first, for views call them; what needs a later one is tried again when that is there. */
const REPLACEABLE = ['functions', 'views']

/**
 * Brings a database to this code's schema: runs the migrations it lacks, each in a transaction of its own, then makes
 * every function and view anew, all in one. Processes doing so at once wait for each other.
 * Throws, having changed nothing, where a migration was edited after it ran or the database is newer than the code;
 * and where a statement fails, naming the file and line.
 */
export async function migrate(db: Database, folder = import.meta.dirname): Promise<Migrated> {
    return withAdvisoryLock(db, LOCK, async () => {
        const migrations = await readMigrations(folder)
        await transaction(db, (tx) => execute(tx, 'migrate/tables'))
        await refuseStrangeSchema(db, migrations)
        const applied = await runPending(db, migrations)
        return { applied, replaced: await transaction(db, (tx) => replaceAll(tx, folder)) }
    })
}

/**
 * For every process that does not migrate: throws a sentence unless the database stands exactly where the code does.
 */
export async function refuseOtherSchema(db: Database, folder = import.meta.dirname): Promise<void> {
    const migrations = await readMigrations(folder)
    const pending = await refuseStrangeSchema(db, migrations)
    if (pending.length > 0) {
        throw new Error(`The database lacks ${pending.length} migrations, ${pending[0]} first: run crossdock migrate.`)
    }
}

async function readMigrations(folder: string): Promise<Migration[]> {
    const files = await sqlFilesIn(join(folder, 'migrations'))
    const numbers = new Set(files.map((file) => basename(file).slice(0, 4)))
    if (numbers.size !== files.length) throw new Error(`Two migrations in ${folder}/migrations have the same number.`)
    return Promise.all(
        files.map(async (file) => {
            const text = await readFile(file, 'utf8')
            if (!/^\d{4}_\w+\.sql$/.test(basename(file))) {
                throw new Error(`A migration is named as in 0007_what_it_does.sql; got ${file}.`)
            }
            return { name: basename(file), text, sha256: createHash('sha256').update(text).digest('hex') }
        }),
    )
}

/** Returns the names of the migrations that have yet to run. */
async function refuseStrangeSchema(db: Database, migrations: Migration[]): Promise<string[]> {
    const { known } = await queryOne<{ known: boolean }>(db, 'migrate/is_known')
    const recorded = known ? await query<{ name: string; sha256: string }>(db, 'migrate/recorded') : []
    for (const { name, sha256 } of recorded) {
        const migration = migrations.find((candidate) => candidate.name === name)
        if (!migration) {
            throw new Error(
                `The database was migrated by a newer Crossdock (${name}); this one does not know it. Update.`,
            )
        }
        if (migration.sha256 !== sha256) {
            throw new Error(
                `${name} was edited after it ran here. Undo the edit and write the change as a new migration.`,
            )
        }
    }
    const done = new Set(recorded.map(({ name }) => name))
    const pending = migrations.map(({ name }) => name).filter((name) => !done.has(name))
    const last = recorded.at(-1)?.name ?? ''
    const late = pending.find((name) => name < last)
    if (late) throw new Error(`${late} comes before ${last}, which has run here: give it the next number.`)
    return pending
}

/** Lets knex's migrator take one step at a time: its `latest` would put all into one transaction. */
async function runPending(db: Database, migrations: Migration[]): Promise<string[]> {
    const applied: string[] = []
    while (true) {
        const names = await keepFirstError((keep) => runNext(db, migrations, keep))
        if (names.length === 0) return applied
        applied.push(...names)
    }
}

/** Returns the name of the migration that ran, or nothing if none is left. */
async function runNext(db: Database, migrations: Migration[], keep: (error: unknown) => never): Promise<string[]> {
    const migrationSource: Knex.MigrationSource<Migration> = {
        getMigrations: async () => migrations,
        getMigrationName: ({ name }) => name,
        getMigration: async (migration) => ({
            up: (tx) => run(tx, migration).catch(keep),
            down: () => Promise.reject(new Error('Migrations go forward only.')),
        }),
    }
    const [, names]: [number, string[]] = await db.knex.migrate.up({ tableName: 'migrations', migrationSource })
    return names
}

/** knex's own `raw` would take each `?` and `:name` in the text for a parameter. */
async function run(tx: Knex, migration: Migration): Promise<void> {
    const connection: pg.Client = await tx.client.acquireConnection() // the transaction's own
    const session = sessionOn(connection, tx)
    await session.send(migration.text).catch((cause: Error) => {
        throw new QueryError(`migrations/${migration.name.replace(/\.sql$/, '')}`, migration.text, cause)
    })
    await execute(session, 'migrate/record', { name: migration.name, sha256: migration.sha256 })
}

/** Replaces every function and view, those that need others after those; returns them in the order that worked. */
async function replaceAll(tx: Session, folder: string): Promise<string[]> {
    let waiting = (await Promise.all(REPLACEABLE.map((kind) => sqlFilesIn(join(folder, kind))))).flat()
    const replaced: string[] = []
    while (waiting.length > 0) {
        const faults = new Map<string, Error>()
        for (const file of waiting) {
            const text = await readFile(file, 'utf8')
            const name = relative(folder, file).replace(/\.sql$/, '')
            await transaction(tx, (attempt) => attempt.send(text)).then(
                () => replaced.push(name),
                (cause: Error) => faults.set(file, new QueryError(name, text, advise(cause))),
            )
        }
        if (faults.size === waiting.length) throw joinFaults([...faults.values()])
        waiting = [...faults.keys()]
    }
    return replaced
}

function joinFaults(faults: Error[]): Error {
    return faults.length === 1
        ? faults[0]!
        : new AggregateError(faults, faults.map(({ message }) => message).join('\n'))
}

/** A column or argument that was renamed, moved or dropped is more than "create or replace" can do. */
function advise(cause: Error & { code?: string; hint?: string }): Error {
    const isTooMuch = cause.code === '42P16' || cause.code === '42P13'
    return isTooMuch ? Object.assign(cause, { hint: 'Drop the old one in a new migration.' }) : cause
}

async function sqlFilesIn(folder: string): Promise<string[]> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
    })
    return names
        .filter((name) => name.endsWith('.sql'))
        .sort()
        .map((name) => join(folder, name))
}
