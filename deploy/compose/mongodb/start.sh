#!/bin/bash
# A replica set of one, with users. `users.js` runs beside every start and does what is still to be done, so that a
# machine that dies in the middle of the first start finds its way on the next.
set -euo pipefail
export HOME=/tmp

make_users() {
  until mongosh --quiet --norc --eval 'db.adminCommand("ping").ok' >/dev/null 2>&1; do sleep 0.5; done
  until mongosh --quiet --norc --file /deploy/users.js; do sleep 2; done
}
make_users &

exec mongod --bind_ip_all --replSet souk --keyFile /run/secrets/of/mongodb/key-file --dbpath /data/db \
  --wiredTigerCacheSizeGB 0.25 --quiet
