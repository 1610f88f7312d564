// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * pages: follows the links of each page, at most twice to addresses of one kind (/calls/1, /calls/2;
 * the numbers apart), once for signed-in roles.
 */
import { WIDTHS, HEIGHT, focus, inArabic, inTheDark, look } from './look.mjs';
import { isForm, lookAtForms } from './forms.mjs';
import { signIn, visitor } from './people.mjs';
import { report, timed } from './tap.mjs';

/* Kinds of pages that some role has seen. */
const known = new Set();

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

/* A file that a browser saves is only asked whether it is there. (Playwright sends no cookie of a session where TLS is missing.) */
async function file(context, url) {
	const cookie = (await context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
	const r = await context.request.fetch(url, { headers: { accept: 'text/html', cookie }, maxRedirects: 5 });
	const status = r.status();
	await r.dispose();
	return { status, page: false };
}

/* Opens what stands there; files that Chromium shows are no pages either. */
async function open({ context, page }, url) {
	await page.setViewportSize({ width: WIDTHS.at(-1), height: HEIGHT });
	try {
		const answer = await timed('opening pages', () => page.goto(url, { waitUntil: 'load', timeout: 20000 }));
		const type = answer.headers()['content-type'] ?? '';
		return { status: answer.status(), page: type.startsWith('text/html') };
	} catch (e) {
		if (!/Download is starting/.test(e.message)) return { problem: `could not be opened: ${e.message.split('\n')[0]}`, page: true };
		return timed('asking for files', () => file(context, url));
	}
}

/* A kind of page that nobody has seen yet is looked at from all sides, others only where it is narrow. */
async function visit(who, answer, name, isNew, options) {
	const { page } = who;
	const problems = [];
	if (answer.problem) problems.push(answer.problem);
	else if (answer.status !== 200) problems.push(`answers ${answer.status}`);
	try {
		if (isNew) problems.push(...await timed('tab stops', () => focus(page)));
		problems.push(...await look(page, name, isNew ? WIDTHS : [WIDTHS[0]], options), ...await inTheDark(page));
	} catch (e) {
		problems.push(`could not be looked at: ${e.message.split('\n')[0]}`);
	}
	return [...problems, ...who.heard()];
}

/* Everything of the public's walk once more from right to left, one address of each kind. */
async function allInArabic(who, base, urls, options) {
	const kinds = new Set();
	for (const url of urls) {
		if (kinds.has(kind(url)) || new URL(url).searchParams.has('lang')) continue;
		kinds.add(kind(url));
		const name = url.slice(base.origin.length);
		let problems = [];
		try {
			problems = await timed('pages in Arabic, with axe', () => inArabic(who.page, url, name, options));
		} catch (e) {
			if (/Download is starting/.test(e.message)) continue;
			problems.push(e.message.split('\n')[0]);
		}
		report(`arabic: ${name}`, [...problems, ...who.heard()]);
	}
}

async function enter(who, base, role, email) {
	try {
		await timed('signing in', () => signIn(who.page, base, email));
		report(`${role}: signed in`, who.heard());
		return true;
	} catch (e) {
		report(`${role}: signed in`, [e.message, ...who.heard()]);
		return false;
	}
}

/* The addresses of pages, and those of forms: one is looked at here for what all have in common. */
async function follow(who, base, role, options) {
	const isPublic = role === 'public';
	const kinds = new Map(); /* how many addresses of a kind this role has seen */
	const seen = new Set();
	const pages = [];
	const forms = [];
	const queue = [new URL('/', base).href];
	if (isPublic) queue.push(new URL('/sign-in', base).href, new URL('/?lang=ar', base).href);
	for (let n = 0; queue.length && n < options.most;) {
		const url = queue.shift();
		const k = kind(url);
		if (seen.has(url) || (kinds.get(k) ?? 0) >= (isPublic ? 2 : 1)) continue;
		const template = isForm(url) ? 'a form' : k;
		seen.add(url);
		kinds.set(k, (kinds.get(k) ?? 0) + 1);
		if (isForm(url)) forms.push(url);
		if (isForm(url) && known.has(template)) continue;
		n++;
		const name = `${role}: ${url.slice(base.origin.length)}`;
		const answer = await open(who, url);
		if (!answer.page) {
			report(`${name} (file)`, [...(answer.status === 200 ? [] : [`answers ${answer.status}`]), ...who.heard()]);
			continue;
		}
		if (!isForm(url)) pages.push(url);
		const isNew = !known.has(template);
		known.add(template);
		report(name, await visit(who, answer, name, isNew, options));
		/* A language that was asked for is remembered; the walk goes on in the browser's own. */
		if (new URL(url).searchParams.has('lang')) await who.context.clearCookies({ name: '__Host-lang' });
		/* A form is no link: what its page finds is looked at too, and what it does not find. */
		if (isPublic && url.endsWith('/search')) queue.unshift(`${url}?q=cooperation`, `${url}?q=xyzzy`);
		queue.push(...await links(who.page, base));
	}
	return { pages, forms };
}

/* email: an address to sign in with, or a link that does; null stays outside. */
export async function walk(browser, base, role, email, options) {
	const who = await visitor(browser);
	if (!email || await enter(who, base, role, email)) {
		const { pages, forms } = await follow(who, base, role, options);
		if (!email) await allInArabic(who, base, pages, options);
		await lookAtForms(who, base, role, { pages, forms }, options);
	}
	await who.context.close();
}

/* The skip link must lead past the frame. */
export async function skipLink(browser, base) {
	const { context, page } = await visitor(browser);
	await page.goto(base.href);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	const at = await page.evaluate(() => document.activeElement.id);
	report('the skip link leads to the content', at === 'main' ? [] : [`the focus is on "${at}"`]);
	await context.close();
}
