'use strict';
// S3 Control's client puts the account id before the endpoint's host. Before an address that is no name any resolver
// knows, and few know the names under localhost; both mean this machine.

const dns = require('node:dns');

const UNDER_LOOPBACK = /\.(127\.0\.0\.1|localhost)$/;
const { lookup } = dns;

dns.lookup = (name, options, callback) => {
  const answer = typeof options === 'function' ? options : callback;
  if (!UNDER_LOOPBACK.test(name)) return lookup(name, options, callback);
  if (options?.all) return process.nextTick(answer, null, [{ address: '127.0.0.1', family: 4 }]);
  return process.nextTick(answer, null, '127.0.0.1', 4);
};
