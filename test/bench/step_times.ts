import { looks, phases } from '../../jobs/compare/steps.ts'
import type { Session } from '../../sql/database.ts'
import { sqlText } from '../../sql/query.ts'

const files = new Map<string, string>()
for (const { file, lists } of [...looks, ...phases.flatMap(({ steps }) => steps)])
    files.set(await sqlText(`diff/${file}`, lists), file)

/** Tells at the commit's eve how long each step of a comparison took, the longest first. */
export function stepsWatch(name: string) {
    const spent = new Map<string, number>()
    const on = (tx: Session): Session => ({
        ...tx,
        async send(text, values) {
            const began = performance.now()
            const answer = await tx.send<never>(text, values)
            const step = files.get(text) ?? text.trim().slice(0, 50).replaceAll(/\s+/g, ' ')
            spent.set(step, (spent.get(step) ?? 0) + performance.now() - began)
            if (step.startsWith('update connections set compared_at')) tellSteps(name, spent)
            return answer
        },
    })
    return { on }
}

function tellSteps(name: string, spent: Map<string, number>): void {
    const slowest = [...spent].sort(([, a], [, b]) => b - a).filter(([, ms]) => ms >= 1)
    console.error(`\n${name}, by step:`)
    for (const [step, ms] of slowest) console.error(`${ms.toFixed(0).padStart(8)} ms  ${step}`)
}
