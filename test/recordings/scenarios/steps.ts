import { presumeProduct } from '../presume.ts'
import type { Playing, Scenario, Stage } from '../stage.ts'

/** Every exchange in the order it was made. */
export function every(stage: Stage): Promise<void> {
    return stage.playAll(stage.paths())
}

/** Every exchange, each with what the recording does not say of it. */
export function withHints(hints: Readonly<Record<string, Playing>>): Scenario['play'] {
    return async (stage) => {
        for (const path of stage.paths()) await stage.play(path, hints[path])
    }
}

/** The product the recorder saw before it began, then every exchange. */
export function presumed(hints: Readonly<Record<string, Playing>> = {}): Scenario['play'] {
    return async (stage) => {
        await presumeProduct(stage, 'upstreamCalls[0]')
        await withHints(hints)(stage)
    }
}
