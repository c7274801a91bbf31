import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { badge, count, dayIn, duration, money, timeIn, words } from './format.ts'

const FOLDER = join(import.meta.dirname, 'views')

export type Views = {
    /** A view by its path under views/ without ending, as HTML. What its data lacks is an error, not an empty place. */
    render(name: string, data: object): string
}

/** Reads and compiles every view once. Files in partials/ are the parts that views share; `layout` is one of them. */
export function openViews(folder = FOLDER): Views {
    const handlebars = Handlebars.create()
    handlebars.registerHelper(helpers)
    const views = new Map<string, Handlebars.TemplateDelegate>()
    for (const file of globSync('**/*.hbs', { cwd: folder })) {
        const name = file.replace(/\.hbs$/, '')
        const text = readFileSync(join(folder, file), 'utf8')
        if (name.startsWith('partials/')) handlebars.registerPartial(name.slice('partials/'.length), text)
        else views.set(name, handlebars.compile(text, { strict: true }))
    }
    return {
        render(name, data) {
            const view = views.get(name)
            if (!view) throw new Error(`Expected a view under server/views, got ${name}.`)
            return view(data)
        },
    }
}

type Options = Handlebars.HelperOptions
type Root = { zone?: string }

const helpers: Handlebars.HelperDeclareSpec = {
    count: (value: unknown) => count(value),
    money: (amount: unknown, currency: unknown) => money(amount, typeof currency === 'string' ? currency : null),
    words: (code: unknown) => words(code),
    /** The day of a time in the place's zone. */
    day(value: unknown, { data }: Options) {
        return dayIn((data.root as Root).zone ?? 'UTC', value)
    },
    duration: (from: unknown, until: unknown) => duration(from, until),
    badge: (state: unknown, text: unknown) => badge(state, text),
    time(value: unknown, { data }: Options) {
        if (typeof value !== 'string') return '–'
        const { zone = 'UTC' } = data.root as Root
        const shown = Handlebars.escapeExpression(timeIn(zone, value))
        return new Handlebars.SafeString(
            `<time datetime="${Handlebars.escapeExpression(value)}" title="${Handlebars.escapeExpression(zone)}">${shown}</time>`,
        )
    },
    capital: (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1),
    several: (list: unknown) => Array.isArray(list) && list.length > 1,
    several_of: (number: unknown) => Number(number) > 1,
    is: (one: unknown, other: unknown) => one === other,
    many: (value: unknown, one: string, several: string) => `${count(value)} ${Number(value) === 1 ? one : several}`,
}
