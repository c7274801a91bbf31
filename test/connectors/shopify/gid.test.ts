import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gid, gidType, parseGid } from '../../../connectors/shopify/gid.ts'

test('a number becomes a GID and back, also one beyond the safe integers', () => {
    assert.equal(gid('Product', 123), 'gid://shopify/Product/123')
    assert.equal(gid('Product', '9007199254740993'), 'gid://shopify/Product/9007199254740993')
    assert.equal(parseGid('Product', 'gid://shopify/Product/9007199254740993'), '9007199254740993')
    assert.equal(gidType('gid://shopify/InventoryLevel/7?inventory_item_id=8'), 'InventoryLevel')
})

test('a GID of another type is refused', () => {
    assert.throws(
        () => parseGid('Product', 'gid://shopify/ProductVariant/1'),
        /Expected a GID like gid:..shopify.Product.123/,
    )
})

for (const wrong of ['', '1', 'gid://shopify/Product/', 'gid://shopify/Product/1a', 'gid://shopify/Product/1?x=1']) {
    test(`"${wrong}" is no GID of a product`, () => {
        assert.throws(() => parseGid('Product', wrong))
    })
}

test('only decimal digits become a GID', () => {
    for (const wrong of ['', 'gid://shopify/Product/1', '1.5', '-1']) assert.throws(() => gid('Product', wrong))
    assert.throws(() => gid('Product', 1e21))
    assert.throws(() => gidType('123'))
})
