import { permissionsOf, type BusService } from '../../platform/bus/nats/permissions.ts'

/**
 * The users of NATS in its own language of configuration: one a service, with what it may use, and `seed`, which stands in for
 * all of them.
 * @param passwordOf a string in quotes, or a variable of the environment
 */
export function natsUsers(services: readonly BusService[], passwordOf: (name: string) => string): string {
  const users = services.map((service) => {
    const { publish, subscribe } = permissionsOf(service)
    return user(service.name, passwordOf, [
      '      permissions {',
      `        publish: [${publish.map((subject) => `\n          "${subject}"`).join('')}`,
      '        ]',
      `        subscribe: [${subscribe.map((subject) => `"${subject}"`).join(', ')}]`,
      '      }',
    ])
  })
  return [
    '# Made of deploy/nats/services.ts. Each user may use what its service does on the bus.',
    'authorization {',
    '  users: [',
    ...users,
    user('seed', passwordOf, []),
    '  ]',
    '}',
    '',
  ].join('\n')
}

function user(name: string, passwordOf: (name: string) => string, permissions: readonly string[]): string {
  return ['    {', `      user: ${name}`, `      password: ${passwordOf(name)}`, ...permissions, '    }'].join('\n')
}

/** For passwords from the environment: `$NATS_PASSWORD_CART`. */
export function passwordVariable(name: string): string {
  return `NATS_PASSWORD_${name.toUpperCase()}`
}
