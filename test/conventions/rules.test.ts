import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numbersIn, rulesProved } from '../helpers/rules_proved.ts'

test('a list of rules is read as it is said', () => {
    assert.deepEqual(numbersIn('17'), [17])
    assert.deepEqual(numbersIn('21, 22 and 25'), [21, 22, 25])
    assert.deepEqual(numbersIn('1 to 3 and 9'), [1, 2, 3, 9])
})

test('tests name only rules that there are', () => {
    const rules = [...rulesProved().keys()]
    assert.ok(rules.length > 0)
    assert.deepEqual(
        rules.filter((rule) => rule < 1 || rule > 91),
        [],
    )
})
