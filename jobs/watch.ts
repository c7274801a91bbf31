import { MultiBar, Presets, type SingleBar } from 'cli-progress'
import type { Watch } from './execute.ts'

export type Watching = { watch: Watch; end(): void }

/** Shows how far a run is on stderr: bars for a person at a terminal, else a line when a step is done. */
export function watchProgress(): Watching {
    return process.stderr.isTTY ? bars() : lines()
}

function bars(): Watching {
    const all = new MultiBar(
        { stream: process.stderr, hideCursor: true, format: '{bar} {value}/{total} {step}' },
        Presets.shades_classic,
    )
    const known = new Map<string, SingleBar>()
    return {
        watch(step, done, total) {
            const bar = known.get(step) ?? all.create(total ?? done, 0, { step })
            known.set(step, bar)
            bar.setTotal(Math.max(total ?? 0, done))
            bar.update(done, { step })
        },
        end: () => all.stop(),
    }
}

function lines(): Watching {
    const told = new Set<string>()
    return {
        watch(step, done, total) {
            if (total === undefined || done < total || told.has(step)) return
            told.add(step)
            process.stderr.write(`${step}: ${done}\n`)
        },
        end: () => undefined,
    }
}
