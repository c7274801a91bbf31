import type { UserError } from '../../connectors/shopify/errors.ts'
import type { Line } from './line.ts'
import { again, failed, type Outcome } from './outcome.ts'

/** Refusals of a call's elements by their index; those that name none under `null`. */
export type Refusals = Map<number | null, UserError[]>

/** The element an error speaks of: the first number in its path, as `["variants", "1", "price"]`. */
export function refusalsOf(errors: readonly UserError[]): Refusals {
    return Map.groupBy(errors, (error) => {
        const index = error.field?.find((part) => /^\d+$/.test(String(part)))
        return index === undefined ? null : Number(index)
    })
}

export function messageOf(errors: readonly UserError[]): string {
    return errors.map(({ message, code }) => (code ? `${message} [${code}]` : message)).join('; ')
}

/**
 * A call that did nothing because of some of its elements: those named fail (or what `refuse` makes of them), the
 * others are sent again without them; where none is named, the call is halved (spec rules 32, 79).
 */
export function allOrNothing(
    units: readonly Line[][],
    errors: readonly UserError[],
    refuse: (unit: Line[], errors: UserError[]) => Outcome[] = (unit, own) =>
        unit.map((line) => failed(line, messageOf(own))),
): Outcome[] {
    const refusals = refusalsOf(errors)
    const named = [...refusals.keys()].filter((index) => index !== null && index < units.length)
    if (units.length === 1) return refuse(units[0]!, [...errors])
    return units.flatMap((unit, index) => {
        const own = refusals.get(index)
        if (own) return refuse(unit, own)
        const most = named.length > 0 ? undefined : Math.ceil(units.length / 2)
        return unit.map((line) => again({ ...line, most: most ?? line.most }, messageOf(errors)))
    })
}
