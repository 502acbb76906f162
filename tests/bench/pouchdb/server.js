// SPDX-License-Identifier: GPL-3.0-or-later
// The peer's server: express-pouchdb on loopback over PouchDB's own LevelDB store; prints its port, ends with its standard input.
const express = require('express');
const expressPouchdb = require('express-pouchdb');
const PouchDB = require('pouchdb');

const folder = process.argv[2];
const app = express();
app.use('/', expressPouchdb(PouchDB.defaults({ prefix: folder + '/' }), {
  mode: 'minimumForPouchDB',
  inMemoryConfig: true,
  logPath: folder + '/log.txt',
}));
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
