import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import { root, textOf } from '../helpers/sources.ts'

/** What ties a project to the machine it was written on; written so that this file does not hold it itself. */
const unwanted: Record<string, RegExp> = {
    'a path of some machine': /(?<![\w.])\/(?:work|root|home|Users|farm)\/[\w.]+/,
    'a package registry': /registry\.(?:npmjs|yarnpkg)\.|npm[m]irror|arti[f]actory|pypi\.org/,
    'a secret of a real store': /shp(?:at|ss|ca|pa)_[0-9a-f]{32}/,
}

const files = globSync(
    ['**/*.{ts,sql,md,json,graphql,js,css,hbs,html,csv}', 'Procfile', '.env.example', '.ci/*', '.npmrc'],
    {
        cwd: root,
        exclude: ['**/node_modules/**', '.crossdock/**', '.git/**'],
    },
)

test('the patterns find what they are for', () => {
    const samples = [
        'see /' + 'work/main',
        ['https://registry', 'npmjs', 'org'].join('.'),
        `shp${'at'}_${'0'.repeat(32)}`,
    ]
    for (const [n, pattern] of Object.values(unwanted).entries()) assert.match(samples[n]!, pattern)
})

for (const [what, pattern] of Object.entries(unwanted)) {
    test(`no file names ${what}`, () => {
        assert.ok(files.length > 100)
        const found = files.flatMap((path) => {
            const hit = pattern.exec(textOf(path))
            return hit ? [`${path}: ${hit[0]}`] : []
        })
        assert.deepEqual(found, [])
    })
}
