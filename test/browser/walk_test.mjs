// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * walk_test: the walk must see what it is there to see. Serves one page with a fault of each kind
 * and one without, and reads what walk.mjs says of them. TAP.
 */
import { spawn } from 'node:child_process';
import http from 'node:http';
import { fileURLToPath } from 'node:url';

const CSP = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'";
const frame = (title, body) => `<!doctype html><html lang="en"><head><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/look.css"></head>
<body><a class="skip" href="#main">Skip</a><main id="main" tabindex="-1"><h1>${title}</h1>${body}</main></body></html>`;

const pages = {
	'/': frame('Good', '<p><a href="/bad">Bad</a> <a href="/gone">Gone</a></p>'),
	'/sign-in': frame('Sign in', '<p>Here.</p>'),
	'/bad': frame('Bad', `<p class="pale">Pale</p><p class="wide">Wide</p><img src="/icon.svg">
		<p style="color: red">Inline</p><p><a class="ringless" href="/">No ring</a></p>`),
};
const look = `:focus-visible { outline: 3px solid #c25700 } .ringless:focus-visible { outline: none }
.pale { color: #ccc } .wide { width: 2000px }`;

const server = http.createServer((q, r) => {
	const where = new URL(q.url, 'http://localhost').pathname;
	if (where === '/look.css') {
		r.writeHead(200, { 'content-type': 'text/css' }).end(look);
	} else if (where === '/icon.svg') {
		r.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
	} else {
		r.writeHead(pages[where] ? 200 : 404, { 'content-type': 'text/html', 'content-security-policy': CSP });
		r.end(pages[where] ?? frame('Gone', ''));
	}
});
await new Promise((done) => { server.listen(0, '127.0.0.1', done); });

const walk = spawn(process.execPath, [fileURLToPath(new URL('walk.mjs', import.meta.url)),
	`http://127.0.0.1:${server.address().port}`]);
let said = '';
walk.stdout.on('data', (d) => { said += d; });
walk.stderr.pipe(process.stderr);
const code = await new Promise((done) => { walk.on('close', done); });
server.close();

const wanted = [
	['a good page passes', /^ok \d+ - public: \/$/m],
	['a page that is not there', /public: \/gone\n(# .*\n)*# answers 404/],
	['a picture without words', /axe image-alt/],
	['pale text', /axe color-contrast/],
	['a page that scrolls sideways', /at 320 px: scrolls sideways/],
	['style that the policy forbids', /console: .*style/i],
	['a link whose focus cannot be seen', /no focus ring: <a> No ring/],
	['a page that stays left to right', /is not right to left/],
	['the skip link works', /^ok \d+ - the skip link/m],
];
wanted.forEach(([name, re], i) => console.log(`${re.test(said) ? 'ok' : 'not ok'} ${i + 1} - ${name}`));
console.log(`${code === 1 ? 'ok' : 'not ok'} ${wanted.length + 1} - the walk fails as a whole`);
console.log(`1..${wanted.length + 1}`);
const all = code === 1 && wanted.every(([, re]) => re.test(said));
if (!all) console.log(said.replaceAll(/^/gm, '# '));
process.exit(all ? 0 : 1);
