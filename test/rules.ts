/**
 * Lists the rules of the specification that no test proves: `npm run rules`. A test proves a rule by its name, which
 * begins with `rule 17:` or `rules 21 and 22:`.
 */
import { rulesProved } from './helpers/rules_proved.ts'

const LAST_RULE = 91

const proved = rulesProved()
const all = Array.from({ length: LAST_RULE }, (_, index) => index + 1)
const without = all.filter((rule) => !proved.has(rule))
for (const rule of all.filter((rule) => proved.has(rule))) {
    console.log(`rule ${rule}: ${proved.get(rule)?.length} in ${[...new Set(proved.get(rule))].join(', ')}`)
}
console.log(`${LAST_RULE - without.length} of ${LAST_RULE} rules have a test. Without: ${without.join(', ') || 'none'}`)
