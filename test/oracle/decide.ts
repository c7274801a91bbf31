import { type Line, type Place, type Plan, placeKey, type Scene } from './lines.ts'
import type { Decision, Settled } from './memory.ts'
import type { Mode, Travel } from './settings.ts'
import { isBlank, isExact, same, type Value } from './values.ts'

/** One field of one pair, with all that its outcome hangs on. */
export type Question = Place & {
    kind: Line['kind']
    destinationProduct: number | null
    desired: Value
    actual: Value
    mode: Mode
    /** what D9 lets through: everything for items that we created */
    travel: Travel
    /** the line is proposed and waits, for this reason */
    hold?: string | null
    /** never written before on an item we created: `create_only` may write it once */
    creating?: boolean
    /** a variant that is a pack keeps its own catalogue fields */
    pack?: boolean
}

type Outcome = { write: string } | { wait: string } | { leave: string }

/** Files a question under what becomes of it: agreed, a line, a waiting line or a deviation. */
export function consider(plan: Plan, scene: Scene, question: Question) {
    const { desired, actual, field, mode, entity, item, location } = question
    if (same(field, desired, actual)) {
        if (question.travel !== 'stock_only')
            plan.agreed.push({ entity, item, location, field, wrote: desired, saw: actual })
        return
    }
    const replaced = replacementOf(scene, question)
    if (replaced) {
        plan.lines.push(replaced)
        return
    }
    const outcome = outcomeOf(scene, question)
    if ('leave' in outcome) {
        plan.deviations.push({ entity, item, location, field, desired, actual, mode, why: outcome.leave })
        return
    }
    const { kind, destinationProduct } = question
    const line = { entity, item, location, field, kind, destinationProduct, before: actual, after: desired, mode }
    const wait = question.hold ?? ('wait' in outcome ? outcome.wait : null)
    const approved = decisionAt(scene, question)?.decision === 'approve'
    if (wait !== null && !approved) plan.waiting.push({ ...line, action: 'update', origin: 'both', why: wait })
    else plan.lines.push({ ...line, action: 'update', origin: 'write' in outcome ? outcome.write : 'both' })
}

/** The line that puts a person's own value in place of the desired one, once. */
function replacementOf(scene: Scene, question: Question): Line | null {
    const { desired, actual, field, mode, entity, item, location, kind, destinationProduct } = question
    const decision = decisionAt(scene, question)
    if (decision?.decision !== 'replace' || decision.applied || !stands(decision, field, desired)) return null
    const after = decision.value ?? null
    const place = { entity, item, location, field, kind, destinationProduct } as const
    return { ...place, action: 'update', before: actual, after, mode, origin: 'replaced' }
}

function outcomeOf(scene: Scene, question: Question): Outcome {
    const { travel, mode, desired, actual, field } = question
    if (travel === 'stock_only') return { leave: 'existing_items' }
    if (question.pack && question.kind === 'catalogue') return { leave: 'pack' }
    if (travel === 'fill_blank' && !isBlank(actual)) return { leave: 'existing_items' }
    const decision = decisionAt(scene, question)
    if (decision && stands(decision, field, desired)) return { leave: `decision: ${decision.decision}` }
    if (mode === 'never' || (mode === 'create_only' && !question.creating)) return { leave: mode }
    return byMode(scene, question, scene.memory.settled.get(placeKey(question)), actual)
}

/** Design, "Baseline": what changed since the pair was last settled decides. */
function byMode(scene: Scene, question: Question, settled: Settled | undefined, actual: Value): Outcome {
    const { field, desired, mode } = question
    const sourceMoved = !settled || !same(field, desired, settled.wrote)
    const edited = settled !== undefined && !same(field, actual, settled.saw)
    if (mode === 'enforced' && isExact(field)) return { write: edited ? 'dest_edited' : 'source_changed' }
    if (!sourceMoved && !edited) return { leave: 'as_stored' }
    if (mode === 'enforced') return { write: edited ? 'dest_edited' : 'source_changed' }
    if (!sourceMoved) return { leave: 'dest_edited' }
    if (edited && scene.connection.settings.on_both === 'hold') return { wait: 'both' }
    return { write: edited ? 'both' : 'source_changed' }
}

const decisionAt = (scene: Scene, place: Place): Decision | undefined => scene.memory.decisions.get(placeKey(place))

/** Rule 88: a decision is remembered until the desired value changes; a keep stands whatever moves. */
function stands(decision: Decision, field: string, desired: Value): boolean {
    if (decision.decision === 'approve') return false
    return decision.decision === 'keep' || same(field, decision.desired, desired)
}
