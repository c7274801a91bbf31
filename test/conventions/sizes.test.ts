import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourcesNamed, textOf } from '../helpers/sources.ts'

const LONGEST_FILE = 300

// Functions are measured by biome: noExcessiveLinesPerFunction in biome.json.
test('no file is past 300 lines', () => {
    const long = [...sourcesNamed('.ts'), ...sourcesNamed('.sql')]
        .map((path) => ({ path, lines: textOf(path).trimEnd().split('\n').length }))
        .filter(({ lines }) => lines > LONGEST_FILE)
        .map(({ path, lines }) => `${path} has ${lines} lines`)
    assert.deepEqual(long, [])
})
