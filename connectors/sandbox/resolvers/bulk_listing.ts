import type { BulkOperation, Shop } from '../shop/state.ts'
import { matches } from './search.ts'
import { idTest, textTest, timeTest } from './search_tests.ts'

/** Newest operation first, of one type. */
export function newestFirst(shop: Shop, type: BulkOperation['type']): BulkOperation[] {
    return orderedBy(
        [...shop.bulkOperations.values()].filter((row) => row.type === type),
        'CREATED_AT',
    )
}

/** Newest first by that time; those without it last; at the same second the higher id first (all recorded). */
export function orderedBy(rows: readonly BulkOperation[], key: 'CREATED_AT' | 'COMPLETED_AT'): BulkOperation[] {
    const timeOf = (row: BulkOperation) => (key === 'CREATED_AT' ? row.createdAt : (row.completedAt ?? 0))
    return rows.toSorted((a, b) => timeOf(b) - timeOf(a) || b.id - a.id)
}

/** Whether a row passes the `query` argument; `type` is what the guide's examples write for `operation_type`. */
export function wanted(row: BulkOperation, query: string | null | undefined): boolean {
    return matches(query, {
        id: idTest(row.id),
        status: textTest(row.status),
        operation_type: textTest(row.type),
        type: textTest(row.type),
        created_at: timeTest(row.createdAt),
        completed_at: timeTest(row.completedAt ?? 0),
    })
}
