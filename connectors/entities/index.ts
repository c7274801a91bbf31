import { type Entity, listsOf } from './entity.ts'
import { image } from './image.ts'
import { level } from './level.ts'
import { product } from './product.ts'
import { variant } from './variant.ts'

/** Every synced entity, in the order in which it is loaded. */
export const entities: readonly Entity[] = [product, variant, image, level]

/** Where a pair of an entity is settled: its table of the baseline and the lists that its statements repeat over. */
export const settling = Object.fromEntries(
    entities.map((entity) => [entity.name, { table: entity.table, lists: listsOf(entity) }]),
)

/** What lock rules can govern, in the order of the entities: a name may stand for several fields. */
export type Lockable = { lock: string; called: string; entity: Entity['name']; required: boolean }

export const lockables: readonly Lockable[] = entities
    .flatMap(({ name: entity, fields }) =>
        fields.map(({ lock, called = lock.replaceAll('_', ' '), required = false }) => ({
            lock,
            called,
            entity,
            required,
        })),
    )
    .filter(({ lock }, place, all) => all.findIndex((other) => other.lock === lock) === place)

export * from './decimal.ts'
export * from './entity.ts'
export { image, level, product, variant }
