import type { Session } from '../sql/database.ts'
import { execute, type Parameters, parametersOf } from '../sql/query.ts'

/** Runs statements that make temporary tables, each with those of the parameters that it names. */
export async function make(tx: Session, statements: readonly string[], parameters: Parameters): Promise<void> {
    for (const statement of statements) {
        const needed = await parametersOf(statement)
        await execute(tx, statement, Object.fromEntries(needed.map((name) => [name, parameters[name] ?? null])))
    }
}
