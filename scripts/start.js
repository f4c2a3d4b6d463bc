// What `npm start` runs. A Node too old must be able to read this file in order to refuse: old syntax, no static import.
// The number is the one of "engines" in package.json; a test keeps the two together.
var oldest = '20.19'
var parts = process.versions.node.split('.')
var wanted = oldest.split('.')

if (Number(parts[0]) * 1000 + Number(parts[1]) < Number(wanted[0]) * 1000 + Number(wanted[1])) {
  console.error('Souk needs Node ' + oldest + ' or newer, and this is ' + process.versions.node + ': see nodejs.org.')
  process.exit(1)
} else {
  import('./bootstrap/launch.js').then(function (bootstrap) {
    return bootstrap.launch()
  })
}
