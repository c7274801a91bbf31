import { z } from 'zod'
import { command, WrongUse } from './command.ts'
import { jsonFile, number } from './given.ts'
import { untilEnded } from './until_ended.ts'

const given = z
    .object({
        port: number.refine((port) => port < 65536, 'expected a port'),
        shops: z.string().optional(),
        products: number.optional(),
        seed: number.optional(),
        csv: z.string().optional(),
    })
    .refine(({ shops, products, csv }) => [shops, products, csv].filter((one) => one !== undefined).length <= 1, {
        path: ['shops'],
        message: 'expected one of --shops, --products and --csv',
    })

export const sandbox = command({
    name: 'sandbox',
    does: 'Runs a Shopify on this machine, to rehearse with, until it is ended.',
    about: [
        'Without options: a source and a destination, both empty. --products and --csv fill the source.',
        'Each shop takes the token that is printed with its origin; what happens in the shops is said to',
        'POST /control of the printed address.',
    ].join('\n'),
    example: 'crossdock sandbox --port 4000 --products 200 --seed 1\ncrossdock sandbox --port 4000 --csv products.csv',
    options: [
        ['--port <port>', 'of the loopback; 0 takes a free one'],
        ['--shops <file>', 'a JSON list of shops'],
        ['--products <number>', 'a generated catalogue of so many products'],
        ['--seed <number>', 'the same seed gives the same catalogue, 1 by default'],
        ['--csv <file>', 'a product CSV exported from a Shopify store'],
    ],
    given,
    async run({ port, shops, products, seed = 1, csv }, desk) {
        const list = shops === undefined ? null : await jsonFile(shops)
        if (list !== null && !Array.isArray(list)) throw new WrongUse(`Expected a JSON list of shops in ${shops}.`)
        const catalogue = csv !== undefined ? { csv } : products !== undefined ? { products, seed } : undefined
        const { openSandbox } = await import('../sandbox.ts')
        const { opened, close } = await openSandbox({ port, shops: list, catalogue })
        for (const { domain, origin, token } of opened.shops) {
            desk.say(`${domain} at ${origin}${token === null ? '' : `, token ${token}`}`)
        }
        const outcome = { json: opened, text: `The sandbox listens at ${opened.url}. Ctrl-C ends it.` }
        desk.ready(outcome)
        await untilEnded(desk.signal).finally(close)
        return outcome
    },
})
