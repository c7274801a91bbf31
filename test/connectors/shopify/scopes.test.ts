import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missingScopes } from '../../../connectors/shopify/scopes.ts'

test('a write scope includes its read scope, not the other way round', () => {
    assert.deepEqual(missingScopes(['write_products'], ['read_products', 'write_products']), [])
    assert.deepEqual(missingScopes(['read_products'], ['read_products', 'write_products']), ['write_products'])
})

test('what is missing is named in the order needed', () => {
    const needed = ['read_locations', 'write_inventory', 'read_publications']
    assert.deepEqual(missingScopes(['write_inventory'], needed), ['read_locations', 'read_publications'])
})
