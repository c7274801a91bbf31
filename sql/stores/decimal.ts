import { z } from 'zod'

/** A number of any length as decimal text: never a float. */
export const decimal = z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, 'expected a decimal such as "12.50"'))
