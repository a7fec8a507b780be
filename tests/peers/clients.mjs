// Independent clients drive the training phone: devices, shell v2, push, stream, touch.
// Arguments: PORT of the adb server, SERIAL, FILE to push as the scrcpy server.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { AdbServerClient } from "@yume-chan/adb";
import { AdbServerNodeTcpConnector } from "@yume-chan/adb-server-node-tcp";
import * as scrcpy from "@yume-chan/adb-scrcpy";
import { AndroidKeyCode, AndroidKeyEventAction, AndroidMotionEventAction, AndroidMotionEventButton, ScrcpyPointerId } from "@yume-chan/scrcpy";
import { ReadableStream } from "@yume-chan/stream-extra";

const [port, serial, serverFile] = process.argv.slice(2);
const serverPath = "/data/local/tmp/scrcpy-server.jar";
const versions = ["3.0", "3.0.1", "3.0.2", "3.1", "3.2", "3.3", "3.3.1", "3.3.2", "3.3.3"];
const packetsWanted = 8;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const streamOf = (bytes) => new ReadableStream({ start(c) { c.enqueue(bytes); c.close(); } });

async function bytesOf(stream) {
  const pieces = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(pieces);
    pieces.push(value);
  }
}

async function checkDevices(client) {
  const devices = await client.getDevices();
  const mine = devices.find((device) => device.serial === serial);
  assert.ok(mine, "the phone is listed");
  assert.equal(mine.model, "TrainingPhone");
}

async function checkShell(adb) {
  assert.ok(adb.subprocess.shellProtocol, "the phone offers shell v2");
  const done = await adb.subprocess.shellProtocol.spawnWaitText("echo 输出; echo err >&2; exit 7");
  assert.deepEqual([done.stdout, done.stderr, done.exitCode], ["输出\n", "err\n", 7]);
  const raw = await adb.subprocess.noneProtocol.spawnWaitText("getprop ro.guzheng.training");
  assert.equal(raw.trim(), "1");
}

async function checkPush(adb) {
  const file = new Uint8Array(await readFile(serverFile));
  await scrcpy.AdbScrcpyClient.pushServer(adb, streamOf(file), serverPath);
  const sync = await adb.sync();
  try {
    assert.equal((await sync.stat(serverPath)).size, BigInt(file.length));
    const names = (await sync.readdir("/data/local/tmp")).map((entry) => entry.name);
    assert.ok(names.includes("scrcpy-server.jar"));
    assert.deepEqual(await bytesOf(sync.read(serverPath)), Buffer.from(file));
  } finally {
    await sync.dispose();
  }
}

async function hierarchy(adb) {
  return await adb.subprocess.noneProtocol.spawnWaitText("uiautomator dump /dev/tty");
}

async function untilShown(adb, text) {
  for (let i = 0; i < 200; ++i) {
    const shown = await hierarchy(adb);
    if (shown.includes(text)) return shown;
    await pause(50);
  }
  assert.fail(`${text} never appeared`);
}

// The middle of the node whose content-desc is `name`.
function placeOf(xml, name) {
  const node = xml.match(new RegExp(`content-desc="${name}"[^>]*bounds="\\[(\\d+),(\\d+)\\]\\[(\\d+),(\\d+)\\]"`));
  assert.ok(node, `${name} is on the screen`);
  const [left, top, right, bottom] = node.slice(1).map(Number);
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

async function tap(controller, size, place) {
  const common = { pointerId: ScrcpyPointerId.Finger, pointerX: place.x, pointerY: place.y, videoWidth: size.width,
    videoHeight: size.height, actionButton: AndroidMotionEventButton.None, buttons: AndroidMotionEventButton.None };
  await controller.injectTouch({ ...common, action: AndroidMotionEventAction.Down, pressure: 1 });
  await controller.injectTouch({ ...common, action: AndroidMotionEventAction.Up, pressure: 0 });
}

async function readPackets(video) {
  const reader = video.stream.getReader();
  const packets = [];
  while (packets.length < packetsWanted) {
    const { done, value } = await reader.read();
    assert.ok(!done, "the stream goes on");
    packets.push(value);
  }
  // The rest must be drained, or the connection stands still.
  const rest = (async () => { try { while (!(await reader.read()).done); } catch { /* the client was closed */ } })();
  return { packets, rest };
}

function checkPackets(packets, version) {
  assert.equal(packets[0].type, "configuration", version);
  assert.equal(packets[1].type, "data", version);
  assert.equal(packets[1].keyframe, true, version);
  let last = -1n;
  for (const packet of packets.slice(1)) {
    if (packet.type !== "data") continue;
    assert.ok(packet.pts > last, `${version}: time stamps grow`);
    last = packet.pts;
  }
}

async function checkStream(adb, version, tunnelForward) {
  const Options = scrcpy[`AdbScrcpyOptions${version.replaceAll(".", "_")}`];
  assert.ok(Options, `the library offers ${version}`);
  const options = new Options({ audio: false, control: true, tunnelForward, maxFps: 30 }, { version });
  const client = await scrcpy.AdbScrcpyClient.start(adb, serverPath, options);
  try {
    void client.output.pipeTo(new WritableStream()).catch(() => {});
    const video = await client.videoStream;
    const { packets } = await readPackets(video);
    checkPackets(packets, version);
    assert.deepEqual([video.width, video.height], [720, 1280], version);
    assert.equal(video.metadata.deviceName, "TrainingPhone");

    const press = { action: AndroidKeyEventAction.Down, keyCode: AndroidKeyCode.AndroidHome, repeat: 0, metaState: 0 };
    await client.controller.injectKeyCode(press);
    await client.controller.injectKeyCode({ ...press, action: AndroidKeyEventAction.Up });
    const desktop = await untilShown(adb, "com.android.launcher3:id/icon");
    await tap(client.controller, video, placeOf(desktop, "练习商城"));
    await untilShown(adb, "为你推荐");
  } finally {
    await client.close();
  }
  console.log(`ok ${version} ${tunnelForward ? "forward" : "reverse"}`);
}

const client = new AdbServerClient(new AdbServerNodeTcpConnector({ host: "127.0.0.1", port: Number(port) }));
await checkDevices(client);
const adb = await client.createAdb({ serial });
await checkShell(adb);
await checkPush(adb);
for (const version of versions) await checkStream(adb, version, true);
await checkStream(adb, "3.3.3", false);
await adb.close();
console.log("all peers pass");
process.exit(0);
