// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * walk: every kind of page, as everybody who may see it, in Chromium.
 *
 *     node walk.mjs http://127.0.0.1:8080 [ROLE=EMAIL | ROLE=SIGN-IN-LINK]... [--most N] [--shots DIR]
 *
 * Signs in as each role (an e-mail address: asks a demonstration for its link), then follows the
 * links of each page, at most twice to addresses of one kind (/calls/1, /calls/2; the numbers
 * apart), once for signed-in roles. Each page must
 *   - answer 200,
 *   - have no axe violation (WCAG 2.0 to 2.2 A and AA, best practice), light at three widths, and
 *     dark, and in Arabic,
 *   - not scroll sideways at 320, 768 and 1440 px,
 *   - say nothing in the console (the content policy would speak there),
 *   - show where the focus is, on each of the first stops of the tab key.
 * TAP on stdout; exit 0 only when all is well. --shots keeps a picture of each page and width.
 */
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDTHS = [320, 768, 1440];
const TAB_STOPS = 30;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/* Kinds of pages that some role has seen. */
const known = new Set();
const CHROMIUM = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];

/* --- TAP --- */

let tests = 0;
let failed = 0;

function report(name, problems) {
	tests++;
	if (problems.length) failed++;
	console.log(`${problems.length ? 'not ok' : 'ok'} ${tests} - ${name}`);
	for (const p of problems) console.log(`# ${p.replaceAll('\n', '\n# ')}`);
}

/* --- what a page is asked --- */

async function axe(page, only) {
	await page.evaluate(axeSource);
	const found = await page.evaluate(async ([tags, rules]) => {
		const how = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
		const r = await window.axe.run(document, { runOnly: how, resultTypes: ['violations'] });
		return r.violations.map((v) => ({
			id: v.id,
			help: v.help,
			where: v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')}  ${n.html.slice(0, 160)}`),
		}));
	}, [AXE_TAGS, only]);
	return found.map((v) => `axe ${v.id}: ${v.help}\n  ${v.where.join('\n  ')}`);
}

async function sideways(page) {
	return page.evaluate(() => {
		const root = document.scrollingElement;
		if (root.scrollWidth <= window.innerWidth) return [];
		const wide = [...document.body.querySelectorAll('*')]
			.filter((e) => {
				const box = e.getBoundingClientRect();
				return box.width > 1 && (box.right > window.innerWidth + 1 || box.left < -1) &&
					!e.parentElement.closest('.scroll');
			})
			.slice(0, 3)
			.map((e) => `<${e.localName} class="${e.className}"> ${e.textContent.trim().slice(0, 40)}`);
		return [`scrolls sideways: ${root.scrollWidth} px in ${window.innerWidth}; ${wide.join(' | ')}`];
	});
}

/* Each stop of the tab key must be seen, and be seen to have the focus. */
async function focus(page) {
	const problems = [];
	for (let i = 0; i < TAB_STOPS; i++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(async () => {
			const e = document.activeElement;
			if (!e || e === document.body) return null;
			/* Dates have several stops inside of them, which the browser draws itself. */
			const again = e === window.lastStop;
			window.lastStop = e;
			if (again) return { again };
			await Promise.all(e.getAnimations({ subtree: false }).map((a) => a.finished.catch(() => null)));
			const box = e.getBoundingClientRect();
			const style = getComputedStyle(e);
			return {
				what: `<${e.localName}> ${(e.textContent || e.name || '').trim().slice(0, 40)}`,
				ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
				seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < window.innerHeight &&
					box.right > 0 && box.left < window.innerWidth,
				skip: e.classList.contains('skip'),
			};
		});
		if (!stop || (i > 0 && stop.skip)) break;
		if (stop.again) continue;
		if (i === 0 && !stop.skip) problems.push(`the first stop of the tab key is ${stop.what}, not the skip link`);
		if (!stop.ring) problems.push(`no focus ring: ${stop.what}`);
		if (!stop.seen) problems.push(`has the focus out of sight: ${stop.what}`);
	}
	await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
	return problems;
}

/* --- one address --- */

/* Numbers, symbols and hashes apart, addresses of one kind look the same. */
function kind(url) {
	const u = new URL(url);
	const pieces = u.pathname.split('/').map((p) => (/^\d+$/.test(p) ? '#' : /\d/.test(p) && p.length > 3 ? '*' : p));
	return pieces.join('/') + [...u.searchParams.keys()].sort().map((k) => `?${k}`).join('');
}

async function links(page, base) {
	const found = await page.evaluate(() => [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href));
	return found
		.map((h) => new URL(h))
		.filter((u) => u.origin === base.origin && !u.searchParams.has('lang') && !/^\/(static|sign-out|log)\b/.test(u.pathname))
		.map((u) => { u.hash = ''; return u.href; });
}

/* A file is only asked whether it is there. */
async function file(context, url) {
	const r = await context.request.fetch(url, { headers: { accept: 'text/html' }, maxRedirects: 5 });
	const type = r.headers()['content-type'] ?? '';
	const answer = { status: r.status(), page: type.startsWith('text/html') };
	await r.dispose();
	return answer;
}

async function shot(page, options, name) {
	if (!options.shots) return;
	const safe = name.replaceAll(/[^A-Za-z0-9.=-]+/g, '_').slice(0, 120);
	await page.screenshot({ path: path.join(options.shots, `${safe}.png`), fullPage: true });
}

async function look(page, name, widths, options) {
	const problems = [];
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		const at = (p) => `at ${width} px: ${p}`;
		problems.push(...(await sideways(page)).map(at), ...(await axe(page)).map(at));
		await shot(page, options, `${name}-${width}`);
	}
	await page.emulateMedia({ colorScheme: 'dark' });
	problems.push(...(await axe(page, ['color-contrast'])).map((p) => `dark: ${p}`));
	await page.emulateMedia({ colorScheme: 'light' });
	return problems;
}

/* A kind of page that nobody has seen yet is looked at from all sides, others only where it is narrow. */
async function visit(page, url, name, isNew, options) {
	const problems = [];
	const listen = (m) => { if (['error', 'warning'].includes(m.type())) problems.push(`console: ${m.text()}`); };
	const fault = (e) => problems.push(`page error: ${e.message}`);
	page.on('console', listen);
	page.on('pageerror', fault);
	try {
		await page.setViewportSize({ width: WIDTHS.at(-1), height: 900 });
		const answer = await page.goto(url, { waitUntil: 'load', timeout: 20000 });
		if (answer.status() !== 200) problems.push(`answers ${answer.status()}`);
		if (isNew) problems.push(...await focus(page));
		problems.push(...await look(page, name, isNew ? WIDTHS : [WIDTHS[0]], options));
	} catch (e) {
		problems.push(`could not be looked at: ${e.message.split('\n')[0]}`);
	}
	page.off('console', listen);
	page.off('pageerror', fault);
	return [...new Set(problems)];
}

/* --- one role --- */

async function signIn(page, base, who) {
	if (/^https?:|^\//.test(who)) {
		await page.goto(new URL(who, base).href);
	} else {
		await page.goto(new URL('/sign-in', base).href);
		await page.fill('main form:first-of-type input[type=email]', who);
		await page.click('main form:first-of-type button');
		await page.click('main a.primary');
	}
	await page.click('main form button');
	if (!await page.locator('.who form button').count()) throw new Error(`signing in as ${who} did not work`);
}

async function walk(browser, base, role, who, options) {
	const context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce' });
	const page = await context.newPage();
	if (who) {
		try {
			await signIn(page, base, who);
			report(`${role}: signed in`, []);
		} catch (e) {
			report(`${role}: signed in`, [e.message]);
			await context.close();
			return;
		}
	}
	const each = who ? 1 : 2;
	const kinds = new Map(); /* how many addresses of a kind this role has seen */
	const seen = new Set();
	const queue = [new URL('/', base).href];
	if (!who) queue.push(new URL('/sign-in', base).href, new URL('/?lang=ar', base).href);
	for (let n = 0; queue.length && n < options.most;) {
		const url = queue.shift();
		const k = kind(url);
		if (seen.has(url) || (kinds.get(k) ?? 0) >= each) continue;
		seen.add(url);
		kinds.set(k, (kinds.get(k) ?? 0) + 1);
		n++;
		const name = `${role}: ${url.slice(base.origin.length)}`;
		const what = await file(context, url);
		if (!what.page) {
			report(`${name} (file)`, what.status === 200 ? [] : [`answers ${what.status}`]);
			continue;
		}
		/* Forms all come from one template. */
		const template = k.replace(/\/do\/[^?]*.*/, '/do/');
		report(name, await visit(page, url, name, !known.has(template), options));
		known.add(template);
		/* A language that was asked for is remembered; the walk goes on in the browser's own. */
		if (new URL(url).searchParams.has('lang')) await context.clearCookies({ name: '__Host-lang' });
		/* A form is no link: what its page finds is looked at too, and what it does not find. */
		if (!who && url.endsWith('/search')) queue.unshift(`${url}?q=cooperation`, `${url}?q=xyzzy`);
		const found = await links(page, base);
		queue.push(...found);
	}
	if (!who) await inArabic(page, base, [...seen], options);
	await context.close();
}

/* Right to left: everything of the public's walk once more, one address of each kind. */
async function inArabic(page, base, urls, options) {
	const kinds = new Set();
	for (const url of urls) {
		const u = new URL(url);
		if (kinds.has(kind(url)) || u.searchParams.has('lang')) continue;
		kinds.add(kind(url));
		u.searchParams.set('lang', 'ar');
		const name = `arabic: ${u.href.slice(base.origin.length)}`;
		const problems = [];
		try {
			await page.setViewportSize({ width: 320, height: 900 });
			await page.goto(u.href);
			if (await page.evaluate(() => document.dir) !== 'rtl') problems.push('is not right to left');
			problems.push(...await sideways(page), ...await axe(page));
			await shot(page, options, name);
		} catch (e) {
			if (!/Download is starting/.test(e.message)) problems.push(e.message.split('\n')[0]);
			else continue;
		}
		report(name, problems);
	}
	await page.context().clearCookies();
}

/* The skip link must lead past the frame. */
async function skipLink(browser, base) {
	const page = await browser.newPage();
	await page.goto(base.href);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	const at = await page.evaluate(() => document.activeElement.id);
	report('the skip link leads to the content', at === 'main' ? [] : [`the focus is on "${at}"`]);
	await page.close();
}

async function main() {
	const args = process.argv.slice(2);
	const options = { most: 120, shots: null };
	const roles = [];
	let base = null;
	while (args.length) {
		const a = args.shift();
		if (a === '--most') options.most = Number(args.shift());
		else if (a === '--shots') options.shots = args.shift();
		else if (!base) base = new URL(a);
		else roles.push([a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)]);
	}
	if (!base) {
		console.error('usage: node walk.mjs BASE [ROLE=EMAIL]... [--most N] [--shots DIR]');
		process.exit(2);
	}
	if (options.shots) fs.mkdirSync(options.shots, { recursive: true });
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: [...CHROMIUM, ...asRoot],
	});
	await skipLink(browser, base);
	await walk(browser, base, 'public', null, options);
	for (const [role, who] of roles) await walk(browser, base, role, who, options);
	await browser.close();
	console.log(`1..${tests}`);
	process.exit(failed ? 1 : 0);
}

await main();
