// tus-js-client against the central server: client.mjs ENDPOINT CA PEM ZIP PACKAGE SHA256 CHUNK CUTS
// Uploads ZIP in chunks; at CUTS of them the connection is destroyed after half of the chunk was sent, and the library goes on by itself. Prints the upload's address.
import fs from 'node:fs';
import https from 'node:https';
import * as tus from 'tus-js-client';

const [endpoint, ca, pem, zip, packageId, sha256, chunk, cuts] = process.argv.slice(2);
const identity = { ca: fs.readFileSync(ca), cert: fs.readFileSync(pem), key: fs.readFileSync(pem) };
let cutsLeft = Number(cuts);
let retried = 0;

// Destroys the socket of a PATCH once half of its body is out: what a line does that breaks.
class CuttingAgent extends https.Agent {
  createConnection(options, callback) {
    const socket = super.createConnection(options, callback);
    if (cutsLeft > 0) {
      const write = socket.write;
      let sent = 0;
      socket.write = function (data, ...rest) {
        sent += data.length ?? 0;
        const done = write.call(this, data, ...rest);
        if (cutsLeft > 0 && sent > Number(chunk) / 2) {
          cutsLeft -= 1;
          setImmediate(() => socket.destroy(new Error('cut')));
        }
        return done;
      };
    }
    return socket;
  }
}

const agent = new CuttingAgent({ ...identity, keepAlive: false });
const upload = new tus.Upload(fs.createReadStream(zip), {
  endpoint,
  uploadSize: fs.statSync(zip).size,
  chunkSize: Number(chunk),
  retryDelays: Array(40).fill(50),
  metadata: { package: packageId, zip_sha256: sha256 },
  httpStack: new tus.DefaultHttpStack({ agent, ...identity }),
  onShouldRetry: () => { retried += 1; return true; },
  onError: (error) => { console.error(String(error)); process.exit(1); },
  onSuccess: () => { console.log(JSON.stringify({ url: upload.url, retried, cutsLeft })); process.exit(0); },
});
upload.start();
