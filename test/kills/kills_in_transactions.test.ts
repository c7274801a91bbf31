import { operations } from './places/bulk_operations.ts'
import { transactions } from './places/transactions.ts'
import { killAtEach } from './short_form.ts'

/** A choice: the command `kills` has them all. */
const chosen = [
    'midway merge of the source',
    'commit merge complete',
    'midway comparison',
    'commit comparison',
    'midway answer of product_create recorded',
    'commit answer of variant_create recorded',
]

killAtEach([
    ...operations.filter(({ bulk }) => !bulk),
    ...transactions.filter(({ seam, name }) => chosen.includes(`${seam} ${name}`)),
])
