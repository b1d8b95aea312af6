// node-forge without what no certificate asks for: TLS, SSH, PKCS#7, Ed25519. The bundler takes this in its place.
module.exports = require('node-forge/lib/forge');
require('node-forge/lib/asn1');
require('node-forge/lib/md');
require('node-forge/lib/sha256');
require('node-forge/lib/pkcs12');
require('node-forge/lib/pki');
