import { z } from 'zod'
import { audit } from '../../sql/runs/audit.ts'
import { accountsOf, addAccount } from '../../sql/stores/accounts.ts'
import { command } from './command.ts'

export const accountCreate = command({
    name: 'account create',
    does: 'Makes an account: stores that may be connected with each other.',
    about: 'One account needs no name on later commands; with several, each command takes --account NAME.',
    example: 'crossdock account create "Northwind group"',
    arguments: [['<name>', 'what the account is called']],
    given: z.object({ name: z.string().trim().min(1, 'expected a name') }),
    async run({ name }, desk) {
        const db = await desk.db()
        const [known] = await accountsOf(db, name)
        if (known)
            throw new Error(`Expected a new name, but account ${known.account_id} is called ${name}. Choose another.`)
        const account = await addAccount(db, name)
        await audit(db, { account_id: account.account_id, who: desk.who, what: 'account.created', detail: { name } })
        return { json: { account: account.account_id, name }, text: `Account ${account.account_id}, ${name}, is made.` }
    },
})
