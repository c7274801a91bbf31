import assert from 'node:assert/strict'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { sourcesNamed, textOf } from '../helpers/sources.ts'

/** Who may import what of ours: paths that an importing file's path and an imported one's begin with. */
const mayImport: Record<string, string[]> = {
    'connectors/sandbox/': ['connectors/sandbox/'], // else it would share our reading of Shopify, mistakes included
    'connectors/': ['connectors/shopify/', 'connectors/entities/', 'connectors/spreadsheet/'],
    // the demo ends by asking the oracle, and then serves the site: nothing else of ours outside test/ or server/ may
    'jobs/demo': ['jobs/', 'sql/', 'connectors/', 'reports/', 'uploads/', 'server/', 'test/oracle/'],
    'jobs/sandbox': ['jobs/', 'sql/', 'connectors/', 'reports/', 'uploads/'],
    'jobs/': [
        'jobs/',
        'sql/',
        'connectors/shopify/',
        'connectors/entities/',
        'connectors/spreadsheet/',
        'reports/',
        'uploads/',
    ],
    'uploads/': ['uploads/', 'sql/', 'connectors/entities/', 'connectors/spreadsheet/'],
    'reports/': ['reports/', 'sql/', 'connectors/entities/', 'connectors/spreadsheet/'],
    'server/': [
        'server/',
        'sql/',
        'reports/',
        'uploads/',
        'connectors/entities/',
        'connectors/spreadsheet/',
        'connectors/shopify/oauth',
        // what an app is asked to be granted, and by which version of the API: tables without a client
        'connectors/shopify/scopes.ts',
        'connectors/shopify/api_version.ts',
        'connectors/shopify/webhooks',
        'jobs/calendar.ts',
    ],
    'sql/': ['sql/'],
    'test/oracle/': ['test/oracle/'], // what must be true is worked out without the code that is to be judged
    'test/': ['test/', 'sql/', 'connectors/', 'jobs/', 'reports/', 'uploads/', 'server/'],
}

/** Packages that only some folders know. */
const onlyIn: Record<string, string[]> = {
    knex: ['sql/'],
    pg: ['sql/'],
    'pg-copy-streams': ['sql/'],
    express: ['server/', 'connectors/sandbox/'],
}

type Import = { from: string; what: string }

const imports: Import[] = sourcesNamed('.ts').flatMap((from) => importsIn(textOf(from)).map((what) => ({ from, what })))

/** What import and export statements and `import()` name. */
function importsIn(text: string): string[] {
    const statements = /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*|^\s*import\s*|\bimport\(\s*)(['"])([^'"]+)\1/gm
    return [...text.matchAll(statements)].map((match) => match[2]!)
}

test('every import statement is seen', () => {
    const text = `import a from 'one'\nimport {\n    b,\n} from "two"\nimport 'three'\nexport * from './four.ts'\nawait import('five')`
    assert.deepEqual(importsIn(text), ['one', 'two', 'three', './four.ts', 'five'])
    assert.ok(imports.length > 100)
})

test('folders import only what lies before them in the house', () => {
    const wrong = imports
        .filter(({ what }) => what.startsWith('.'))
        .map(({ from, what }) => ({ from, to: normalize(join(dirname(from), what)) }))
        .filter(({ from, to }) => !allowedFor(from).some((start) => to.startsWith(start)))
        .map(({ from, to }) => `${from} imports ${to}`)
    assert.deepEqual(wrong, [], 'see mayImport in this file')
})

test('only the folders meant to know the database driver and the web framework import them', () => {
    const wrong = imports.flatMap(({ from, what }) => {
        const homes = onlyIn[what]
        return homes && !homes.some((home) => from.startsWith(home)) ? [`${from} imports ${what}`] : []
    })
    assert.deepEqual(wrong, [], 'see onlyIn in this file')
})

test('imports of our own files say their ending', () => {
    const wrong = imports.filter(({ what }) => what.startsWith('.') && !/\.(ts|js|json)$/.test(what))
    assert.deepEqual(wrong, [])
})

/** The most particular entry counts. */
function allowedFor(from: string): string[] {
    const starts = Object.keys(mayImport).filter((start) => from.startsWith(start))
    const nearest = starts.toSorted((a, b) => b.length - a.length)[0]
    return nearest ? mayImport[nearest]! : []
}
