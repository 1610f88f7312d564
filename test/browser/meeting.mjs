// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * meeting: a sitting as four people have it before them at once, in Chromium, with the keyboard alone.
 *
 *     node meeting.mjs COMITY FOLDER
 *
 * FOLDER is a replayed sample group; the program serves it, is killed in the middle, and serves it
 * again. The Chair gives the floor and puts a decision, a delegate asks for the floor and objects on
 * a telephone (320 px), a captioner writes, and somebody without an account reads. What assistive
 * technology is told at each step is printed and must be said once; the focus of the readers never
 * moves; nothing is lost or doubled. Sizes are printed and have a limit. TAP.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const [program, folder] = process.argv.slice(2);
const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const START_MAX = 50_000; /* bytes of HTML, CSS and JavaScript */
const MINUTE_MAX = 5_000;
const SECOND = 1000;
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

let tests = 0;
let failed = 0;
function check(name, fine, ...notes) {
	tests++;
	if (!fine) failed++;
	console.log(`${fine ? 'ok' : 'not ok'} ${tests} - ${name}`);
	for (const n of notes) console.log(`# ${String(n).replaceAll('\n', '\n# ')}`);
}

/* --- the server --- */

let server;
let base;

async function serve(port) {
	server = spawn(program, ['serve', folder, '--demo', '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'inherit'] });
	let said = '';
	for await (const piece of server.stdout) {
		said += piece;
		base = /at (http:\/\/[^/\s]+)/.exec(said)?.[1];
		if (base) break;
	}
	server.stdout.resume();
}

async function kill() {
	const gone = new Promise((done) => { server.once('exit', done); });
	server.kill('SIGKILL');
	await gone;
}

/* --- people --- */

async function enter(browser, role, width, options = {}) {
	const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'en', reducedMotion: 'reduce', ...options });
	const page = await context.newPage();
	const wrong = [];
	page.on('pageerror', (e) => wrong.push(e.message));
	/* That the server is away is no fault of the page. */
	page.on('console', (m) => m.type() === 'error' && !/ERR_|Failed to load/.test(m.text()) && wrong.push(m.text()));
	if (role) {
		await page.goto(`${base}/sign-in`);
		await page.fill('main form:first-of-type input[type=email]', `${role}@example.org`);
		await page.click('main form:first-of-type button');
		await page.click('main a.primary');
		await page.click('main form button');
	}
	return { role: role || 'public', context, page, wrong };
}

/* To the first stop of the tab key that is called so. */
async function tabTo(page, name) {
	for (let i = 0; i < 120; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate(() => {
			const e = document.activeElement;
			return (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent || '').replaceAll(/\s+/g, ' ').trim();
		});
		if (at.startsWith(name)) return;
	}
	throw new Error(`the tab key does not come to “${name}”`);
}

async function follow(page, name) {
	await tabTo(page, name);
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/* A form by its address and the keyboard: values by the names of fields. */
async function send(page, command, values) {
	const q = new URLSearchParams({ meeting: 6 });
	await page.goto(`${base}/g/wgec/do/${command}?${q}`);
	for (const [name, value] of Object.entries(values)) {
		const field = page.locator(`main form.form [name="${name}"]`).first();
		const kind = await field.evaluate((e) => (e.localName === 'input' ? e.type : e.localName));
		if (kind === 'radio') await page.locator(`main form.form [name="${name}"][value="${value}"]`).check();
		else if (kind === 'select') await field.selectOption(value);
		else await field.fill(value);
	}
	await page.locator('main form.form button:not([name])').last().focus();
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	const error = await page.locator('.error').allTextContents();
	if (error.length) throw new Error(`${command}: ${error.join(' ')}`);
}

/* --- what a reader is told --- */

/* Every change of the region that is read out, and where the focus was then. */
async function listen(page) {
	await page.evaluate(() => {
		window.heard = [];
		window.focusMoved = 0;
		document.addEventListener('focusin', () => { window.focusMoved++; });
		document.addEventListener('focusout', () => { window.focusMoved++; });
		new MutationObserver(() => {
			const text = document.getElementById('live-say').textContent;
			if (text) window.heard.push({ text, at: Date.now() });
		}).observe(document.getElementById('live-say'), { childList: true, subtree: true, characterData: true });
	});
}

const heard = (page) => page.evaluate(() => window.heard.splice(0));

/* What the accessibility tree holds in polite regions now. */
async function polite(page) {
	const cdp = await page.context().newCDPSession(page);
	const { nodes } = await cdp.send('Accessibility.getFullAXTree');
	await cdp.detach();
	const byId = new Map(nodes.map((n) => [n.nodeId, n]));
	const words = (n) => (n.role?.value === 'StaticText' ? n.name.value : (n.childIds ?? []).map((id) => (byId.has(id) ? words(byId.get(id)) : '')).join(' ').trim());
	return nodes
		.filter((n) => n.properties?.some((p) => p.name === 'live' && p.value.value === 'polite') &&
			!byId.get(n.parentId)?.properties?.some((p) => p.name === 'live' && p.value.value === 'polite'))
		.map(words)
		.filter(Boolean);
}

async function told(readers, what, sentence, since) {
	for (const r of readers) {
		await r.page.waitForFunction((s) => window.heard.some((x) => x.text.includes(s)), sentence, { timeout: 5 * SECOND }).catch(() => null);
		await sleep(300);
		const list = await heard(r.page);
		const hits = list.filter((x) => x.text.includes(sentence));
		const late = hits.length ? hits[0].at - since : Infinity;
		check(`${r.role}: ${what} is said once, within a second`, hits.length === 1 && list.length === 1 && late < SECOND,
			`${late} ms; heard: ${list.map((x) => x.text).join(' | ') || 'nothing'}`, `accessibility tree: ${(await polite(r.page)).join(' | ')}`);
	}
}

const queue = (page) => page.locator('#queue > li').evaluateAll((all) => all.map((e) => e.id));
const lines = (page) => page.locator('#said > li > span').allTextContents();

async function axe(page, name) {
	await page.evaluate(axeSource);
	const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
	const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
	check(`${name}: no fault of access, does not scroll sideways`, found.violations.length === 0 && wide <= 0,
		...found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`));
}

/* Bytes that a stream sends while `during` goes on. */
async function weigh(paths, during) {
	const all = paths.map((path) => new Promise((done) => {
		const q = http.get(`${base}${path}`, (r) => { r.resume(); done(r); });
		q.on('error', () => done(null));
	}));
	const open = await Promise.all(all);
	await sleep(500);
	const before = open.map((r) => r.socket.bytesRead);
	await during();
	const n = open.reduce((sum, r, i) => sum + r.socket.bytesRead - before[i], 0);
	open.forEach((r) => r.destroy());
	return n;
}

/* --- the sitting --- */

const LIVE = '/g/wgec/meetings/6/live';
const DECISION = 'The Group meets once more before the next session of the Commission.';

await serve(0);
const port = new URL(base).port;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM });
const secretariat = await enter(browser, 'secretariat', 1440);
const chair = await enter(browser, 'chair', 1440);
const delegate = await enter(browser, 'delegate', 320);
const reader = await enter(browser, '', 768);

try {
	await send(secretariat.page, 'meeting.announce', { title: 'Sixth meeting', place: 'Geneva', starts: '2018-02-05', ends: '2018-02-06', zone: 'Europe/Zurich', publicity: 'public' });
	await send(secretariat.page, 'meeting.agenda_item', { meeting: '6', title: 'Access' });
	await send(secretariat.page, 'meeting.open', { meeting: '6' });
	await send(chair.page, 'meeting.adopt_agenda', { meeting: '6' });
	await send(chair.page, 'floor.open', { meeting: '6', policy: 'first_come' });

	for (const seat of ['1', '5', '12'])
		await send(secretariat.page, 'floor.enter', { meeting: '6', seat, kind: 'statement', mode: 'room' });

	/* A first visit, nothing kept: what comes over the line. */
	const cdp = await reader.context.newCDPSession(reader.page);
	await cdp.send('Network.enable');
	let bytes = 0;
	const kinds = new Map();
	let streams = 0;
	cdp.on('Network.responseReceived', (e) => {
		kinds.set(e.requestId, e.type);
		streams += e.type === 'EventSource';
	});
	cdp.on('Network.loadingFinished', (e) => { if (kinds.get(e.requestId) !== 'EventSource') bytes += e.encodedDataLength; });
	await reader.page.goto(`${base}${LIVE}`);
	await sleep(SECOND);
	check('the start is under 50 kB', bytes > 5000 && bytes < START_MAX, `${bytes} bytes: page, style, scripts and icon, with their heads`);
	check('one stream follows the page and its captions', streams === 1, `${streams} streams`);
	await cdp.detach();

	await delegate.page.goto(`${base}${LIVE}`);
	const readers = [reader, delegate];
	for (const r of readers) await listen(r.page);
	await tabTo(reader.page, 'Transcript of this meeting');
	await reader.page.evaluate(() => { window.focusMoved = 0; });

	await send(secretariat.page, 'meeting.consider', { meeting: '6', item: '1' });
	await told(readers, 'an item that is taken up', 'Item 1 is under consideration: Access', Date.now());

	/* The delegate asks for the floor with the keys of a telephone. */
	await follow(delegate.page, 'Request the floor');
	await delegate.page.locator('main form.form [name=kind][value=statement], main form.form select[name=kind]').first().evaluate((e) => { if (e.localName === 'select') e.value = 'statement'; else e.checked = true; });
	await delegate.page.locator('main form.form [name=mode][value=remote], main form.form select[name=mode]').first().evaluate((e) => { if (e.localName === 'select') e.value = 'remote'; else e.checked = true; });
	await tabTo(delegate.page, 'Request the floor');
	await Promise.all([delegate.page.waitForNavigation(), delegate.page.keyboard.press('Enter')]);
	let since = Date.now();
	await reader.page.waitForFunction(() => document.querySelector('#queue')?.textContent.includes('Kenya'), null, { timeout: 3 * SECOND });
	check('the list of speakers changes for everybody within a second', Date.now() - since < SECOND, `${Date.now() - since} ms`);
	await delegate.page.goto(`${base}${LIVE}`);
	await listen(delegate.page);
	await chair.page.goto(`${base}/g/wgec/meetings/6/floor`);
	const orders = [await queue(reader.page), await queue(delegate.page),
		(await chair.page.locator('#queue > ol > li').evaluateAll((all) => all.map((e) => e.id.replace('request', 'q'))))];
	check('the room, the delegate far away and the public have the same list', orders[0].length > 0 && orders.every((o) => o.join() === orders[0].join()), orders.map((o) => o.join(' ')).join(' | '));

	/* Out of turn, with a reason: Kenya speaks remotely, and the link is failing. */
	await send(chair.page, 'floor.give', { meeting: '6', request: orders[0].at(-1).slice(2), reason: 'The link is failing.' });
	since = Date.now();
	await told(readers, 'a change of speaker', 'Kenya has the floor: Statement.', since);

	/* The captioner writes; who scrolled back stays where they are. */
	await secretariat.page.goto(`${base}/g/wgec/meetings/6/captions/en/write`);
	const write = async (words) => {
		await secretariat.page.locator('#words').focus();
		await secretariat.page.keyboard.type(words);
		await secretariat.page.keyboard.press('Enter');
	};
	const wrote = [];
	for (let i = 1; i <= 24; i++) {
		wrote.push(`This is line ${i} of what Kenya says about access in rural areas, which is far from what was hoped.`);
		await write(wrote.at(-1));
	}
	await reader.page.waitForFunction((n) => document.querySelectorAll('#said > li').length >= n, 24, { timeout: 10 * SECOND });
	await sleep(2500);
	check('captions come, line by line', (await lines(reader.page)).join('\n') === wrote.join('\n'));
	check('who speaks is named once', (await reader.page.locator('#said b').allTextContents()).join() === 'Kenya');
	check('captions are not read out unless one asks for it', (await heard(reader.page)).length === 0);
	await reader.page.evaluate(() => { document.querySelector('.live-roll').scrollTop = 0; });
	await sleep(200);
	wrote.push('One more line.');
	await write(wrote.at(-1));
	await reader.page.waitForFunction(() => !document.querySelector('.live-new').hidden, null, { timeout: 5 * SECOND });
	check('who scrolled back stays there, and is told that there is more',
		await reader.page.evaluate(() => document.querySelector('.live-roll').scrollTop === 0), await reader.page.textContent('#live-newest'));

	/* The server is killed. The captioner writes on. */
	await heard(reader.page);
	await heard(delegate.page);
	await kill();
	for (let i = 1; i <= 3; i++) {
		wrote.push(`Line ${i} while the server is away.`);
		await write(wrote.at(-1));
	}
	await sleep(4000);
	for (const r of readers) {
		const list = await heard(r.page);
		check(`${r.role}: a lost connection is told once`, list.length === 1 && list[0].text.startsWith('Not connected'), list.map((x) => x.text).join(' | '));
	}
	await serve(port);
	await reader.page.waitForFunction((n) => document.querySelectorAll('#said > li').length >= n, wrote.length, { timeout: 30 * SECOND }).catch(() => null);
	await sleep(4000);
	for (const r of readers) {
		const list = await heard(r.page);
		check(`${r.role}: a connection that is back is told once`, list.length === 1 && list[0].text.startsWith('Connected again'), list.map((x) => x.text).join(' | '));
		const now = await lines(r.page);
		check(`${r.role}: no line is missing, none is twice`, now.join('\n') === wrote.join('\n'), `${now.length} lines of ${wrote.length}`);
	}

	/* A decision is put, with its hash; the delegate objects. */
	await send(chair.page, 'floor.put_decision', { meeting: '6', text: DECISION });
	since = Date.now();
	await told(readers, 'the opening of a decision', `is put to the group: ${DECISION}`, since);
	const hash = createHash('sha256').update(DECISION).digest('hex');
	check('the decision is on the screen with the hash of its text', (await reader.page.textContent('#put')).includes(hash));
	await follow(delegate.page, 'Object');
	await tabTo(delegate.page, 'Object');
	await Promise.all([delegate.page.waitForNavigation(), delegate.page.keyboard.press('Enter')]);
	since = Date.now();
	await told([reader], 'an objection', 'There is an objection to', since);

	/* A pause holds what comes, but not a decision. */
	await reader.page.locator('#live-pause').focus();
	await reader.page.keyboard.press('Enter');
	wrote.push('A line in the pause.');
	await write(wrote.at(-1));
	await send(chair.page, 'floor.put_decision', { meeting: '6', text: 'The Group takes note.' });
	since = Date.now();
	await told([reader], 'a decision that is put in a pause', 'The Group takes note.', since);
	const still = await lines(reader.page);
	check('in a pause no caption moves', still.join('\n') === wrote.slice(0, -1).join('\n'),
		`${still.length} lines of ${wrote.length}, the last one: ${still.at(-1)}`, await reader.page.textContent('#live-told'));
	await reader.page.keyboard.press('Enter');
	check('after it everything is there', (await lines(reader.page)).join('\n') === wrote.join('\n'));
	await reader.page.evaluate(() => { window.focusMoved = 0; });

	/* A minute of speech (20 seconds of it), and of what happens meanwhile. */
	const fresh = await (await reader.context.request.get(`${base}${LIVE}`)).text();
	const data = (name) => new RegExp(`data-${name}="([^"]*)"`).exec(fresh)[1];
	const spoken = ('we thank the chair for the text and we support the proposal of the group on access ' +
		'in rural areas where the cost of the network is carried by those who have the least of it').split(' ');
	const stream = [`${LIVE}/events?lang=en&captions=${data('captions')}&after=${data('at')}.${data('lines-at')}`];
	const speech = await weigh(stream, async () => {
		const end = Date.now() + 20 * SECOND;
		for (let i = 0; Date.now() < end; i++) {
			await secretariat.page.keyboard.type(`${spoken[i % spoken.length]} `);
			if (i % 12 === 11) await secretariat.page.keyboard.press('Enter');
			await sleep(370);
		}
		await secretariat.page.keyboard.press('Enter');
		await sleep(2500);
	});
	const turn = await weigh(stream, async () => {
		await send(chair.page, 'floor.end', { meeting: '6' });
		await sleep(500);
		await send(chair.page, 'floor.give', { meeting: '6' });
		await send(chair.page, 'floor.enter', { meeting: '6', seat: '14', kind: 'statement', mode: 'room' });
		await sleep(SECOND);
	});
	const minute = speech * 3 + turn;
	check('a minute is under 5 kB', speech > 500 && turn > 300 && minute < MINUTE_MAX,
		`${minute} bytes: ${speech * 3} of captions at 150 words a minute, ${turn} when one ends, another is given the floor and one more asks for it; with its framing`);

	check('the focus of the reader never moved', await reader.page.evaluate(() => window.focusMoved === 0));
	check('nothing went wrong in the pages', readers.concat(chair, secretariat).every((r) => r.wrong.length === 0), ...readers.concat(chair, secretariat).flatMap((r) => r.wrong));

	const plain = await enter(browser, '', 320, { javaScriptEnabled: false });
	await plain.page.goto(`${base}${LIVE}?size=3`);
	check('without scripts it is the same page', (await lines(plain.page)).includes('A line in the pause.') &&
		(await plain.page.textContent('#put')).includes('The Group takes note.') && await plain.page.locator('.live-said[data-size="3"]').count() === 1);
	for (const [width, lang] of [[320, 'en'], [768, 'en'], [1440, 'en'], [320, 'ar'], [1440, 'ar']]) {
		const r = await enter(browser, '', width);
		await r.page.goto(`${base}${LIVE}?lang=${lang}`);
		await sleep(300);
		await axe(r.page, `${width} px, ${lang}`);
		if (process.env.SHOTS) await r.page.screenshot({ path: `${process.env.SHOTS}/live-${width}-${lang}.png`, fullPage: true });
		await r.context.close();
	}
} catch (e) {
	check('the sitting goes to its end', false, e.stack);
}
await browser.close();
await kill();
console.log(`1..${tests}`);
process.exit(failed ? 1 : 0);
