import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Session, transaction } from '../../sql/database.ts'
import { parametersOf, sqlText } from '../../sql/query.ts'
import { QueryError } from '../../sql/query_error.ts'
import { testDatabase } from '../helpers/database.ts'
import { listsFor, statementNames } from '../helpers/sql_files.ts'

const { db } = await testDatabase()

/** Cannot run inside a transaction; run whenever a server is new, and whenever a pinned connection was used. */
const ELSEWHERE = ['embedded/create_database', 'session/discard']

/** What PREPARE takes; anything else is run, with null for every parameter, and rolled back at the end. */
const PREPARABLE = /^\s*(?:with|select|insert|update|delete|merge|values)\b/

/**
 * Statements that make temporary tables come first by themselves: whatever fails is tried again as long as
 * others succeed.
 */
async function check(tx: Session, names: readonly string[]): Promise<Error[]> {
    let waiting = names
    while (true) {
        const faults = new Map<string, Error>()
        for (const name of waiting) {
            await transaction(tx, (attempt) => accept(attempt, name)).catch((fault) => faults.set(name, fault))
        }
        if (faults.size === 0 || faults.size === waiting.length) return [...faults.values()]
        waiting = [...faults.keys()]
    }
}

async function accept(tx: Session, name: string): Promise<void> {
    const lists = listsFor(name)
    const text = await sqlText(name, lists)
    const parameters = await parametersOf(name, lists)
    const prepare = PREPARABLE.test(text) ? 'prepare accepted as ' : ''
    try {
        if (prepare) await tx.send(`${prepare}${text}; deallocate accepted`)
        else await tx.send(text, parameters.length > 0 ? parameters.map(() => null) : undefined)
    } catch (cause) {
        throw new QueryError(name, prepare + text, cause as Error, prepare.length)
    }
}

test('PostgreSQL accepts every statement under sql/ against the migrated schema', async () => {
    const names = statementNames().filter((name) => !ELSEWHERE.includes(name))
    assert.ok(names.length > 50)
    const undo = new Error('all was only tried')
    let faults: Error[] = []
    const tried = transaction(db, async (tx) => {
        faults = await check(tx, names)
        throw undo
    })
    await assert.rejects(tried, undo)
    assert.equal(faults.map(({ message }) => message).join('\n'), '')
})

test('a statement that names what is not there is found', async () => {
    await assert.rejects(
        transaction(db, async (tx) => {
            await tx.send('alter table connections rename column settings_at to other')
            const [fault] = await check(tx, ['stores/connections_of'])
            throw fault
        }),
        /sql\/stores\/connections_of\.sql line 9: column "settings_at" does not exist/,
    )
})
