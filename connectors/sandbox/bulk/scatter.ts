import type { ResultFile } from './result_file.ts'

/** A line with the connections under it: each a list of lines in their own order. */
export type Branch = { line: string; children: Branch[][] }

// Connections waiting to be written. Enough that children stand far from their parents, few enough to stay flat.
const OPEN = 64

/**
 * Writes lines as an ungrouped bulk result may hold them: every child after its parent, each connection in its own
 * order, and otherwise mixed. The same seed mixes the same way. Grouped, each child follows its parent.
 */
export class Scatter {
    private readonly file: ResultFile
    private readonly grouped: boolean
    private readonly open: Branch[][] = []
    private readonly random: () => number

    constructor(file: ResultFile, { grouped, seed }: { grouped: boolean; seed: number }) {
        this.file = file
        this.grouped = grouped
        this.random = seeded(seed)
    }

    async add(branch: Branch): Promise<void> {
        await this.file.add(branch.line)
        if (this.grouped) {
            for (const child of branch.children.flat()) await this.add(child)
            return
        }
        this.wait(branch)
        while (this.open.length > OPEN) await this.writeOne()
    }

    /** Writes what still waits. */
    async finish(): Promise<void> {
        while (this.open.length > 0) await this.writeOne()
    }

    private wait(branch: Branch): void {
        for (const children of branch.children) if (children.length > 0) this.open.push(children.toReversed())
    }

    private async writeOne(): Promise<void> {
        const place = Math.floor(this.random() * this.open.length)
        const children = this.open[place]
        const child = children?.pop()
        if (children?.length === 0) {
            // its place is taken by the last one: order among connections means nothing here
            const last = this.open.pop()
            if (last && place < this.open.length) this.open[place] = last
        }
        if (!child) return
        await this.file.add(child.line)
        this.wait(child)
    }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
    let state = seed >>> 0
    return () => {
        state = (state + 0x6d2b79f5) >>> 0
        let mixed = Math.imul(state ^ (state >>> 15), state | 1)
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    }
}
