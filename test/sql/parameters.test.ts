import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readStatement } from '../../sql/parameters.ts'

test('a name becomes a number, and the same name the same number', () => {
    const { text, names } = readStatement('select :a, :b_2, :a')
    assert.equal(text, 'select $1, $2, $1')
    assert.deepEqual(names, ['a', 'b_2'])
})

test('casts, named arguments, slices and question marks are no parameters', () => {
    const sql = "select x::date, make_interval(days := 3), list[1 : 2], doc ? 'key', doc ?| array['a']"
    assert.deepEqual(readStatement(sql), { text: sql, names: [], json: new Set() })
})

test('what looks like a parameter inside strings, quoted names and dollar quotes stays as it is', () => {
    const sql = `select ':a', 'it''s :b', E'\\':c', ":d", $$ :e -- $$, $body$ :f $$ /* $body$, '-- :g'`
    assert.deepEqual(readStatement(sql), { text: sql, names: [], json: new Set() })
})

test('a backslash ends nothing in a plain string, so what follows it is read', () => {
    assert.deepEqual(readStatement(String.raw`select 'a\', :b`).names, ['b'])
})

test('comments go, with what they say, and the lines stay where they were', () => {
    const sql = "select 1 -- don't use :a?\n/* two\n/* nested :b */ lines */ , :c\n"
    assert.deepEqual(readStatement(sql), { text: 'select 1 \n \n , $1\n', names: ['c'], json: new Set() })
})

test('a comment without an end is refused with its line', () => {
    assert.throws(() => readStatement('select 1\n/* /* */'), /begins on line 2 does not end/)
})

test('parameters cast to json are known, those cast to arrays of json are not', () => {
    const { json } = readStatement('select :a::jsonb, :b :: json, :c::jsonb[], :d::text')
    assert.deepEqual([...json], ['a', 'b'])
})

test('numbered parameters are refused', () => {
    assert.throws(() => readStatement('select $1'), /write :name instead of \$1/)
})
