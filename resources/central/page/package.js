// A package's ZIP in the browser (core/seal/FORMAT.md 2, 4, 9, 11.4): every file of an export is held to the digests that the seal fixes; of the upload form, which is encrypted, the
// ZIP as a whole. Read by pieces, so that a package of many gigabytes needs no more memory than a small one. It says nothing of signatures and time stamps.
'use strict';

const gzPackage = (() => {
  const PIECE = 4 << 20;
  const MOST_TEXT = 64 << 20;              // of a list of digests
  const MOST_ENTRIES = 2_000_000;

  // What stands in the file is not what it should be; `say` is a key of the page's words, `path` what it is about.
  class Finding extends Error {
    constructor(say, path = '') {
      super(say + (path ? ': ' + path : ''));
      this.say = say;
      this.path = path;
    }
  }

  const bytesOf = async (blob, from, to) => new DataView(await blob.slice(from, to).arrayBuffer());
  const ascii = (view, from, size) => new TextDecoder('latin1').decode(new Uint8Array(view.buffer, view.byteOffset + from, size));
  const large = (view, at) => {
    const value = view.getBigUint64(at, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Finding('no_zip');
    return Number(value);
  };

  async function digest(blob, took = () => {}) {
    const hash = await hashwasm.createSHA256();
    hash.init();
    for (let at = 0; at < blob.size; at += PIECE) {
      const piece = new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
      hash.update(piece);
      took(piece.length);
    }
    return hash.digest('hex');
  }

  // The end record is the last of the file: such a ZIP has no comment.
  async function directory(file) {
    if (file.size < 22) throw new Finding('no_zip');
    const end = await bytesOf(file, file.size - 22, file.size);
    if (end.getUint32(0, true) !== 0x06054b50 || end.getUint16(20, true) !== 0) throw new Finding('no_zip');
    let count = end.getUint16(10, true), size = end.getUint32(12, true), offset = end.getUint32(16, true);
    if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) {
      if (file.size < 98) throw new Finding('no_zip');
      const record = await bytesOf(file, file.size - 98, file.size - 42);
      if (record.getUint32(0, true) !== 0x06064b50) throw new Finding('no_zip');
      count = large(record, 32);
      size = large(record, 40);
      offset = large(record, 48);
    }
    if (offset + size > file.size || count > MOST_ENTRIES || size > MOST_TEXT * 4) throw new Finding('no_zip');
    return { count, size, offset };
  }

  async function entries(file) {
    const { count, size, offset } = await directory(file);
    const view = await bytesOf(file, offset, offset + size);
    const out = new Map();
    let at = 0;
    for (let i = 0; i < count; ++i) {
      if (at + 46 > size || view.getUint32(at, true) !== 0x02014b50) throw new Finding('no_zip');
      const method = view.getUint16(at + 10, true), name_size = view.getUint16(at + 28, true), extra_size = view.getUint16(at + 30, true);
      const entry = { size: view.getUint32(at + 24, true), offset: view.getUint32(at + 42, true) };
      if (at + 46 + name_size + extra_size > size) throw new Finding('no_zip');
      const name = ascii(view, at + 46, name_size);
      if (method !== 0 || out.has(name)) throw new Finding('no_zip');
      wide(view, at + 46 + name_size, extra_size, entry);
      out.set(name, entry);
      at += 46 + name_size + extra_size + view.getUint16(at + 32, true);
    }
    return out;
  }

  // ZIP64: both sizes if the size needs it, then the offset if that does.
  function wide(view, at, size, entry) {
    if (entry.size !== 0xffffffff && entry.offset !== 0xffffffff) return;
    if (size < 4 || view.getUint16(at, true) !== 1) throw new Finding('no_zip');
    let next = at + 4;
    const take = () => {
      if (next + 8 > at + size) throw new Finding('no_zip');
      next += 8;
      return large(view, next - 8);
    };
    if (entry.size === 0xffffffff) {
      entry.size = take();
      take();
    }
    if (entry.offset === 0xffffffff) entry.offset = take();
  }

  async function content(file, name, entry) {
    const local = await bytesOf(file, entry.offset, entry.offset + 30);
    if (local.byteLength < 30 || local.getUint32(0, true) !== 0x04034b50) throw new Finding('no_zip');
    const begin = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
    if (begin + entry.size > file.size) throw new Finding('cut', name);
    return file.slice(begin, begin + entry.size);
  }

  // "digest, two spaces, path, LF", in byte order.
  function list_of(text, name) {
    const out = new Map();
    if (!text.endsWith('\n')) throw new Finding('bad_list', name);
    for (const line of text.slice(0, -1).split('\n')) {
      const found = /^([0-9a-f]{64}) {2}([!-~]+)$/.exec(line);
      if (!found || out.has(found[2])) throw new Finding('bad_list', name);
      out.set(found[2], found[1]);
    }
    return out;
  }

  // One package's files, held to their lists.
  class Bag {
    constructor(file, all, id, took) {
      Object.assign(this, { file, all, id, took, findings: [], listed: new Set(), bytes: 0, files: 0 });
    }
    async blob(path) {
      const entry = this.all.get(`${this.id}/${path}`);
      if (!entry) throw new Finding('missing', path);
      return content(this.file, path, entry);
    }
    async text(path) {
      const blob = await this.blob(path);
      if (blob.size > MOST_TEXT) throw new Finding('bad_list', path);
      return new TextDecoder('utf-8', { fatal: true }).decode(await blob.arrayBuffer());
    }
    async hold(path, wanted) {
      this.listed.add(path);
      try {
        const blob = await this.blob(path);
        this.files += 1;
        this.bytes += blob.size;
        if (await digest(blob, this.took) !== wanted) this.findings.push(new Finding('changed', path));
      } catch (found) {
        if (!(found instanceof Finding)) throw found;
        this.findings.push(found);
      }
    }
    async check() {
      for (const [path, wanted] of list_of(await this.text('seal/seal.txt'), 'seal/seal.txt')) await this.hold(path, wanted);
      this.listed.add('seal/seal.txt');
      const tags = list_of(await this.text('tagmanifest-sha256.txt'), 'tagmanifest-sha256.txt');
      for (const [path, wanted] of tags) await this.hold(path, wanted);
      for (const [path, wanted] of list_of(await this.text('manifest-sha256.txt'), 'manifest-sha256.txt')) await this.hold(path, wanted);
      if (!this.listed.has('tagmanifest-sha256.txt') || !tags.has('manifest-sha256.txt')) this.findings.push(new Finding('bad_list', 'seal/seal.txt'));
      for (const name of this.all.keys())
        if (name.startsWith(this.id + '/') && !this.listed.has(name.slice(this.id.length + 1))) this.findings.push(new Finding('unlisted', name));
    }
  }

  // { form: 'export' | 'upload' | 'other', id, fingerprint, zip_sha256, findings, files, bytes }. `progress`: a fraction of 0 to 1.
  async function examine(file, progress = () => {}) {
    let done = 0;
    const took = (bytes) => progress(Math.min(1, (done += bytes) / file.size));
    const out = { form: 'other', id: '', fingerprint: '', zip_sha256: '', findings: [], files: 0, bytes: file.size };
    let all = null;
    try {
      all = await entries(file);
    } catch (found) {
      if (!(found instanceof Finding)) throw found;
    }
    const seal = all && [...all.keys()].find((name) => /^[A-Z]{2}-[0-9]{2}-[0-9]{8}-[0-9]{4}\/seal\/seal\.txt$/.test(name));
    if (seal && ![...all.keys()].some((name) => name.startsWith(seal.slice(0, 19) + '.enc/'))) {
      const bag = new Bag(file, all, seal.slice(0, 19), took);
      out.form = 'export';
      out.id = bag.id;
      try {
        out.fingerprint = await digest(await bag.blob('seal/seal.txt'));
        await bag.check();
      } catch (found) {
        if (!(found instanceof Finding) && !(found instanceof TypeError)) throw found;
        bag.findings.push(found instanceof Finding ? found : new Finding('bad_list', ''));
      }
      Object.assign(out, { findings: bag.findings, files: bag.files });
    } else {
      if (all && [...all.keys()].some((name) => name.includes('.enc/'))) out.form = 'upload';
      out.zip_sha256 = await digest(file, took);
    }
    progress(1);
    return out;
  }

  return { examine, digest };
})();
