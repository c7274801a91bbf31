/** What paths name, of each connection. Sets and runs are counted from 1 in the order of the town. */
export const subjects = (n: number, domain: string) => ({
    connection: String(n),
    set: String(n),
    run: String(n),
    order: `${n}31`,
    product: `${n}01`,
    report: 'order-push',
    member: domain,
    join: String(n),
    key: String(n),
    upload: String(n),
})

export function fill(path: string, values: Record<string, string>): string {
    return path.replaceAll(/:(\w+)/g, (_match, name: string) => values[name] ?? `no-${name}`)
}
