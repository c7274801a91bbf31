import { transaction } from '../database.ts'
import { execute, query, queryOne } from '../query.ts'
import { audit } from '../runs/audit.ts'
import type { Queryable } from '../session.ts'
import { hashPassword, isPassword } from './passwords.ts'

/** An operator, who sees an account and everything in it. */
export type UserRow = { account_id: number; user_id: number; name: string }

/** Gives an operator a password, and makes one of that name where there is none; whoever was signed in as them is not any more. */
export async function setPassword(
    q: Queryable,
    { account_id, name, password }: { account_id: number; name: string; password: string },
): Promise<UserRow> {
    const hash = await hashPassword(password)
    return transaction(q, async (tx) => {
        const user = await queryOne<UserRow>(tx, 'site/put_user', { account_id, name, password: hash })
        await execute(tx, 'site/end_sessions_of_user', { account_id, user_id: user.user_id })
        await audit(tx, { account_id, who: name, what: 'operator.password_set' })
        return user
    })
}

type Kept = UserRow & { password: string; account: string }

/**
 * The operator of that name and password, or null; it takes as long either way. `account`, by name or number, is needed
 * where several have one of that name with that password.
 */
export async function signIn(
    q: Queryable,
    { name, password, account }: { name: string; password: string; account: string | null },
): Promise<UserRow | null> {
    if (password === '') return null
    const users = await query<Kept>(q, 'site/users_named', { name, account })
    const [only] = users
    const fits = await isPassword(password, users.length === 1 ? only!.password : null)
    if (!only || !fits) return null
    const { account_id, user_id } = only
    return { account_id, user_id, name: only.name }
}

/** One operator, or null. */
export async function userById(q: Queryable, account_id: number, user_id: number): Promise<UserRow | null> {
    const [user] = await query<UserRow>(q, 'site/user_by_id', { account_id, user_id })
    return user ?? null
}

/** Accounts that nobody has a password for yet. */
export async function accountsWithoutOperator(q: Queryable): Promise<{ account_id: number; name: string }[]> {
    return query(q, 'site/accounts_without_operator')
}
