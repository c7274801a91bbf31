/** A statement as PostgreSQL takes it: `:name` became `$n`, comments are gone, lines are where they were. */
export type Statement = {
    text: string
    /** Names in the order of their `$n`. */
    names: string[]
    /** Those written `:name::json` or `:name::jsonb`. */
    json: Set<string>
}

/**
 * The pieces of SQL inside which a colon means nothing, tried in this order at each place, and the named parameter
 * itself. Nested comments and dollar quotes are taken whole.
 */
const PIECES =
    /(?<comment>--[^\n]*)|(?<open>\/\*)|(?<quoted>\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<tag>\$(?:[a-zA-Z_]\w*)?\$)[\s\S]*?\k<tag>|::|:=)|(?<numbered>(?<![\w$])\$\d+)|:(?<name>[a-zA-Z_]\w*)(?<cast>\s*::\s*jsonb?\b(?!\s*\[))?/g

/**
 * Reads SQL with `:name` parameters. Casts (`::date`), strings, quoted names, dollar quotes and `?` operators stay as
 * they are; an array slice between names needs a space (`a[1 : n]`). Throws on `$1` and on a comment without end.
 */
export function readStatement(sql: string): Statement {
    const names: string[] = []
    const json = new Set<string>()
    let text = ''
    let at = 0
    PIECES.lastIndex = 0
    for (let piece = PIECES.exec(sql); piece; piece = PIECES.exec(sql)) {
        const { comment, open, numbered, name, cast } = piece.groups ?? {}
        text += sql.slice(at, piece.index)
        at = PIECES.lastIndex
        if (numbered) throw new Error(`Parameters have names here: write :name instead of ${numbered}.`)
        if (open) {
            at = endOfComment(sql, piece.index)
            text += ` ${'\n'.repeat(linesIn(sql.slice(piece.index, at)))}`
        } else if (name) {
            if (!names.includes(name)) names.push(name)
            if (cast) json.add(name)
            text += `$${names.indexOf(name) + 1}${cast ?? ''}`
        } else if (!comment) {
            text += piece[0]
        }
        PIECES.lastIndex = at
    }
    return { text: text + sql.slice(at), names, json }
}

/** PostgreSQL's block comments nest. */
function endOfComment(sql: string, start: number): number {
    const marks = /\/\*|\*\//g
    marks.lastIndex = start
    let depth = 0
    for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
        depth += mark[0] === '/*' ? 1 : -1
        if (depth === 0) return marks.lastIndex
    }
    throw new Error(`The comment that begins on line ${linesIn(sql.slice(0, start)) + 1} does not end.`)
}

function linesIn(text: string): number {
    return text.split('\n').length - 1
}
