/** How a term compares: `field:value`, `field:>value` and so on; `:` is equality as the field understands it. */
export type Operator = ':' | '>' | '>=' | '<' | '<='
/** Says whether one item's field satisfies a term; the value comes without quotes. */
export type FieldTest = (value: string, operator: Operator) => boolean

type Term = { kind: 'term'; field: string; operator: Operator; values: string[] }
type Expression = Term | { kind: 'not'; of: Expression } | { kind: 'and' | 'or'; of: Expression[] }

/**
 * Shopify's search syntax over one item: `a:1 b:>=2`, quotes, ranges, AND, OR, NOT or -, parentheses.
 * `fields` maps a key to its test; the key `default` takes bare words. A field that is not there is ignored, so
 * that a misspelt filter returns everything, as Shopify does (platform: search syntax).
 */
export function matches(query: string | null | undefined, fields: Record<string, FieldTest>): boolean {
    if (query == null || query.trim() === '') return true
    return judge(parsed(query), fields) ?? true
}

/** The terms of a query without their logic, for resolvers that look at one of them (`namespace:x` and the like). */
export function termsOf(query: string | null | undefined): { field: string; operator: Operator; values: string[] }[] {
    if (query == null || query.trim() === '') return []
    const found: Term[] = []
    const walk = (expression: Expression): void => {
        if (expression.kind === 'term') found.push(expression)
        else if (expression.kind === 'not') walk(expression.of)
        else expression.of.forEach(walk)
    }
    walk(parsed(query))
    return found
}

/** null: the expression says nothing, because every field in it is unknown. */
function judge(expression: Expression, fields: Record<string, FieldTest>): boolean | null {
    if (expression.kind === 'term') {
        const test = fields[expression.field]
        return test === undefined ? null : expression.values.some((value) => test(value, expression.operator))
    }
    if (expression.kind === 'not') {
        const inner = judge(expression.of, fields)
        return inner === null ? null : !inner
    }
    const verdicts = expression.of.map((part) => judge(part, fields)).filter((verdict) => verdict !== null)
    if (verdicts.length === 0) return null
    return expression.kind === 'and' ? verdicts.every(Boolean) : verdicts.some(Boolean)
}

// One query is matched against every item of a shop, so the last few are kept parsed.
const KEPT = 50
const cache = new Map<string, Expression>()

function parsed(query: string): Expression {
    const known = cache.get(query)
    if (known !== undefined) return known
    const expression = either(new Words(query))
    if (cache.size >= KEPT) cache.clear()
    cache.set(query, expression)
    return expression
}

const WORD =
    /\s*(?:(\()|(\))|(-)?(?:([A-Za-z_][\w.$-]*):)?(>=|<=|>|<)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^\s()\\]|\\.)+)))/y

type Word = { text: string; negated: boolean; term: Term | null }

class Words {
    private readonly words: Word[] = []
    private next = 0

    constructor(query: string) {
        WORD.lastIndex = 0
        for (let match = WORD.exec(query); match !== null; match = WORD.exec(query)) this.words.push(wordOf(match))
    }

    peek(): Word | undefined {
        return this.words[this.next]
    }

    take(text?: string): Word | undefined {
        const word = this.words[this.next]
        if (word === undefined || (text !== undefined && word.text !== text)) return undefined
        this.next += 1
        return word
    }
}

function wordOf(match: RegExpExecArray): Word {
    const [, open, close, minus, field, operator, double, single, bare] = match
    if (open !== undefined || close !== undefined) return { text: open ?? close ?? '', negated: false, term: null }
    const quoted = double ?? single
    const value = (quoted ?? bare ?? '').replace(/\\(.)/g, '$1')
    const logical = field === undefined && operator === undefined && quoted === undefined && minus === undefined
    return {
        text: logical ? value : '',
        negated: minus !== undefined,
        term: {
            kind: 'term',
            field: field ?? 'default',
            operator: (operator as Operator | undefined) ?? ':',
            // an unquoted comma lists alternatives: status:ACTIVE,DRAFT
            values: quoted === undefined && field !== undefined ? value.split(',') : [value],
        },
    }
}

function either(words: Words): Expression {
    const parts = [every(words)]
    while (words.take('OR')) parts.push(every(words))
    return parts.length === 1 ? parts[0]! : { kind: 'or', of: parts }
}

function every(words: Words): Expression {
    const parts: Expression[] = []
    for (;;) {
        const word = words.peek()
        if (word === undefined || word.text === ')' || word.text === 'OR') break
        if (words.take('AND')) continue
        parts.push(one(words))
    }
    return parts.length === 1 ? parts[0]! : { kind: 'and', of: parts }
}

function one(words: Words): Expression {
    if (words.take('NOT')) return { kind: 'not', of: one(words) }
    if (words.take('(')) {
        const inner = either(words)
        words.take(')')
        return inner
    }
    const word = words.take()
    if (word?.term == null) return { kind: 'and', of: [] }
    return word.negated ? { kind: 'not', of: word.term } : word.term
}
