import { shopActions } from '../shop/actions/index.ts'
import { shopNamed, type Verb } from './body.ts'

/** What the shops' own people do, each with `shop` in its body. */
export const merchantVerbs: Readonly<Record<string, Verb>> = Object.fromEntries(
    Object.entries(shopActions).map(([name, action]): [string, Verb] => [
        name,
        (parts, body) => action(shopNamed(parts, body.shop), body, parts.clock),
    ]),
)
