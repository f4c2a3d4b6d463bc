import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg'

/**
 * Makes a user and a database `souk_<name>` for each name, where they are missing, and sets the password. A user may use its
 * own database and no other.
 * @param owners the password of each
 */
export async function makeDatabases(client: ClientBase, owners: Readonly<Record<string, string>>): Promise<void> {
  await client.query('revoke connect on database postgres from public')
  for (const [name, password] of Object.entries(owners)) {
    const [user, database] = [escapeIdentifier(name), escapeIdentifier(`souk_${name}`)]
    if (!(await isThere(client, 'select from pg_roles where rolname = $1', name)))
      await client.query(`create role ${user} login`)
    await client.query(`alter role ${user} with login password ${escapeLiteral(password)}`)
    if (!(await isThere(client, 'select from pg_database where datname = $1', `souk_${name}`)))
      await client.query(`create database ${database} owner ${user}`)
    await client.query(`revoke all on database ${database} from public`)
  }
}

async function isThere(client: ClientBase, statement: string, name: string): Promise<boolean> {
  const { rowCount } = await client.query(statement, [name])
  return rowCount === 1
}
