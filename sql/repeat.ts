/** Names a statement may repeat over: `{ fields: ['title', 'vendor'] }`. */
export type Lists = { readonly [list: string]: readonly string[] }

/**
 * Repeats the bracketed part of a statement once for each name of a list:
 * `[[ fields: d.# is distinct from a.# || or ]]` becomes `d.title is distinct from a.title or d.vendor is …`;
 * without `||` the parts are joined by commas, with nothing after it by a space. So a field is named in its entity's file and in a migration, and nowhere else.
 *
 * @throws when a list is asked for that was not given, or holds a name that is no plain identifier.
 */
export function repeat(sql: string, lists: Lists): string {
    return sql.replaceAll(
        /\[\[\s*(\w+):(.*?)(?:\|\|(.*?))?\]\]/gs,
        (_whole, list: string, part: string, joint?: string) => {
            const names = lists[list]
            if (!names)
                throw new Error(`Expected a list named ${list}, got ${Object.keys(lists).join(', ') || 'none'}.`)
            const odd = names.find((name) => !/^[a-z_][a-z0-9_]*$/.test(name))
            if (odd) throw new Error(`Expected plain column names in the list ${list}, got ${JSON.stringify(odd)}.`)
            return names
                .map((name) => part.trim().replaceAll('#', name))
                .join(joint === undefined ? ', ' : ` ${joint.trim()} `)
        },
    )
}
