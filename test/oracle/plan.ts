import { planCreations } from './creations.ts'
import { emptyPlan, type Plan, type Scene } from './lines.ts'
import { listLookAlikes } from './look_alikes.ts'
import { pair } from './pairing.ts'
import { planProducts } from './products.ts'
import { planVariants } from './variants.ts'

/** All that one comparison of one connection must come to. Pairs found are kept in the connection's memory. */
export function planOf(scene: Scene): Plan {
    const plan = emptyPlan()
    const pairs = pair(plan, scene)
    listLookAlikes(plan, scene, pairs)
    planProducts(plan, scene)
    planVariants(plan, scene, pairs)
    planCreations(plan, scene, pairs)
    plan.problems = unique(plan.problems)
    return plan
}

function unique(problems: Plan['problems']): Plan['problems'] {
    const kept = new Map(problems.map((it) => [`${it.code}/${it.entity}/${it.item}/${it.other}`, it]))
    return [...kept.values()]
}
