// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * walk_test: the walk must see what it is there to see. Serves pages and forms with a fault of each
 * kind and some without, and reads what walk.mjs says of them. TAP.
 */
import { spawn } from 'node:child_process';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Keys } from './keys.mjs';

const CSP = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'";
const frame = (title, body, ar) => `<!doctype html><html lang="${ar ? 'ar" dir="rtl' : 'en'}"><head><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/look.css"></head>
<body><a class="skip" href="#main">Skip</a><main id="main" tabindex="-1"><h1>${title}</h1>${body}</main></body></html>`;

const GOOD = '<form class="form"><label>Name <input name="a"></label></form>';
/* The same document twice: axe looks at it once, its fault is said of both. */
const TWIN = frame('Twin', '<p class="pale">Pale</p>');
const pages = {
	'/': frame('Good', `<p><a href="/bad">Bad</a> <a href="/gone">Gone</a> <a href="/g/x/help">Help</a>
		<a href="/twin/1">Twin</a> <a href="/twin/2">Twin</a></p>`),
	'/twin/1': TWIN,
	'/twin/2': TWIN,
	'/sign-in': frame('Sign in', '<p>Here.</p>'),
	'/bad': frame('Bad', `<p class="pale">Pale</p><p class="wide">Wide</p><img src="/icon.svg">
		<p style="color: red">Inline</p><p><a class="ringless" href="/">No ring</a></p>`),
	'/g/x/help': frame('Help', ['good', 'vast', 'arabic'].map((f) => `<p><a href="/g/x/do/${f}">${f}</a></p>`).join('')),
	'/g/x/do/good': frame('Good form', GOOD),
	'/g/x/do/vast': frame('Vast form', '<form class="form"><p class="vast">Vast</p><label>Name <input name="b"></label></form>'),
	'/g/x/do/arabic': frame('Form', '<form class="form"><label>Name <input name="c"></label></form>'),
	'/keys': frame('Keys', `<button class="named">Named</button><button></button>
		<button class="ringless">No ring</button><button class="under">Under</button><p class="over">Over</p>`),
};
/* Faults that only those see who read from right to left. */
const arabic = {
	'/g/x/do/good': frame('Good form', GOOD, true),
	'/g/x/do/arabic': frame('Form', '<form class="form"><p style="color: red">Inline</p><input name="c"></form>', true),
};
const look = `:focus-visible { outline: 3px solid #c25700 } .ringless:focus-visible { outline: none }
.pale { color: #ccc } .wide { width: 2000px } button { min-height: 2rem; min-width: 2rem }
@media (min-width: 1400px) { .vast { width: 2000px } }
.under, .over { position: fixed; inset: auto 0 0 0; height: 3rem; margin: 0 } .over { background: #fff }`;

const server = http.createServer((q, r) => {
	const { pathname: where, searchParams } = new URL(q.url, 'http://localhost');
	const page = (searchParams.has('lang') && arabic[where]) || pages[where];
	if (where === '/look.css') {
		r.writeHead(200, { 'content-type': 'text/css' }).end(look);
	} else if (where === '/icon.svg') {
		r.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
	} else {
		r.writeHead(page ? 200 : 404, { 'content-type': 'text/html', 'content-security-policy': CSP });
		r.end(page ?? frame('Gone', ''));
	}
});
await new Promise((done) => { server.listen(0, '127.0.0.1', done); });

const base = `http://127.0.0.1:${server.address().port}`;
const walk = spawn(process.execPath, [fileURLToPath(new URL('walk.mjs', import.meta.url)), base]);
let said = '';
walk.stdout.on('data', (d) => { said += d; });
walk.stderr.pipe(process.stderr);
const code = await new Promise((done) => { walk.on('close', done); });

/* The stops of somebody who has only a keyboard. */
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
const page = await browser.newPage();
const problems = [];
await page.goto(`${base}/keys`);
const keys = await Keys.of(page, problems);
const fine = await keys.to(/^Skip$/, 'link').then(() => keys.to(/^Named$/, 'button')).then(() => problems.length === 0);
await keys.to(/^Under$/);
const byKeys = problems.join('\n');
await browser.close();
server.close();

const wanted = [
	['a good page passes', /^ok \d+ - public: \/$/m],
	['a page that is not there', /public: \/gone\n(# .*\n)*# answers 404/],
	['a picture without words', /axe image-alt/],
	['pale text', /axe color-contrast/],
	['the first of two that are the same', /public: \/twin\/1\n(# .*\n)*# at 320 px: axe color-contrast/],
	['and the second', /public: \/twin\/2\n(# .*\n)*# at 320 px: axe color-contrast/],
	['which axe has not looked at again', /on a document it has seen: .*, [1-9]\d* times/],
	['a page that scrolls sideways', /at 320 px: scrolls sideways/],
	['style that the policy forbids', /console: .*style/i],
	['a link whose focus cannot be seen', /no focus ring: <a> No ring/],
	['a page that stays left to right', /is not right to left/],
	['the skip link works', /^ok \d+ - the skip link/m],
	['a form without a fault', /^ok \d+ - public: form \/g\/x\/do\/good$/m],
	['a form that scrolls sideways where it is wide', /public: form \/g\/x\/do\/vast\n(# .*\n)*# at 1440 px: scrolls sideways/],
	['a form whose field has no label in Arabic', /public: form \/g\/x\/do\/arabic\n(# .*\n)*# in Arabic: axe label/],
	['style that the policy forbids, in Arabic', /public: form \/g\/x\/do\/arabic\n(# .*\n)*# console: .*style/],
];
const wantedByKeys = [
	['a stop without a name', /has no name: <button>/],
	['a stop without a ring', /no focus ring: <button> No ring/],
	['a stop behind something else', /has the focus out of sight: <button> Under/],
];
const results = [
	...wanted.map(([name, re]) => [name, re.test(said)]),
	['the walk fails as a whole', code === 1],
	['keys: stops without a fault', fine],
	...wantedByKeys.map(([name, re]) => [`keys: ${name}`, re.test(byKeys)]),
];
results.forEach(([name, is], i) => console.log(`${is ? 'ok' : 'not ok'} ${i + 1} - ${name}`));
console.log(`1..${results.length}`);
const all = results.every(([, is]) => is);
if (!all) console.log(`${said}\n${byKeys}`.replaceAll(/^/gm, '# '));
process.exit(all ? 0 : 1);
