import { seams, troubles } from './seams.ts'

const kinds = [...troubles.requests, ...troubles.readings].map(({ kind }) => kind)
const others = ['killed', 'two workers', ...new Set(kinds)]

export type Table = ReturnType<typeof openTable>

/** Counts how often each seam was met, and each trouble struck. */
export function openTable() {
    const hits = new Map<string, number>([...others, ...seams.map(({ name }) => name)].map((name) => [name, 0]))
    return {
        hit: (name: string) => hits.set(name, (hits.get(name) ?? 0) + 1),
        missed: () => [...hits].filter(([, count]) => count === 0).map(([name]) => name),
        text: () => [...hits].map(([name, count]) => `${String(count).padStart(6)}  ${name}`).join('\n'),
    }
}
