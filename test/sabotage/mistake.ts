/** A mistake that somebody could make: one text in one file put in the place of another, and the tests that must notice. */
export type Mistake = {
    name: string
    file: string
    /** stands there exactly once */
    find: string
    put: string
    /** files of tests, of which one at least must turn red */
    tests: readonly string[]
    /** of those, only tests of such a name: a regular expression */
    named?: string
}

export const STORIES = 'test/stories/sales.test.ts'
export const STOCK = 'test/stories/stock.test.ts'
export const TWO_WAY = 'test/stories/two_way.test.ts'
export const SEAMS = 'test/stock_stories/figures.test.ts'
