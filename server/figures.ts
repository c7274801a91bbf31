import type { Database } from '../sql/database.ts'
import {
    type ConnectionCounts,
    type ConnectionFigures,
    countsOf,
    figuresOf,
    type SeenConnection,
} from '../sql/pages/connections.ts'
import { late } from './late.ts'

/** What a connection comes to, as lists and cards show it. */
export async function figuresFor(
    db: Database,
    connection: SeenConnection,
): Promise<ConnectionFigures & ConnectionCounts> {
    const key = `counts ${connection.account_id}/${connection.connection_id} ${connection.side}`
    const counts = late(db, key, () => countsOf(db, connection))
    const figures = await figuresOf(db, connection)
    return { ...figures, ...(await counts) }
}
