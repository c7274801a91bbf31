import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagedDocument } from '../../../connectors/shopify/paged_document.ts'

const TWO_DEEP = `query orders { orders { edges { node { id
    returns { edges { node { id lines { edges { node { id } } } } } }
    place { items { edges { node { id } } } }
} } } }`

test('every connection of a paged document, however deep, is given one size and says whether there is more', () => {
    const { first, further } = pagedDocument(TWO_DEEP)
    for (const text of [first, further(['orders', 'returns'], 'Order')]) {
        for (const [arguments_] of text.matchAll(/\([^)]*first:[^)]*\)/g)) {
            assert.equal(arguments_.split('first:').length, 2, arguments_)
        }
        assert.equal(text.match(/pageInfo/g)?.length, text.match(/edges/g)?.length)
    }
    assert.equal(first.match(/edges/g)?.length, 4)
})
