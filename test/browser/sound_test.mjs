// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * sound_test: a delegate far away is heard when the Chair gives the floor, and neither before nor after.
 *
 *     node sound_test.mjs COMITY
 *
 * Makes a sitting, serves it with Janus, opens its page in Chromium as several people; the microphones
 * give a tone. What counts is the energy of the sound that arrives at a listener. TAP.
 */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { signIn } from './people.mjs';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const comity = process.argv[2];
const script = fileURLToPath(new URL('sitting', import.meta.url));
const janus = process.env.JANUS ?? '/usr/bin/janus';
/* Below those that the kernel gives to whoever asks for any. */
const ports = '26000-26999';
const relayPorts = { listen: 25478, first: 27000, last: 27199 };
const floor = '/g/wgec/meetings/2/floor';
const SILENCE = 0.0005; /* root of the mean square; the tone arrives with some 0.03 */
const TONE = 0.005;

let tests = 0;
let failed = 0;

function check(good, name, more = '') {
	tests++;
	if (!good) failed++;
	console.log(`${good ? 'ok' : 'not ok'} ${tests} - ${name}`);
	if (more !== '') console.log(`# ${more}`);
}

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

async function until(what, ms = 15000) {
	for (const end = Date.now() + ms; Date.now() < end; await pause(50)) if (await what()) return true;
	return false;
}

/* --- the server --- */

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'comity-sound-'));
const run = path.join(dir, 'run');
fs.mkdirSync(run);
let server = null;
let said = '';
const heardOf = []; /* what each server said, for who looks for what went wrong */

async function serve(...options) {
	heardOf.push(said);
	said = '';
	server = spawn(comity, ['serve', path.join(dir, 'demo'), '--demo', '--listen', '127.0.0.1:0', ...options],
		{ stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: run, RUNTIME_DIRECTORY: '' } });
	for (const out of [server.stdout, server.stderr]) out.on('data', (d) => { said += d; });
	await until(() => /^Comity serves .* at (http\S*)\/$/m.test(said));
	return said.match(/^Comity serves .* at (http\S*)\/$/m)?.[1];
}

async function stop() {
	if (!server) return;
	const over = new Promise((done) => { server.once('exit', done); });
	server.kill('SIGTERM');
	await over;
	server = null;
}

/* Children of the server and their children, by /proc. */
function janusOf(pid) {
	for (const p of fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
		try {
			const stat = fs.readFileSync(`/proc/${p}/stat`, 'utf8').split(') ')[1].split(' ');
			if (Number(stat[1]) === pid && fs.readFileSync(`/proc/${p}/comm`, 'utf8').startsWith('janus')) return Number(p);
		} catch { /* it has ended meanwhile */ }
	}
	return 0;
}

/* --- the tone --- */

function tone(file) {
	const rate = 48000;
	const n = rate;
	const b = Buffer.alloc(44 + n * 2);
	b.write('RIFF', 0);
	b.writeUInt32LE(36 + n * 2, 4);
	b.write('WAVEfmt ', 8);
	b.writeUInt32LE(16, 16);
	b.writeUInt16LE(1, 20);
	b.writeUInt16LE(1, 22);
	b.writeUInt32LE(rate, 24);
	b.writeUInt32LE(rate * 2, 28);
	b.writeUInt16LE(2, 32);
	b.writeUInt16LE(16, 34);
	b.write('data', 36);
	b.writeUInt32LE(n * 2, 40);
	for (let i = 0; i < n; i++) b.writeInt16LE(Math.round(16000 * Math.sin(2 * Math.PI * 440 * i / rate)), 44 + i * 2);
	fs.writeFileSync(file, b);
}

/* --- people --- */

const noise = [];

/* walled: nothing gets out to it but what goes through the relay. */
async function person(browser, base, name, sign, walled = false) {
	const context = await browser.newContext({ locale: 'en', permissions: ['microphone'] });
	/* Every connection that the page makes is kept where the test finds it. */
	await context.addInitScript((wall) => {
		const Real = window.RTCPeerConnection;
		window.lines = [];
		window.states = [];
		document.addEventListener('DOMContentLoaded', () => {
			const line = document.getElementById('sound-state');
			if (line) new MutationObserver(() => window.states.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
		});
		window.RTCPeerConnection = class extends Real {
			constructor(conf) {
				super(wall ? { ...conf, iceTransportPolicy: 'relay' } : conf);
				window.lines.push(this);
			}
		};
	}, walled);
	const page = await context.newPage();
	page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) noise.push(`${name}: ${m.text()}`); });
	page.on('pageerror', (e) => noise.push(`${name}: ${e.message}`));
	/* By a link: passphrases are hashed when nobody else needs the machine, and Chromium does. */
	if (sign) await signIn(page, new URL(base), `${sign.toLowerCase()}@example.org`);
	await page.goto(base + floor);
	return page;
}

const state = (page) => page.textContent('#sound-state');
const says = (page, word, ms) => until(async () => (await state(page)).includes(word), ms);
/* Said since the page was opened, though perhaps for a moment only. */
const hasSaid = (page, word, ms) => until(() => page.evaluate((w) => window.states.some((s) => s.includes(w)), word), ms);

/* What arrived over all lines since they were opened: energy, and seconds. */
const arrived = (page) => page.evaluate(async () => {
	let energy = 0;
	let time = 0;
	for (const pc of window.lines) {
		if (pc.connectionState !== 'connected') continue;
		for (const s of (await pc.getStats()).values()) {
			if (s.type !== 'inbound-rtp') continue;
			energy += s.totalAudioEnergy;
			time += s.totalSamplesDuration;
		}
	}
	return { energy, time };
});

/* Root of the mean square of what arrived between the two; -1: nothing did. */
function loudness(after, before = { energy: 0, time: 0 }) {
	const time = after.time - before.time;
	return time > 0.3 ? Math.sqrt(Math.max(0, after.energy - before.energy) / time) : -1;
}

const isSilent = (l) => l >= 0 && l < SILENCE;

/* From the beginning on. */
async function nothingYet(page, name) {
	await heard(page, name, 'silence');
	const l = loudness(await arrived(page));
	check(isSilent(l), `${name}, at no moment`, `loudness ${l.toFixed(6)}`);
}

/*
 * What is heard in a second and a half. What was on its way, and its echo in the decoder, may take
 * its time on a machine that has much else to do: so it may become so, and is then to stay so.
 */
async function heard(page, name, wanted) {
	const told = [];
	const start = Date.now();
	const listen = async (ms) => {
		const before = await arrived(page);
		await pause(ms);
		const l = loudness(await arrived(page), before);
		told.push(l.toFixed(6));
		return wanted === 'tone' ? l > TONE : isSilent(l);
	};
	const began = await until(() => listen(500));
	const after = Date.now() - start;
	check(began && await listen(1500), name, `loudness ${told.slice(-4).join(' ')}, after ${after} ms`);
}

async function press(page, text) {
	await page.click(`button:text-is("${text}")`);
}

/* --- what is tested --- */

/* A page of one's own making that sends its microphone whatever Comity's page would do. */
async function shouts(page) {
	return page.evaluate(async () => {
		const part = document.getElementById('sound');
		const mic = await navigator.mediaDevices.getUserMedia({ audio: true });
		const pc = new RTCPeerConnection();
		pc.addTransceiver(mic.getAudioTracks()[0], { direction: 'sendonly' });
		await pc.setLocalDescription();
		const body = new URLSearchParams({ _token: part.dataset.token, channel: '', offer: pc.localDescription.sdp });
		const answer = await fetch(part.dataset.to, { method: 'POST', body });
		if (!answer.ok) return answer.status;
		await pc.setRemoteDescription({ type: 'answer', sdp: (await answer.json()).answer });
		for (let i = 0; i < 100 && pc.connectionState !== 'connected'; i++) await new Promise((done) => { setTimeout(done, 50); });
		window.shout = pc;
		return pc.connectionState;
	});
}

/* An act by a form that opens in the page: true when the sound goes on meanwhile, over the same connection. */
async function actsMeanwhile(page, link, fill) {
	const connected = await page.evaluate(() => {
		window.before = window.lines.filter((x) => x.connectionState === 'connected');
		return window.before.length;
	});
	await page.click(`a:text-is("${link}")`);
	await fill();
	await page.click('#act form button');
	await page.locator('#act').waitFor({ state: 'hidden' });
	return connected > 0 && page.evaluate(() => window.before?.every((x) => x.connectionState === 'connected') ?? false);
}

async function theFloor(browser, base, all) {
	const chair = await person(browser, base, 'chair', 'Chair');
	const kenya = await person(browser, base, 'kenya', 'Delegate');
	const anyone = await person(browser, base, 'anyone');
	all.push(chair, kenya, anyone);

	check(await anyone.locator('a[href="https://conference.example.org/second/morning"]').count() === 1,
		'the address of the conference of this sitting stays beside the sound');
	check(await anyone.locator('#sound-speak').count() === 0, 'the public is offered no microphone');
	await press(anyone, 'Listen');
	check(await says(anyone, 'You are listening.'), 'the public listens', await state(anyone));
	await press(kenya, 'Take part with a microphone');
	check(await says(kenya, 'closed until the Chair gives you the floor'), 'a delegate takes part, with a closed microphone',
		await state(kenya));
	check(await shouts(kenya) === 'connected', 'a page that is not ours sends the microphone of the delegate, too');
	await nothingYet(anyone, 'nothing is heard before the delegate asks');

	await kenya.evaluate(() => { window.shout.close(); });
	check(await actsMeanwhile(kenya, 'Request the floor', async () => {
		await kenya.selectOption('select[name=kind]', 'statement');
		await kenya.selectOption('select[name=mode]', 'remote').catch(() => kenya.check('input[name=mode][value=remote]'));
	}), 'the delegate asks for the floor, and the sound goes on');
	check(await says(kenya, 'closed until the Chair'), 'the delegate is on the list, the microphone is closed');
	check(await shouts(kenya) === 'connected', 'again that page');
	await nothingYet(anyone, 'nothing is heard before the delegate has the floor');

	await kenya.evaluate(() => { window.shout.close(); });
	await press(chair, 'Give the floor to the next');
	check(await says(kenya, 'Your microphone is open'), 'the Chair gives the floor, and the microphone opens');
	await heard(anyone, 'the delegate is heard', 'tone');
	await heard(kenya, 'but not by himself', 'silence');

	await press(kenya, 'Close my microphone');
	check(await says(kenya, 'closed your microphone yourself'), 'the speaker closes it for a moment');
	await heard(anyone, 'nothing is heard meanwhile', 'silence');
	await press(kenya, 'Open my microphone');
	await heard(anyone, 'and opens it again', 'tone');

	await press(chair, 'Interrupt');
	check(await says(kenya, 'closed until the Chair'), 'the Chair interrupts, and the microphone closes');
	await heard(anyone, 'nothing is heard of who was interrupted', 'silence');
	await press(chair, 'Let the speaker go on');
	check(await says(kenya, 'Your microphone is open'), 'the speaker goes on');
	check(await shouts(kenya) === 'connected', 'that page once more, now with the floor');
	await heard(anyone, 'and is heard again', 'tone');

	await press(chair, 'End the statement');
	check(await says(kenya, 'closed until the Chair'), 'the statement ends, and the microphone closes');
	await heard(anyone, 'nothing is heard after the end, whatever a page sends', 'silence');
	await kenya.evaluate(() => { window.shout.close(); });
	return { chair, kenya, anyone };
}

async function theBooth(browser, base, { anyone, chair }, all) {
	const booth = await person(browser, base, 'booth', 'Interpreter');
	const french = await person(browser, base, 'french');
	all.push(booth, french);
	await french.selectOption('#sound-channel', 'fr');
	await press(french, 'Listen');
	check(await says(french, 'You are listening.'), 'somebody listens in French, and nobody interprets');
	await heard(french, 'nobody speaks, and nothing is heard', 'silence');
	await press(chair, 'Take part with a microphone');
	check(await says(chair, 'Your microphone is open'), 'who presides speaks');
	await heard(french, 'and is heard in French as on the floor', 'tone');
	await press(chair, 'Stop listening');
	await booth.click('button[data-interpret=fr]');
	check(await says(french, 'You are listening.') && await says(booth, 'Your microphone is open'), 'an interpreter and a listener in French');
	await heard(french, 'the interpreter is heard in French', 'tone');
	await heard(anyone, 'and not on the floor', 'silence');
	await french.selectOption('#sound-channel', '');
	check(await says(french, 'You are listening.'), 'the listener changes to the floor');
	await heard(french, 'where the interpreter is not heard', 'silence');
	await french.selectOption('#sound-channel', 'fr');
	check(await says(french, 'You are listening.'), 'and back to French');
	await heard(french, 'the interpreter is heard again', 'tone');
	await booth.click('#sound-mute');
	await heard(french, 'who interprets coughs', 'silence');
	await press(chair, 'Take part with a microphone');
	check(await says(chair, 'Your microphone is open'), 'who presides may speak');
	check(await actsMeanwhile(chair, 'Put a decision', () => chair.fill('#act textarea[name=text]', 'We go on in the afternoon.')),
		'and puts a decision: the connection is the same');
	await heard(anyone, 'and is heard on the floor', 'tone');
	await heard(french, 'but not in French, while the interpreter is there', 'silence');
	await heard(booth, 'the interpreter hears the floor', 'tone');
	await booth.click('#sound-leave');
	await heard(french, 'the interpreter goes: in French the floor is heard', 'tone');
	await press(chair, 'Stop listening');
	check(await state(chair) === 'You are not listening.', 'until he stops');
	await heard(anyone, 'then nothing is heard', 'silence');
}

/* The part can be read and used by everyone: axe, a narrow screen, the keyboard, right to left. */
async function theLook(browser, base, all) {
	const page = await person(browser, base, 'looker', 'Interpreter');
	all.push(page);
	const axe = async () => {
		await page.evaluate(axeSource);
		const found = await page.evaluate(async () => (await window.axe.run('#sound', { resultTypes: ['violations'] })).violations
			.map((v) => `${v.id}: ${v.nodes[0].html}`));
		return found;
	};
	const found = [...await axe()];
	await page.focus('#sound-listen');
	await page.keyboard.press('Enter');
	check(await says(page, 'You are listening.'), 'the sound is switched on by the keyboard');
	check(await page.evaluate(() => document.activeElement.id) === 'sound-leave', 'and the focus is where it is switched off',
		await page.evaluate(() => document.activeElement.id));
	found.push(...await axe());
	for (const lang of ['en', 'ar']) {
		await page.goto(`${base}${floor}?lang=${lang}`);
		await page.setViewportSize({ width: 320, height: 900 });
		found.push(...await axe());
		const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
		if (wide > 0) found.push(`scrolls sideways in ${lang}: ${wide}`);
		if (process.env.SHOTS) await page.locator('#sound').screenshot({ path: path.join(process.env.SHOTS, `sound-${lang}.png`) });
	}
	check(found.length === 0, 'axe has nothing to say of it, at 320 px and right to left', found.join(' | '));
}

async function theDoor(base, { kenya, anyone }) {
	const offer = await anyone.evaluate(async () => {
		const pc = new RTCPeerConnection();
		pc.addTransceiver('audio');
		await pc.setLocalDescription();
		return pc.localDescription.sdp;
	});
	const send = (page, fields, headers = {}) => page.context().request
		.post(`${base}${floor}/audio`, { form: fields, headers: { origin: base, accept: 'application/json', ...headers } });
	const status = async (...a) => (await send(...a)).status();
	check(await status(anyone, { channel: '', offer }, { origin: 'https://elsewhere.example' }) === 403, 'another site cannot ask');
	const forged = await kenya.evaluate(async ([to, sdp]) => (await fetch(to,
		{ method: 'POST', body: new URLSearchParams({ channel: '', offer: sdp }) })).status, [`${floor}/audio`, offer]);
	check(forged === 403, 'nor a request without the token of the session');
	check(await status(anyone, { channel: 'ru', offer }) === 404, 'a language without interpreters is no channel');
	check(await status(anyone, { channel: '', offer: 'v=0\r\nm=video 9 RTP 1\r\n' }) === 422, 'an offer of something else is refused');
	check(await status(anyone, { channel: '', offer: `${offer}a=x:${'y'.repeat(8000)}\r\n` }) === 422, 'and one that is too long');
	check((await send(anyone, { channel: '', offer })).ok(), 'while a good one is taken');
}

async function theClosedSitting(base, { chair, anyone, kenya }) {
	await press(chair, 'Close the list');
	await chair.goto(`${base}/g/wgec/do/floor.open?meeting=2`);
	await chair.selectOption('select[name=policy]', 'first_come').catch(() => chair.check('input[name=policy][value=first_come]'));
	await chair.selectOption('select[name=sitting]', '2');
	await chair.click('main form button');
	check(await says(anyone, 'You may not listen', 40000), 'a sitting of members only begins: the public is put out', await state(anyone));
	check(await says(kenya, 'closed until the Chair', 40000), 'the delegate stays');
	await anyone.reload();
	check(await anyone.locator('#sound').count() === 0, 'and its sound is not offered to the public');
	await kenya.click('#sound-leave');
}

async function theFall({ kenya }) {
	await press(kenya, 'Take part with a microphone');
	check(await says(kenya, 'closed until the Chair'), 'a delegate listens');
	const pid = janusOf(server.pid);
	check(pid > 0, 'Janus is a child of the server');
	await kenya.evaluate(() => { window.states = []; });
	process.kill(pid, 'SIGKILL');
	check(await hasSaid(kenya, 'is being connected again', 40000), 'Janus is killed, and the page says so');
	check(await says(kenya, 'closed until the Chair', 40000), 'it is started again, and the page is connected again');
	check(janusOf(server.pid) !== pid, 'by another Janus');
}

/* --- behind a wall --- */

const ours = () => Object.values(os.networkInterfaces()).flat().find((x) => x.family === 'IPv4' && !x.internal)?.address;
const SECRET = 'a secret of the test alone';

/* A TURN server as doc/sound.md sets it up: it passes on to Janus' ports, by its address, and to nobody else. */
async function startRelay(address, port) {
	const relay = spawn('turnserver', ['-n', '--no-cli', '--log-file', 'stdout', '--simple-log', '--pidfile', path.join(dir, 'turn.pid'),
		'--userdb', path.join(dir, 'turn.db'), '--listening-ip', address, '--relay-ip', address, '--listening-port', `${port}`,
		'--min-port', `${relayPorts.first}`, '--max-port', `${relayPorts.last}`, '--use-auth-secret', '--static-auth-secret', SECRET, '--realm', 'example.org',
		'--fingerprint', '--no-tls', '--no-dtls', '--no-multicast-peers', '--denied-peer-ip', '0.0.0.0-255.255.255.255',
		'--denied-peer-ip', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '--allowed-peer-ip', address],
	{ stdio: ['ignore', 'pipe', 'pipe'] });
	let log = '';
	for (const out of [relay.stdout, relay.stderr]) out.on('data', (d) => { log += d; });
	const gone = new Promise((done) => { relay.once('exit', done); relay.once('error', done); });
	await until(() => new RegExp(`listener opened on ?: ${address}:${port}`).test(log), 10000);
	return { log: () => log, stop: async () => { relay.kill('SIGTERM'); await gone; } };
}

const pairs = (page) => page.evaluate(async () => {
	const kinds = [];
	for (const pc of window.lines.filter((x) => x.connectionState === 'connected')) {
		const all = await pc.getStats();
		for (const s of all.values()) {
			if (s.type === 'candidate-pair' && s.nominated && s.state === 'succeeded') {
				const local = all.get(s.localCandidateId);
				kinds.push(`${local.candidateType} ${local.relayProtocol ?? ''}`);
			}
		}
	}
	return kinds.join(', ');
});

async function theWall(browser) {
	const address = ours();
	if (!fs.existsSync('/usr/bin/turnserver') || !address) {
		console.log(`# through a relay: not tried, ${address ? 'there is no coturn' : 'there is no address but that of loopback'}`);
		return;
	}
	const port = relayPorts.listen;
	const file = path.join(dir, 'turn.secret');
	fs.writeFileSync(file, `${SECRET}\n`, { mode: 0o600 });
	const relay = await startRelay(address, port);
	const base = await serve('--janus', janus, '--audio-ports', ports, '--turn', `turn:${address}:${port}`, '--turn-secret', file);
	check(base !== undefined && await until(() => /event=audio up=1/.test(said)), 'a server that knows a relay starts', base ? '' : said);
	const chair = await person(browser, base, 'chair', 'Chair', true);
	const member = await person(browser, base, 'member', 'Delegate', true);
	await press(chair, 'Take part with a microphone');
	check(await says(chair, 'Your microphone is open'), 'behind a wall who presides speaks', relay.log().split('\n').slice(-6).join('\n# '));
	await press(member, 'Take part with a microphone');
	check(await says(member, 'closed until the Chair'), 'and a delegate behind another listens', await state(member));
	await heard(member, 'and hears it', 'tone');
	check(/^relay/.test(await pairs(member)), 'through the relay', await pairs(member));
	const secrets = await member.evaluate(async (to) => {
		const part = document.getElementById('sound');
		const ask = (token) => fetch(to, { method: 'POST', body: new URLSearchParams({ _token: token, relay: '1' }) });
		const answer = await ask(part.dataset.token);
		return { forged: (await ask('x')).status, text: await answer.text(), kept: answer.headers.get('cache-control') };
	}, `${floor}/audio`);
	check(secrets.forged === 403, 'without the token of the session no password is given');
	const { relay: [given] } = JSON.parse(secrets.text);
	check(!secrets.text.includes(SECRET) && Number(given.username) > Date.now() / 1000 && /no-store/.test(secrets.kept),
		'the password has an end, is not the secret, and is kept nowhere', `${secrets.text} ${secrets.kept}`);
	const stranger = await browser.newContext();
	const asked = await stranger.request.post(`${base}${floor}/audio`, { form: { relay: '1' }, headers: { origin: base } });
	check(asked.status() === 403, 'nor is one given to who may not hear the meeting', asked.status());
	await member.evaluate(() => { window.states = []; });
	await relay.stop();
	check(await hasSaid(member, 'is being connected again', 60000), 'the relay goes, and the page says that the sound was lost', await state(member));
	await stop();
}

async function main() {
	tone(path.join(dir, 'tone.wav'));
	execFileSync(comity, ['replay', script, path.join(dir, 'demo'), '--seed', 'sound'], { stdio: ['ignore', 'ignore', 'inherit'] });
	let base = await serve('--janus', janus, '--audio-ports', ports);
	check(base !== undefined, 'the server starts', base ?? said);
	check(await until(() => /event=audio up=1/.test(said)), 'and so does Janus');
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--mute-audio',
			'--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
			`--use-file-for-fake-audio-capture=${path.join(dir, 'tone.wav')}`,
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
	});
	const all = [];
	const people = await theFloor(browser, base, all);
	await theBooth(browser, base, people, all);
	await theLook(browser, base, all);
	check(noise.length === 0, 'no page had anything to complain of', noise.join(' | '));
	await theDoor(base, people);
	await theClosedSitting(base, people);
	await theFall(people);
	const pid = janusOf(server.pid);
	await stop();
	check(!fs.existsSync(`/proc/${pid}`) && fs.readdirSync(run).length === 0, 'Janus ends with the server and leaves nothing',
		fs.readdirSync(run).join(' '));

	/* Pages that nobody needs any more would try to be connected again, for all the others' time. */
	for (const page of all) await page.context().close();
	await theWall(browser);

	base = await serve();
	const page = await person(browser, base, 'without');
	check(await page.locator('#sound').count() === 0, 'without Janus there is no sound on the page');
	/* The newest list is that of the second sitting, which has no address of its own. */
	check(await page.locator('a[href="https://conference.example.org/second"]').count() === 1, 'but the address of the conference');
	await browser.close();
	await stop();
}

let trouble;
try {
	await main();
} catch (e) {
	trouble = e;
}
await stop();
fs.rmSync(dir, { recursive: true, force: true });
if (trouble || failed) {
	const lines = [...heardOf, said].join('').split('\n').filter((l) => l.startsWith('level='));
	console.log(`# ${lines.slice(-40).join('\n# ')}`);
}
if (trouble) console.log(`Bail out! ${trouble.stack.replaceAll('\n', ' ')}`);
else console.log(`1..${tests}`);
process.exit(trouble || failed ? 1 : 0);
