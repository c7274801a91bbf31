import type { TestContext } from 'node:test'
import { cornerShop, mug, NOON, range } from './corner_shop.ts'
import { opened, type ReadRow, sheetsOf } from './reading.ts'
import type { House } from './seed.ts'
import { seedPush } from './seed_push.ts'

export type Proof = {
    isGood: boolean
    findings: (string | null)[]
    Orders: ReadRow[]
    Lines: ReadRow[]
    Summary: ReadRow[]
}

/** A proof, its findings as `!code #order.line`, with `!` where they are unexplained. */
export async function proofOf(house: House, connection: number, from?: string, to?: string): Promise<Proof> {
    const asked = range(connection, from, to)
    const { Findings, Orders, Lines, Summary } = await sheetsOf(house, 'order-proof', asked)
    const verdict = await opened(house, 'order-proof', asked, async ({ verdict }) => verdict)
    const findings = Findings!.map(({ weight, code, dest_order_no, line_no }) =>
        [weight === 'unexplained' ? '!' : '', code, ' ', dest_order_no, line_no === null ? '' : `.${line_no}`].join(''),
    )
    return { isGood: verdict!.isGood, findings, Orders: Orders!, Lines: Lines!, Summary: Summary! }
}

/** The corner shop with orders 1 and 2, each of two mugs, pushed for 25.00 dollars. */
export async function pushed(t: TestContext, settings = {}) {
    const { house, connection } = await cornerShop(t, settings)
    for (const id of [1, 2]) {
        await house.order({ id, at: NOON, lines: [mug()] })
        await seedPush(house, {
            connection,
            order: id,
            twin: 500 + id,
            parts: [{ line: id * 1000 + 1, units: 2, price: '12.5' }],
        })
    }
    return { house, connection }
}
