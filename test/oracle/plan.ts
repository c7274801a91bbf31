import { planCreations } from './creations.ts'
import { planEnds } from './ends.ts'
import { emptyPlan, type Line, type Plan, type Scene } from './lines.ts'
import { listLookAlikes } from './look_alikes.ts'
import { pair } from './pairing.ts'
import { planProducts } from './products.ts'
import { grouped, type View } from './state.ts'
import { planVariants } from './variants.ts'

/**
 * All that one comparison of one connection must come to. Pairs found are kept in the connection's memory. `real` is the
 * destination after the run, if it was loaded.
 */
export function planOf(scene: Scene, real: View = scene.destination): Plan {
    const plan = emptyPlan()
    const pairs = pair(plan, scene)
    const keptOut = listLookAlikes(plan, scene, pairs)
    planProducts(plan, scene)
    planVariants(plan, scene, pairs)
    planCreations(
        plan,
        scene,
        pairs.unmatched.filter((it) => !keptOut.has(it.variant.id)),
    )
    planEnds(plan, scene)
    refuse(plan, scene, real)
    plan.problems = unique(plan.problems)
    return plan
}

/** What Shopify will not take: it is proposed, refused alone, and listed with Shopify's message (rules 32, 79). */
function refuse(plan: Plan, scene: Scene, real: View) {
    // Also one that Shopify gave to another product in this very run, for want of a free one.
    const handles = grouped([...scene.destination.shop.products, ...real.shop.products], (it) => it.handle)
    const bundles = new Set(
        [...scene.destination.variants.values()].flatMap(({ variant }) =>
            variant.requiresComponents ? [variant.inventoryItemId] : [],
        ),
    )
    const isRefused = (line: Line) => {
        if (line.entity === 'level') return bundles.has(line.item)
        return line.field === 'handle' && (handles.get(String(line.after)) ?? []).some((it) => it.id !== line.item)
    }
    plan.refused = plan.lines.filter(isRefused)
    plan.lines = plan.lines.filter((line) => !isRefused(line))
}

function unique(problems: Plan['problems']): Plan['problems'] {
    const kept = new Map(problems.map((it) => [`${it.code}/${it.entity}/${it.item}/${it.other}`, it]))
    return [...kept.values()]
}
