import type { TestContext } from 'node:test'
import { testDatabase } from '../helpers/database.ts'
import { type House, type SeedLine, seedHouse } from './seed.ts'

/** What a report is asked with. */
export const range = (connection: number, from = '2027-01-20', to = '2027-01-30', more = {}) => ({
    ...{ connection: String(connection), from, to, ...more },
})
/** A line of two mugs, at 10 pounds. */
export const mug = (more: Partial<SeedLine> = {}): SeedLine => ({ sku: 'MUG', quantity: 2, price: '10.0', ...more })
export const NOON = '2027-01-25T12:00:00Z'

/** The corner shop with mugs and six-packs of socks of northwind, and an item of its own. */
export async function cornerShop(t: TestContext, settings = {}): Promise<{ house: House; connection: number }> {
    const { db } = await testDatabase(t)
    const house = await seedHouse(db)
    const connection = await house.connect('northwind', settings)
    await house.item(1, 'MUG', connection)
    await house.item(2, 'SOCK-6', connection, { factor: 6, matched_by: 'mapping' })
    await house.item(3, 'OWN', null)
    return { house, connection }
}
