import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, textOf } from '../helpers/sources.ts'
import { mistakes } from './mistakes/index.ts'

test('every mistake finds its text once, and changes it', () => {
    const lost = mistakes.filter(({ file, find, put }) => textOf(file).split(find).length !== 2 || find === put)
    assert.deepEqual(
        lost.map(({ name, file }) => `${name}: look at ${file} and at test/sabotage/mistakes`),
        [],
    )
})

test('the tests that must notice a mistake are there', () => {
    const named = new Set(mistakes.flatMap(({ tests }) => tests))
    assert.deepEqual(
        [...named].filter((path) => !existsSync(join(root, path))),
        [],
    )
})

test('no two mistakes have one name', () => {
    assert.equal(new Set(mistakes.map(({ name }) => name)).size, mistakes.length)
    assert.ok(mistakes.length >= 25)
})
