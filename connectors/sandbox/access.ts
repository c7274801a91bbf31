import type { Token } from './context.ts'

/** Which scopes let one read a type or call a field; `text` is Shopify's own sentence. */
export type AccessRule = { text: string; scopes: readonly string[]; every: boolean }

/**
 * Reads the scopes out of the introspection's `requiredAccess` text; null where it names none, which the sandbox
 * does not enforce (permissions of users, plans). `kind` completes names given without read_ or write_.
 */
export function accessRule(text: string | null | undefined, kind: 'read' | 'write'): AccessRule | null {
    if (!text) return null
    const scopePart = text.split(' Also:')[0] ?? text
    const scopes = [...scopePart.matchAll(/`([a-z_]+)`(?! user permission)/g)].map((match) => {
        const name = match[1] ?? ''
        return /^(read|write|manage|unauthenticated)_/.test(name) ? name : `${kind}_${name}`
    })
    if (scopes.length === 0) return null
    return { text: text.trim(), scopes, every: /` (access scope )?and /.test(scopePart) && !/ or /.test(scopePart) }
}

/** Whether a token may: a write scope includes its read scope. */
export function permits(token: Token, rule: AccessRule): boolean {
    const { scopes } = token
    if (scopes === 'all') return true
    const has = (scope: string) => scopes.has(scope) || scopes.has(scope.replace(/^read_/, 'write_'))
    return rule.every ? rule.scopes.every(has) : rule.scopes.some(has)
}
