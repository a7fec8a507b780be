// @tus/server with its file store over TLS, as the workstation's upload meets it: server.mjs FOLDER PORT CA CERT KEY
// Only who has a certificate of CA comes in. Uploads under /v1/uploads are the library's alone. Its file has no receipts to give: "nothing known" of a package until its upload is whole,
// then "being verified" for good. Prints a line of JSON for its port, each upload that was begun, how much each piece brought, each upload that came whole, and each question for a receipt.
import fs from 'node:fs';
import https from 'node:https';
import { Server, EVENTS } from '@tus/server';
import { FileStore } from '@tus/file-store';

const [directory, port, ca, cert, key] = process.argv.slice(2);
const tell = (line) => fs.writeSync(1, JSON.stringify(line) + '\n');
const tus = new Server({
  path: '/v1/uploads',
  datastore: new FileStore({ directory }),
  generateUrl: (request, { host, path, id }) => `https://${host}${path}/${id}`,
});
tus.on(EVENTS.POST_CREATE, (request, response, upload) => tell({ created: upload.id, size: upload.size, metadata: upload.metadata }));
tus.on(EVENTS.POST_FINISH, (request, response, upload) => tell({ whole: upload.id }));

// Of the library's own records: also what came whole before it was started anew.
function wholeOf(sha256) {
  for (const name of fs.readdirSync(directory).filter((one) => one.endsWith('.json'))) {
    const record = JSON.parse(fs.readFileSync(`${directory}/${name}`));
    if (record.metadata?.zip_sha256 === sha256 && fs.statSync(`${directory}/${record.id}`).size === record.size) return true;
  }
  return false;
}

const server = https.createServer({ ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key), requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' }, (request, response) => {
  const asked = request.url.match(/^\/v1\/packages\/[^/]+\/receipts\/([0-9a-f]{64})$/);
  if (asked) {
    const whole = wholeOf(asked[1]);
    tell({ asked: asked[1], status: whole ? 202 : 404 });
    response.writeHead(whole ? 202 : 404, { 'Content-Type': 'application/json', 'Retry-After': '5' });
    response.end(JSON.stringify(whole ? { state: 'verifying' } : { error: 'unknown', why: 'not received' }));
    return;
  }
  if (!request.url.startsWith('/v1/uploads')) {
    response.writeHead(404);
    response.end();
    return;
  }
  if (request.method === 'PATCH') {
    const at = Number(request.headers['upload-offset']), { socket } = request, before = socket.bytesRead;     // the body itself is the library's to read
    request.on('close', () => tell({ at, came: socket.bytesRead - before }));
  }
  tus.handle(request, response);
});
server.listen(Number(port), '127.0.0.1', () => tell({ port: server.address().port }));
