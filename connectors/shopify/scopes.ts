/**
 * Scopes that are needed but not granted, in the order needed. A write scope includes its read scope.
 * Asked before a job begins: inside a bulk operation a missing scope shows only after the wait.
 */
export function missingScopes(granted: Iterable<string>, needed: Iterable<string>): string[] {
    const held = new Set<string>()
    for (const scope of granted) {
        held.add(scope)
        held.add(scope.replace(/^write_/, 'read_'))
    }
    return [...needed].filter((scope) => !held.has(scope))
}
