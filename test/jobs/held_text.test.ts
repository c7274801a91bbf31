import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldText } from '../../jobs/commands/held_text.ts'
import type { SetRow } from '../../sql/changes/changes.ts'

const set = (kind: string, hold_reason: string): SetRow => ({
    ...{ change_set_id: '12', connection_id: 1, source: 'northwind.example', destination: 'outlet.example', kind },
    ...{ run_id: '3', state: 'held', hold_reason, lines: { held: 3 }, created_at: '', approved_at: null },
    ...{ approved_by: null, loaded_at: null, rolled_back_at: null },
})

test('rule 86: what is held is told with the brake, its numbers, and what to type next', () => {
    const reason = 'stock to zero for 3 of 20 items that had some: more than 10 %'
    assert.deepEqual(heldText([set('stock', reason)]), [
        `Set 12 is held (stock, northwind.example to outlet.example): ${reason}.`,
        '  Other kinds of changes go on. Of stock only what known sales lower is written. Look at it with ' +
            'crossdock changes show 12, then crossdock changes approve 12 (or reject 12), then crossdock run load.',
    ])
})

test('D9: a first sync is told in words', () => {
    assert.match(heldText([set('price', 'first_sync')])[0]!, /the first sync of this connection waits until a person/)
})
