import { sourcesNamed, textOf } from './sources.ts'

/** A test's name that begins with rules: `rule 17:`, `rules 21, 22 and 25:`, `rules 1 to 5:`. */
const NAMED = /\b(?:test|it|describe|suite)\(\s*['"`]rules? ((?:\d+(?:, | and | to )?)+):/g

/**
 * The rules that tests are named after, each with the files of its tests, once for each test. The oracle's own tests
 * prove the oracle: what Crossdock does is proved elsewhere.
 */
export function rulesProved(): Map<number, string[]> {
    const proved = new Map<number, string[]>()
    for (const path of sourcesNamed('.test.ts', ['test']).filter((path) => !path.startsWith('test/oracle/'))) {
        for (const [, list] of textOf(path).matchAll(NAMED)) {
            for (const rule of numbersIn(list!)) proved.set(rule, [...(proved.get(rule) ?? []), path])
        }
    }
    return proved
}

/** `1 to 3, 7 and 9` → 1, 2, 3, 7, 9. */
export function numbersIn(list: string): number[] {
    return list.split(/, | and /).flatMap((part) => {
        const [first, last] = part.split(' to ').map(Number)
        return Array.from({ length: (last ?? first!) - first! + 1 }, (_, index) => first! + index)
    })
}
