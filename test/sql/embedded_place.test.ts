import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { homeFolder } from '../../sql/embedded/place.ts'

test('a home that is named from where one stands is the same wherever it is asked for', () => {
    const named = process.env.CROSSDOCK_HOME
    try {
        process.env.CROSSDOCK_HOME = '.crossdock/demo'
        assert.equal(homeFolder(), resolve('.crossdock/demo'))
    } finally {
        if (named === undefined) delete process.env.CROSSDOCK_HOME
        else process.env.CROSSDOCK_HOME = named
    }
})
