import type { FieldTest, Operator } from './search.ts'

function ordered(actual: number, wanted: number, operator: Operator): boolean {
    if (Number.isNaN(wanted)) return false
    switch (operator) {
        case '>':
            return actual > wanted
        case '>=':
            return actual >= wanted
        case '<':
            return actual < wanted
        case '<=':
            return actual <= wanted
        case ':':
            return actual === wanted
    }
}

/** Tests a numeric id; takes a bare number or a whole GID. */
export function idTest(actual: number): FieldTest {
    return (value, operator) => ordered(actual, Number(value.slice(value.lastIndexOf('/') + 1)), operator)
}

export function numberTest(actual: number): FieldTest {
    return (value, operator) => ordered(actual, Number(value), operator)
}

/** Tests a time (milliseconds); `:` with a bare date means that day in UTC. */
export function timeTest(actual: number): FieldTest {
    return (value, operator) => {
        const day = /^\d{4}-\d{2}-\d{2}$/.test(value)
        const wanted = Date.parse(day ? `${value}T00:00:00Z` : value)
        if (operator === ':' && day) return actual >= wanted && actual < wanted + 86_400_000
        return ordered(actual, wanted, operator)
    }
}

/** Tests a text without regard to case; a trailing `*` matches a prefix, a lone `*` anything present. */
export function textTest(actual: string | null | undefined): FieldTest {
    return (value) => {
        if (actual == null || actual === '') return value === ''
        const [has, wanted] = [actual.toLowerCase(), value.toLowerCase()]
        return wanted.endsWith('*') ? has.startsWith(wanted.slice(0, -1)) : has === wanted
    }
}

/** Tests whether one of several texts matches, such as a product's tags. */
export function anyTextTest(actual: readonly string[]): FieldTest {
    return (value, operator) => actual.some((text) => textTest(text)(value, operator))
}

export function flagTest(actual: boolean): FieldTest {
    return (value) => (value === 'true' || value === '1') === actual
}
