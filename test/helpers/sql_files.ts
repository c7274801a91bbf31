import { entities, listsOf } from '../../connectors/entities/index.ts'
import { looks, phases } from '../../jobs/compare/steps.ts'
import { operations } from '../../jobs/extract/operations/index.ts'
import type { Lists } from '../../sql/repeat.ts'
import { sourcesNamed } from './sources.ts'

/** These make the schema; migrate has run them. */
const OF_MIGRATE = ['sql/migrations/', 'sql/functions/', 'sql/views/']

/** Names, as query.ts takes them, of every statement under sql/. */
export function statementNames(): string[] {
    return sourcesNamed('.sql', ['sql'])
        .filter((path) => !OF_MIGRATE.some((start) => path.startsWith(start)))
        .map((path) => path.replace(/^sql\/|\.sql$/g, ''))
}

/** Names for what a statement may repeat over: those its own step or table gives it, else those of the entity in its name. */
export function listsFor(name: string): Lists {
    const [, file] = /^diff\/(.*)$/.exec(name) ?? []
    const step = [...phases.flatMap(({ steps }) => steps), ...looks].find((candidate) => candidate.file === file)
    const tables = operations.flatMap((operation) => operation.tables)
    const also = operations.flatMap((operation) => operation.also ?? []).find(({ statement }) => statement === name)
    const table =
        tables.find(({ made, merge, remove }) => [made, merge, remove].includes(name)) ??
        tables.find((candidate) => name.startsWith('staging/') && name.endsWith(`_${candidate.name}`))
    const given = step?.lists ?? also?.lists ?? table?.lists
    if (given) return given
    const entity = entities.find((candidate) => name.endsWith(candidate.table)) ?? entities[0]!
    return {
        ...listsOf(entity),
        key: [entity.facts[0]!.name],
        table: [entity.table],
        tables: entities.map((candidate) => candidate.table),
    }
}
