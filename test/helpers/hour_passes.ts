import type { Database } from '../../sql/database.ts'

/**
 * An hour goes by between two runs, as far as the database can tell. A comparison looks back a quarter of an hour past the last
 * one: where all happens within seconds it would look at everything, and nothing could slip through that is to be found.
 */
export async function hourPasses(db: Pick<Database, 'send'>): Promise<void> {
    await db.send(`
        do $$
        declare
            told record;
        begin
            for told in
                select table_schema, table_name
                from information_schema.columns
                join information_schema.tables using (table_schema, table_name)
                where column_name = 'changed_at' and table_type = 'BASE TABLE'
            loop
                execute format('update %I.%I set changed_at = changed_at - interval ''1 hour''', told.table_schema, told.table_name);
            end loop;
            update changes set applied_at = applied_at - interval '1 hour' where applied_at is not null;
            update brake_references set moved_at = moved_at - interval '1 hour';
            update change_sets set created_at = created_at - interval '1 hour';
            update connections set
                compared_at = compared_at - interval '1 hour',
                movements_at = movements_at - interval '1 hour',
                mirrored_at = mirrored_at - interval '1 hour',
                settings_at = settings_at - interval '1 hour';
        end $$`)
}
