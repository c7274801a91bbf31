import { reports } from '../../reports/index.ts'
import { pageRoutes } from '../../server/routes/index.ts'

/** What paths name, of each connection. Sets and runs are counted from 1 in the order of the town. */
export const subjects = (n: number, domain: string) => ({
    connection: String(n),
    set: String(n),
    run: String(n),
    order: `${n}31`,
    product: `${n}01`,
    member: domain,
    join: String(n),
    key: String(n),
    upload: String(n),
})

export function fill(path: string, values: Record<string, string>): string {
    return path.replaceAll(/:(\w+)/g, (_match, name: string) => values[name] ?? `no-${name}`)
}

/** Every page and act of a place with its address, about what is named; each report, of days that have rows. */
export function addressesOf(values: Record<string, string>) {
    return pageRoutes.flatMap((route) =>
        reportsIn(route.path).map((report) => {
            const path = fill(route.path, report ? { ...values, report } : values)
            return { ...route, report, to: report ? `${path}?range=30` : path }
        }),
    )
}

function reportsIn(path: string): (string | null)[] {
    return path.includes(':report') ? reports.map(({ name }) => name) : [null]
}
