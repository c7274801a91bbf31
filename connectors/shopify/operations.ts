import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, 'operations')
const texts = new Map<string, string>()

/** Text of operations/<name>.graphql, read once: `operation('bulk/run_query')`. Throws if there is no such file. */
export function operation(name: string): string {
    let text = texts.get(name)
    if (text === undefined) {
        text = readFileSync(join(FOLDER, `${name}.graphql`), 'utf8')
        texts.set(name, text)
    }
    return text
}

/** The kind and name of the one operation in a document. Throws if it has none, or no name. */
export function nameOf(document: string): { kind: 'query' | 'mutation'; name: string } {
    const found = /^\s*(query|mutation)\s+(\w+)/m.exec(document)
    if (!found) {
        throw new Error(`Expected a document with a named query or mutation, came: ${document.slice(0, 80)}`)
    }
    return { kind: found[1] as 'query' | 'mutation', name: found[2]! }
}
