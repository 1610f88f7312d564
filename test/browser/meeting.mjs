// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * meeting: a sitting as four people have it before them at once, in Chromium, with the keyboard alone.
 *
 *     node meeting.mjs COMITY FOLDER
 *
 * FOLDER is a replayed sample group; the program serves it, is killed in the middle, and serves it
 * again. The secretariat announces and opens a meeting and enters speakers, the Chair opens the list,
 * takes an item up, gives the floor and puts a decision, a delegate asks for the floor and objects on
 * a telephone (320 px), a captioner writes, and somebody without an account reads: each opens one
 * address, and has only keys from there on; every stop on the way must be seen and have a name. What
 * assistive technology is told at each step is printed and must be said once; the focus of the readers
 * never moves; nothing is lost or doubled. Sizes are printed and have a limit. TAP.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { Keys } from './keys.mjs';
import { check, finish } from './tap.mjs';

const [program, folder] = process.argv.slice(2);
const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const START_MAX = 50_000; /* bytes of HTML, CSS and JavaScript */
const MINUTE_MAX = 5_000;
const SECOND = 1000;
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

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

const faults = []; /* of the stops of the keyboard */

async function withKeys(person) {
	person.keys = await Keys.of(person.page, faults);
	return person;
}

/* Past what stands on every page, to a link or button, and on to where it leads. */
async function go(person, name, role, address) {
	await person.keys.past();
	await person.keys.to(name, role);
	await person.keys.enter(address);
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

/* What was told piece by piece, and the page as it is: the parts without running clocks. */
const parts = (page) => page.evaluate(() => ['say', 'now', 'put', 'shown', 'head', 'queue', 'papers'].map((id) => {
	const part = document.getElementById(id).cloneNode(true);
	for (const clock of part.querySelectorAll('.live-clock')) {
		clock.textContent = '';
		clock.removeAttribute('data-over');
	}
	part.normalize();
	return part.innerHTML.replaceAll(/>\s+</g, '><').trim();
}));

/* When how many words of what is said could be read. */
const watchWords = (page) => page.evaluate(() => {
	const said = document.getElementById('said');
	const count = () => [...said.querySelectorAll('span')].reduce((n, e) => n + e.textContent.split(' ').filter(Boolean).length, 0);
	window.counted = [{ n: count(), at: Date.now() }];
	new MutationObserver(() => window.counted.push({ n: count(), at: Date.now() }))
		.observe(said, { childList: true, subtree: true, characterData: true });
});

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

const MEETING = '/g/wgec/meetings/6';
const LIVE = `${MEETING}/live`;
const KEYS = new Set(['Space', 'ArrowDown']);
let since; /* the press of the key whose effect is waited for */
const DECISION = 'The Group meets once more before the next session of the Commission.';
const SPEECH = ('we thank the chair for the text and we support the proposal of the group on access ' +
	'in rural areas where the cost of the network is carried by those who have the least of it').split(' ');

await serve(0);
const port = new URL(base).port;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM });
const captioner = await withKeys(await enter(browser, 'secretariat', 1440));
const chair = await withKeys(await enter(browser, 'chair', 1440));
const delegate = await withKeys(await enter(browser, 'delegate', 320));
const reader = await withKeys(await enter(browser, '', 768));
/*
 * The form that one is at, with keys: to each field by its name, there the words or the keys for it;
 * then the button, which leads to the address.
 */
async function fill(who, fields, button, address) {
	await who.keys.past();
	for (const [name, role, ...input] of fields) {
		await who.keys.to(name, role);
		for (const words of input) await (KEYS.has(words) ? who.keys.press(words) : who.keys.type(words));
	}
	await who.keys.to(button, 'button');
	since = Date.now();
	await who.keys.enter(address);
}

/* The form of a link that opens in the page, where the focus is at its name; then the button of the form. */
async function fillHere(who, link, fields, button, how) {
	await who.keys.at(link, 'link', how);
	await who.keys.open();
	for (const [name, role, ...input] of fields) {
		await who.keys.to(name, role);
		for (const words of input) await (KEYS.has(words) ? who.keys.press(words) : who.keys.type(words));
	}
	await who.keys.to(button, 'button');
	since = Date.now();
	await who.keys.send();
}

/* From where one is to a link that stands before it. */
async function up(who, name, address) {
	await who.keys.to(name, 'link', { back: true });
	await who.keys.enter(address);
}

/* The secretariat announces a meeting of one item and opens it; the Chair begins with it. */
async function convene() {
	await go(captioner, /^Announce a meeting$/, 'link', /meeting\.announce$/);
	await fill(captioner, [
		[/^Title/, 'textbox', 'Sixth meeting'], [/^Place/, 'textbox', 'Geneva'],
		[/^First day/, undefined, '02052018'], [/^Last day/, undefined, '02062018'],
		[/^Time zone of the place/, undefined, 'Europe/Zurich'], [/^Public: anyone may follow$/, 'radio', 'Space'],
	], /^Announce a meeting$/, /\/meetings\/6$/);
	await go(captioner, /^Add an agenda item$/, 'link', /meeting\.agenda_item/);
	await fill(captioner, [[/^Title of the item/, 'textbox', 'Access']], /^Add an agenda item$/, /\/6#item-1$/);
	await up(captioner, /^Open the meeting$/, /meeting\.open/);
	await fill(captioner, [], /^Open a meeting$/, /\/6#main$/);
	await chair.page.goto(`${base}${MEETING}`);
	await go(chair, /^Adopt the agenda$/, 'link', /meeting\.adopt_agenda/);
	await fill(chair, [], /^Adopt the agenda$/, /\/6#agenda$/);
	await up(chair, /^The floor: who speaks/, /\/floor$/);
	await chair.keys.past();
	await fillHere(chair, /^Open the list of speakers$/, [[/^Order of the speakers/, 'combobox', 'ArrowDown']], /^Open the list of speakers$/);
	await up(chair, /^Sixth meeting$/, /\/6$/);
	await captioner.keys.to(/^The floor: who speaks/, 'link');
	await captioner.keys.enter(/\/floor$/);
	await captioner.keys.past();
	for (const seat of [1, 5, 12]) {
		await fillHere(captioner, /^Enter a speaker$/, [[/^For the seat/, 'combobox', `Seat ${seat}:`], [/^What for/, 'combobox', 'ArrowDown'],
			[/^In the room$/, 'radio', 'Space']], /^Enter a speaker$/);
	}
	await up(captioner, /^Follow the meeting live$/, /\/live$/);
}

/* The page stays, and the focus is at the next button of the Chair. */
const near = []; /* presses to it */
async function press(name, back) {
	const before = chair.keys.presses;
	await chair.keys.at(name, 'button', { back });
	near.push(chair.keys.presses - before);
	await chair.keys.done();
}

async function putDecision(text) {
	await fillHere(chair, /^Put a decision$/, [[/^What is to be decided/, 'textbox', text]], /^Put a decision$/);
}

/* Acts of a page whose links or buttons have the same name in the accessibility tree. */
async function namesakes(page) {
	const cdp = await page.context().newCDPSession(page);
	const { nodes } = await cdp.send('Accessibility.getFullAXTree');
	const acts = new Set(await page.locator('main :is(.actions, [data-act]) :is(a, button), main a[data-act]').evaluateAll((all) => all.map((e) => e.innerText.replaceAll(/\s+/g, ' ').trim())));
	await cdp.detach();
	const names = nodes.filter((n) => ['link', 'button'].includes(n.role?.value)).map((n) => `${n.role.value} ${n.name?.value.replaceAll(/\s+/g, ' ').trim()}`);
	const ours = names.filter((x) => [...acts].some((a) => x.includes(a)));
	return { acts: ours.length, twice: ours.filter((x, i) => ours.indexOf(x) !== i) };
}

/*
 * Who presides has a page that is behind: it hears of nothing. What is refused is said in it, in words
 * that are read out; nothing that was typed is lost.
 */
async function refusals() {
	const late = await withKeys(await enter(browser, 'chair', 768));
	await late.page.route(/floor\/live$/, (route) => route.abort());
	await late.page.goto(`${base}${MEETING}/floor`);
	const alerts = () => late.page.getByRole('alert').allInnerTexts();
	const typed = () => late.page.getByLabel('What is to be decided').inputValue();
	await late.keys.past();
	await late.keys.to(/^Put a decision$/, 'link');
	await late.keys.open();
	await late.keys.to(/^What is to be decided/, 'textbox');
	await late.keys.type('The Group thanks the Chair.');
	await press(/^End the statement$/);
	await late.keys.to(/^End the statement$/, 'button', { back: true });
	await late.keys.act(() => document.querySelector('[role=alert]'));
	await late.page.waitForFunction(() => document.querySelector('#say-speaker').textContent.startsWith('Nobody'));
	const [first] = await alerts();
	check('an act that comes late is refused in the page, in words that are read out', /floor/.test(first) && await late.page.getByRole('alert').count() === 1, first);
	check('what was typed is still there, and the focus at what can be done', await typed() === 'The Group thanks the Chair.' &&
		await late.keys.inside('#now .actions'), await typed(), JSON.stringify(await late.keys.named()));
	await late.keys.to(/^Put a decision$/, 'button');
	await late.context.setOffline(true);
	await late.keys.act(() => document.querySelector('[role=alert]')?.textContent.includes('there is no connection'));
	check('what can not be sent is said, and stays', await typed() === 'The Group thanks the Chair.', ...await alerts());
	await late.context.setOffline(false);
	await late.keys.act(() => document.activeElement.id === 'problems');
	check('a form that is refused says so above its fields, with all that was typed', /was put and is not settled/.test(await late.page.textContent('#problems')) &&
		await typed() === 'The Group thanks the Chair.', await late.page.textContent('#problems'));
	await axe(late.page, 'a refused form');
	if (process.env.SHOTS) await late.page.screenshot({ path: `${process.env.SHOTS}/refused.png`, fullPage: true });
	check('nothing went wrong there', late.wrong.length === 0, late.wrong.join(' '));
	await late.context.close();
}

/* The reader does something; otherwise the focus stays where it is. */
let moved = 0;
async function byReader(what) {
	moved += await reader.page.evaluate(() => window.focusMoved ?? 0);
	await what();
	await reader.page.evaluate(() => { window.focusMoved = 0; });
}

async function write(words) {
	await captioner.page.keyboard.type(words);
	await captioner.page.keyboard.press('Enter');
}

try {
	await captioner.page.goto(`${base}/g/wgec/meetings`);
	const began = Date.now();
	await convene();
	const presses = captioner.keys.presses + chair.keys.presses;
	check('a meeting is announced, opened and has a list of three, with keys alone', await chair.page.locator('#item-1').count() === 1,
		`${presses} presses of keys that move or act, in ${Date.now() - began} ms`);

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

	/* Each opens the address of the meeting; the rest is done with keys. */
	await delegate.page.goto(`${base}${LIVE}`);
	const readers = [reader, delegate];
	for (const r of readers) await listen(r.page);
	await byReader(() => reader.keys.to(/^Transcript of this meeting$/, 'link'));

	await captioner.page.goto(`${base}/g/wgec/meetings/5`);
	const agenda = await namesakes(captioner.page);
	check('no two acts of an agenda have one name', agenda.acts > 3 && agenda.twice.length === 0, `${agenda.acts} acts`, agenda.twice.join(', '));
	await captioner.page.goto(`${base}${LIVE}`);
	await go(chair, /^Take it up 1. Access$/, 'link', /meeting\.consider/);
	await fill(chair, [], /^Take up an agenda item$/, /\/6#item-1$/);
	await told(readers, 'an item that is taken up', 'Item 1 is under consideration: Access', since);

	/* The delegate asks for the floor on a telephone. */
	const before = delegate.keys.presses;
	await delegate.keys.past();
	await delegate.keys.to(/^Request the floor$/, 'link');
	await delegate.keys.open();
	await delegate.keys.to(/^What for/, 'combobox');
	await delegate.page.keyboard.press('ArrowDown');
	await delegate.keys.to(/^In the room$/, 'radio');
	await delegate.keys.press('ArrowDown'); /* Remotely */
	const asked = await delegate.page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('main form.form'))));
	await axe(delegate.page, 'a form in the live page, 320 px');
	if (process.env.SHOTS) await delegate.page.screenshot({ path: `${process.env.SHOTS}/live-form-320.png`, fullPage: true });
	await delegate.keys.to(/^Request the floor$/, 'button');
	since = Date.now();
	await delegate.keys.send();
	check('the delegate asks for the floor with keys at 320 px', asked.kind === 'statement' && asked.mode === 'remote',
		`${delegate.keys.presses - before} presses; ${asked.kind}, ${asked.mode}`);
	await reader.page.waitForFunction(() => document.querySelector('#queue')?.textContent.includes('Kenya'), null, { timeout: 3 * SECOND });
	check('the list of speakers changes for everybody within a second', Date.now() - since < SECOND, `${Date.now() - since} ms from the press of the key`);
	await delegate.page.waitForFunction(() => document.querySelector('#queue').textContent.includes('Kenya'));
	const one = await heard(delegate.page);
	check('the page stays: the delegate is told once that it is done, and is at the same link', one.map((x) => x.text).join() === 'Done: Request the floor' &&
		(await delegate.keys.named()).name === 'Request the floor', JSON.stringify(one), JSON.stringify(await delegate.keys.named()));
	await up(chair, /^Follow the meeting live$/, /\/live$/);
	await go(chair, /^Give the floor, put decisions$/, 'link', /\/floor$/);
	const orders = [await queue(reader.page), await queue(delegate.page),
		(await chair.page.locator('#queue > ol > li').evaluateAll((all) => all.map((e) => e.id.replace('request', 'q'))))];
	check('the room, the delegate far away and the public have the same list', orders[0].length === 4 && orders.every((o) => o.join() === orders[0].join()), orders.map((o) => o.join(' ')).join(' | '));
	const floor = await namesakes(chair.page);
	check('no two acts of the floor have one name', floor.acts > 12 && floor.twice.length === 0, `${floor.acts} acts`, floor.twice.join(', '));
	check('a name on the list is not read out', (await heard(reader.page)).length === 0);

	/* Out of turn, with a reason: Kenya speaks remotely, and the link is failing. */
	await chair.keys.past();
	await fillHere(chair, /^Give the floor out of turn Kenya$/, [[/^Reason for changing the order/, 'textbox', 'The link is failing.']], /^Give the floor$/);
	await told(readers, 'a change of speaker', 'Kenya has the floor: Statement.', since);

	/* The captioner writes; who scrolled back stays where they are. */
	await go(captioner, /^Live captions$/, 'link', /\/captions$/);
	await go(captioner, /^Write captions English$/, 'link', /\/en\/write$/);
	await captioner.keys.past();
	await captioner.keys.to(/^The words$/, 'textbox');
	const wrote = [];
	for (let i = 1; i <= 24; i++) {
		wrote.push(`This is line ${i} of what Kenya says about access in rural areas, which is far from what was hoped.`);
		await write(wrote.at(-1));
	}
	await reader.page.waitForFunction((n) => document.querySelectorAll('#said > li').length >= n, 24, { timeout: 10 * SECOND });
	await sleep(1500);
	check('captions come, line by line', (await lines(reader.page)).join('\n') === wrote.join('\n'));
	check('who speaks is named once', (await reader.page.locator('#said b').allTextContents()).join() === 'Kenya');
	check('captions are not read out unless one asks for it', (await heard(reader.page)).length === 0);
	await byReader(async () => {
		await reader.keys.to(/^Captions$/, 'region');
		await reader.page.keyboard.press('Home');
		await sleep(300);
	});
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
	await putDecision(DECISION);
	since = Date.now();
	await told(readers, 'the opening of a decision', `is put to the group: ${DECISION}`, since);
	const hash = createHash('sha256').update(DECISION).digest('hex');
	check('the decision is on the screen with the hash of its text', (await reader.page.textContent('#put')).includes(hash));
	const pressed = delegate.keys.presses;
	await delegate.keys.to(/^Object$/, 'link');
	await delegate.keys.enter(/\/floor#/);
	await delegate.keys.to(/^Object \d+$/, 'button');
	since = Date.now();
	await delegate.keys.done();
	await told([reader], 'an objection', 'There is an objection to', since);
	check('an objection takes few keys', delegate.keys.presses - pressed < 20, `${delegate.keys.presses - pressed} presses at 320 px`);

	/* A pause holds what comes, but not a decision. */
	await byReader(async () => {
		await reader.keys.to(/^Pause$/, 'button', { back: true });
		await reader.page.keyboard.press('Space');
	});
	wrote.push('A line in the pause.');
	await write(wrote.at(-1));
	await putDecision('The Group takes note.');
	since = Date.now();
	await told([reader], 'a decision that is put in a pause', 'The Group takes note.', since);
	const still = await lines(reader.page);
	check('in a pause no caption moves', still.join('\n') === wrote.slice(0, -1).join('\n'),
		`${still.length} lines of ${wrote.length}, the last one: ${still.at(-1)}`, await reader.page.textContent('#live-told'));
	await reader.page.keyboard.press('Space');
	await sleep(200);
	check('after it everything is there', (await lines(reader.page)).join('\n') === wrote.join('\n'));

	/* Half of a busy minute: 150 words a minute, three changes of speaker. */
	const fresh = await (await reader.context.request.get(`${base}${LIVE}`)).text();
	const data = (name) => new RegExp(`data-${name}="([^"]*)"`).exec(fresh)[1];
	const stream = [`${LIVE}/events?lang=en&captions=${data('captions')}&after=${data('at')}.${data('lines-at')}`];
	await watchWords(reader.page);
	await heard(reader.page);
	const toldChair = await chair.page.evaluate(() => window.told.length);
	const typed = [];
	const speak = async () => {
		for (const begin = Date.now(); Date.now() - begin < 30 * SECOND;) {
			const i = typed.length;
			await captioner.page.keyboard.type(`${SPEECH[i % SPEECH.length]} `);
			typed.push(Date.now());
			if (i % 12 === 11) await captioner.page.keyboard.press('Enter');
			await sleep(Math.max(0, begin + 400 * typed.length - Date.now()));
		}
		await captioner.page.keyboard.press('Enter');
	};
	const turns = async () => {
		for (let i = 0; i < 3; i++) {
			await sleep(2 * SECOND);
			await press(/^End the statement$/, i === 0); /* from the decision, once */
			await sleep(SECOND);
			await press(/^Give the floor to the next$/);
			await sleep(3 * SECOND);
		}
	};
	const half = await weigh(stream, async () => {
		await Promise.all([speak(), turns()]);
		await sleep(1500);
	});
	check('a busy minute is under 5 kB', half > 1000 && 2 * half < MINUTE_MAX,
		`${2 * half} bytes: twice what half a minute weighs, with captions at ${2 * typed.length} words a minute and three changes of speaker; with its framing`);
	check('the page of the Chair stays, and the focus is at the next button', near.length === 6 && near.slice(1).every((n) => n === 0), near.join(' '));
	const changes = await chair.page.evaluate((n) => window.told.slice(n), toldChair);
	check('the Chair, too, is told of each change once', changes.length === 6 && changes.every((x, i) => (i % 2 ? / has the floor: Statement\.$/ : /^Nobody has the floor\.$/).test(x)), changes.join(' | '));
	const speakers = (await heard(reader.page)).map((x) => x.text);
	check('each speaker is announced once', speakers.length === 3 && new Set(speakers).size === 3, speakers.join(' | '));
	const counted = await reader.page.evaluate(() => window.counted);
	const late = typed.map((at, i) => (counted.find((c) => c.n >= counted[0].n + i + 1)?.at ?? Infinity) - at).sort((x, y) => x - y);
	check('captions are read about a second after they were typed', late.at(-1) < 2 * SECOND && late[Math.floor(late.length / 2)] < SECOND,
		`of ${late.length} words: p50 ${late[Math.floor(late.length / 2)]} ms, p95 ${late[Math.floor(late.length * 0.95)]} ms, the last ${late.at(-1)} ms; a quarter of a second of it waits where one types`);
	await delegate.page.goto(`${base}${LIVE}`);
	const [was, is] = [await parts(reader.page), await parts(delegate.page)];
	check('what was told piece by piece is the page as it is', was.join('\n') === is.join('\n'), ...is.filter((p, i) => p !== was[i]), ...was.filter((p, i) => p !== is[i]));

	await refusals();
	moved += await reader.page.evaluate(() => window.focusMoved);
	check('the focus of the reader never moved', moved === 0, `${moved} times`);
	check('every stop of the keyboard is seen and has a name', faults.length === 0, ...new Set(faults),
		`presses: Chair ${chair.keys.presses}, delegate ${delegate.keys.presses}, captioner ${captioner.keys.presses}, reader ${reader.keys.presses}`);
	const all = readers.concat(chair, captioner);
	check('nothing went wrong in the pages', all.every((r) => r.wrong.length === 0), ...all.flatMap((r) => r.wrong));

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
process.exit(finish() ? 0 : 1);
