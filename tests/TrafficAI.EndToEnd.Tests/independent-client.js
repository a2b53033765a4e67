// A controller of the field contract that shares no code with ours: MQTT.js over TLS, protobuf.js on field.proto, HMAC by Node.
// It says that it is there, sends the frames that it gets as JSON, one every 50 ms, and prints the first plan on its last frame as JSON.
//   node independent-client.js TOOLS < JSON {url, ca, cert, key, proto, city, intersection, sealKey, presence, frames}
const [tools] = process.argv.slice(2);
const { readFileSync } = require('fs');
const { createHmac } = require('crypto');
const load = require('module').createRequire(tools);
const mqtt = load('mqtt'), protobuf = load('protobufjs');

const given = JSON.parse(readFileSync(0, 'utf8'));
const root = protobuf.loadSync(given.proto);
const type = name => root.lookupType('tai.v1.' + name);
const bytes = (name, json) => Buffer.from(type(name).encode(type(name).fromObject(json)).finish());
const topic = end => `tai/v1/${given.city}/${given.intersection}/${end}`;
const last = given.frames.at(-1).sequence;

const client = mqtt.connect(given.url, { protocolVersion: 4, ca: readFileSync(given.ca), cert: readFileSync(given.cert), key: readFileSync(given.key) });
client.on('error', e => { console.error(e.message); process.exit(1); });
client.on('message', (name, payload) => {
  const envelope = type('Envelope').decode(payload);
  const mac = createHmac('sha256', Buffer.from(given.sealKey, 'hex')).update(name).update('\0').update(envelope.body).digest();
  const plan = type('Plan').toObject(type('Plan').decode(envelope.body), { longs: String });
  if (plan.baseSequence !== last) return;
  console.log(JSON.stringify({ isSealed: mac.equals(envelope.mac), boot: plan.head.boot, leaseSeconds: plan.leaseSeconds, entries: plan.entries.length }));
  client.end();
});
client.on('connect', async () => {
  await client.subscribeAsync(topic('down/plan'));
  await client.publishAsync(topic('up/presence'), bytes('Presence', given.presence), { qos: 1, retain: true });
  for (const frame of given.frames) {
    await client.publishAsync(topic('up/frame'), bytes('Frame', frame));
    await new Promise(resolve => setTimeout(resolve, 50));
  }
});
setTimeout(() => { console.error('no plan came'); process.exit(1); }, 20000).unref();
