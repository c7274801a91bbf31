import { type Lockable, lockables } from '../../connectors/entities/index.ts'
import type { LockWinner } from '../../sql/pages/rules.ts'
import type { Settings } from '../../sql/stores/settings.ts'
import type { Block, List, Row, Section } from './block.ts'
import { type Choice, choicesOf, type Given, type Input } from './input.ts'
import { ORDER, priority, reach, scopeInputs } from './scoped.ts'

/** The modes as merchants say them (D1). */
export const MODES = {
    follow: 'follows the source',
    enforced: 'sync lock',
    create_only: 'field lock',
    never: 'left alone',
} as const

/** What each does. */
export const MODES_DO = [
    {
        name: 'Follows the source',
        does: 'written when the source changes. What somebody edits here stands until then.',
    },
    { name: 'Sync lock', does: 'an edit here is set back to the source at the next run.' },
    { name: 'Field lock', does: 'written once, when the item is created, and yours from then on.' },
    { name: 'Left alone', does: 'never written, not even when an item is created.' },
]

/** `by_default` leaves the field to its default. */
const BY_DEFAULT = ''

const fieldOf = (lock: string): Lockable | undefined => lockables.find((field) => field.lock === lock)

export const fieldName = (lock: string): string => fieldOf(lock)?.called ?? lock.replaceAll('_', ' ')

function modesFor({ required }: Lockable): Choice[] {
    const modes = choicesOf(MODES).filter(({ value }) => !required || value !== 'never')
    return [{ value: BY_DEFAULT, label: 'as usual' }, ...modes]
}

const isPlain = ({ scope }: Settings['lock_rules'][number]) => scope === 'all'

/** Of several rules for everything the one that wins comes first (D2). */
function plainRule({ lock_rules }: Settings, field: string) {
    return lock_rules
        .filter((rule) => isPlain(rule) && rule.field === field)
        .toSorted((one, other) => other.priority - one.priority)[0]
}

/** Every field there is, for everything. */
const everything: Section = {
    name: 'everything',
    title: 'Field by field',
    about: 'What becomes of each field of the items that we created, and of others where they may be written.',
    who: 'destination',
    inputs: lockables.map((field) => ({
        ...{ name: field.lock, label: field.called, kind: 'choice', choices: modesFor(field) },
    })),
    values: (settings) =>
        Object.fromEntries(lockables.map(({ lock }) => [lock, plainRule(settings, lock)?.mode ?? BY_DEFAULT])),
    change: (settings, given) => ({ ...settings, lock_rules: plainRules(settings, given) }),
    inputAt: (at, document) => {
        const [, place] = /^lock_rules\.(\d+)/.exec(at) ?? []
        const rules = (document as Settings).lock_rules
        return place === undefined ? null : (rules[Number(place)]?.field ?? null)
    },
}

/** Rules for everything as the form has them, where it says something else than before; narrower ones stay. */
function plainRules(settings: Settings, given: Given): Row[] {
    const changed = lockables.filter(({ lock }) => {
        const before = plainRule(settings, lock)?.mode ?? BY_DEFAULT
        return (given[lock] ?? BY_DEFAULT) !== before
    })
    const locks = changed.map(({ lock }) => lock)
    const kept = settings.lock_rules.filter((rule) => !isPlain(rule) || !locks.includes(rule.field))
    const added = changed
        .filter(({ lock }) => given[lock] !== undefined)
        .map(({ lock }) => ({ scope: 'all', field: lock, mode: given[lock] }))
    return [...kept, ...added]
}

const field: Input = {
    name: 'field',
    label: 'Field',
    kind: 'choice',
    choices: lockables.map(({ lock, called }) => ({ value: lock, label: called })),
}

const narrower: List = {
    name: 'narrower',
    title: 'For some products only',
    about: ORDER,
    who: 'destination',
    path: 'lock_rules',
    one: 'lock rule',
    inputs: [
        field,
        { name: 'mode', label: 'Mode', kind: 'choice', choices: choicesOf(MODES) },
        ...scopeInputs,
        priority,
    ],
    says: (row) =>
        `${fieldName(String(row.field))}: ${MODES[row.mode as keyof typeof MODES]}, for ${reach(row)}${priorityOf(row)}`,
    empty: 'There is no rule for some products only: what stands above holds for all.',
    fresh: { field: 'price', mode: 'create_only', scope: 'tag', scope_value: '', priority: 0 },
    isQuiet: (row) => row.scope === 'all',
}

export const priorityOf = ({ priority: value }: Row): string => (value === 0 ? '' : `, priority ${value}`)

export const fieldBlocks: readonly Block[] = [everything, narrower]

/** A mode and what it comes from, in words. */
export function modeInWords({ mode, lock_rule_id, scope, scope_value }: LockWinner): string {
    if (lock_rule_id === null) return `${MODES[mode]}, as usual`
    return `${MODES[mode]}, by lock rule ${lock_rule_id} for ${reach({ scope, scope_value })}`
}

/** The same blocks, with each field's mode as it is now under its name. */
export function fieldBlocksWith(now: readonly LockWinner[]): readonly Block[] {
    const helpFor = (lock: string) => {
        const winner = now.find(({ field }) => field === lock)
        return winner ? `Now: ${modeInWords(winner)}` : ''
    }
    const inputs = everything.inputs.map((input) => ({ ...input, help: helpFor(input.name) }))
    return [{ ...everything, inputs }, narrower]
}
