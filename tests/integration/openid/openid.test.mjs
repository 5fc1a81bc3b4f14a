// Signing in with a provider that the county runs: npm's oidc-provider, certified by the OpenID Foundation; and a provider that lies.

import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {after, before, test} from 'node:test';

import Provider from 'oidc-provider';

import {Browser as PasswordBrowser} from '../server/browser.mjs';
import {County, run} from '../server/county.mjs';
import {code_of} from '../server/one_time_code.mjs';
import {LyingProvider, lies, truths} from './lying_provider.mjs';

const client = {id: 'xiaohao', secret: 'a secret of the county: % and +'};
let county, address, issuer, provider_server, liar;

async function free_port() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  const {port} = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** oidc-provider as it comes, whose login page takes any name for an account. */
async function open_provider(redirect_uri) {
  const port = await free_port();
  issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{client_id: client.id, client_secret: client.secret, redirect_uris: [redirect_uri], grant_types: ['authorization_code'], response_types: ['code']}],
    claims: {openid: ['sub'], profile: ['preferred_username']},
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({accountId: id, claims: () => ({sub: id, preferred_username: id})}),
    pkce: {required: () => true},
    cookies: {keys: ['of the test']},
  });
  provider_server = provider.listen(port, '127.0.0.1');
  await new Promise((resolve) => provider_server.on('listening', resolve));
}

async function serve_with(openid) {
  const config = path.join(county.folder, 'config.json');
  writeFileSync(config, JSON.stringify({public_url: `http://${address}`, openid}));
  if (county.server) await county.stop();
  await county.serve({options: ['--config', config], listen: address});
}
const of_liar = () => ({issuer: liar.issuer, client_id: client.id, client_secret: client.secret, allowed_addresses: ['127.0.0.1']});

before(async () => {
  county = await County.make({rows: [1]});
  county.add('qi', '齐动态', 'Owner', '--unit', 'zuzhibu');
  county.add('left', '已调离', 'Owner', '--unit', 'zuzhibu');
  assert.equal((await run('user', 'disable', 'left', '--db', county.db)).code, 0);
  address = `127.0.0.1:${await free_port()}`;
  await open_provider(`http://${address}/sign-in/openid/callback`);
  liar = await new LyingProvider().open(client.id);
});
after(async () => {
  provider_server.close();
  provider_server.closeAllConnections();
  liar.close();
  await county.close();
});

/** A browser's cookies, by host and path; redirects are followed by hand. */
class Browser {
  cookies = [];
  async send(url, form) {
    const {host, pathname} = new URL(url);
    const fitting = this.cookies.filter((cookie) => cookie.host === host && pathname.startsWith(cookie.path));
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET', redirect: 'manual', body: form ? new URLSearchParams(form) : undefined,
      headers: {cookie: fitting.map(({name, value}) => `${name}=${value}`).join('; ')},
    });
    for (const line of response.headers.get('set-cookie')?.split(/, (?=[^;,\s]+=)/) ?? []) {  // Debian's node has no getSetCookie
      const [pair, ...rest] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('=')), value = pair.slice(pair.indexOf('=') + 1);
      const at = rest.find((word) => /^path=/i.test(word))?.slice(5) ?? '/';
      this.cookies = this.cookies.filter((cookie) => !(cookie.host === host && cookie.name === name && cookie.path === at));
      if (value && !rest.some((word) => /^max-age=0/i.test(word))) this.cookies.push({host, name, value, path: at, line});
    }
    return response;
  }
  /** Goes on until there is a page, and fills in the provider's forms. */
  async go(url, login) {
    for (let hops = 0; hops < 20; ++hops) {
      const response = await this.send(url);
      if (response.status === 303 || response.status === 302) {
        url = new URL(response.headers.get('location'), url).href;
        continue;
      }
      const text = await response.text();
      const action = text.match(/action="([^"]*\/interaction\/[^"]*)"/)?.[1];
      if (!action) return {url, status: response.status, text};
      const prompt = text.match(/name="prompt" value="(\w+)"/)[1];
      const answered = await this.send(new URL(action, url).href, prompt === 'login' ? {prompt, login, password: 'any'} : {prompt});
      url = new URL(answered.headers.get('location'), url).href;
    }
    throw new Error('too many hops');
  }
  cookie(name) {
    return this.cookies.find((cookie) => cookie.name === name);
  }
  async me() {
    const response = await this.send(`${county.base}/api/v1/me`);
    return response.status === 200 ? (await response.json()).username : response.status;
  }
}

test('a clerk signs in with the county’s provider, and is himself', async () => {
  await serve_with({issuer, client_id: client.id, client_secret: client.secret, name: '县统一认证', allowed_addresses: ['127.0.0.1']});
  const page = await (await fetch(`${county.base}/sign-in`, {headers: {'accept-language': 'zh'}})).text();
  assert.match(page, /用县统一认证登录/);
  const browser = new Browser();
  const end = await browser.go(`${county.base}/sign-in/openid`, 'owner-zuzhibu');
  assert.equal(end.url, `${county.base}/`, end.text.slice(0, 500));
  assert.equal(await browser.me(), 'owner-zuzhibu');
  assert.match(browser.cookie('xiaohao_session').line, /HttpOnly; SameSite=Lax/);
  assert.equal(browser.cookie('xiaohao_openid'), undefined, 'what the way back needed is gone');
});

test('whoever the provider knows and the county does not stays outside', async () => {
  const browser = new Browser();
  const end = await browser.go(`${county.base}/sign-in/openid`, 'stranger');
  assert.equal(end.url, `${county.base}/sign-in`);
  assert.match(end.text, /没有这个账号|no such account/);
  assert.equal(await browser.me(), 401);
});

/** Begins at the lying provider, and comes back with `code`. */
async function come_back(code, {change = (query) => query, forget = false, browser = new Browser()} = {}) {
  const begun = await browser.send(`${county.base}/sign-in/openid`);
  const asked = new URL(begun.headers.get('location')).searchParams;
  liar.nonce = asked.get('nonce');
  if (forget) browser.cookies = [];
  const query = new URLSearchParams(change({code, state: asked.get('state')}));
  const answer = await browser.send(`${county.base}/sign-in/openid/callback?${query}`);
  return {browser, answer, asked};
}

test('a token signed by either algorithm is taken, and the exchange proves what it must', async () => {
  await serve_with(of_liar());
  for (const code of ['good', 'elliptic']) {
    const {browser, answer, asked} = await come_back(code);
    assert.equal(answer.headers.get('location'), '/', code);
    assert.equal(await browser.me(), 'owner-zuzhibu');
    const {form, authorization} = liar.asked.at(-1);
    assert.equal(asked.get('code_challenge_method'), 'S256');
    const {createHash} = await import('node:crypto');
    assert.equal(createHash('sha256').update(form.get('code_verifier')).digest('base64url'), asked.get('code_challenge'));
    const [id, secret] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':').map(decodeURIComponent);
    assert.deepEqual([id, secret], [client.id, client.secret]);
    assert.equal(form.get('redirect_uri'), `http://${address}/sign-in/openid/callback`);
  }
});

test('another sign-in in the same browser ends the session before', async () => {
  const {browser} = await come_back('good');
  const {value: session} = browser.cookie('xiaohao_session');
  const alive = async () => (await fetch(`${county.base}/api/v1/me`, {headers: {cookie: `xiaohao_session=${session}`}})).status;
  assert.equal(await alive(), 200);
  await come_back('elliptic', {browser});
  assert.notEqual(browser.cookie('xiaohao_session').value, session);
  assert.equal(await alive(), 401);
});

test('one-time codes are not gone round, unless the provider asked for as much', async () => {
  const own = new PasswordBrowser(county.base);
  await own.sign_in('qi');
  await own.ask('/account');
  await own.ask('/account/one-time-codes/begin', {});
  const key = (await own.ask('/account/one-time-codes')).page.match(/<code class="secret">([A-Z2-7 ]+)</)[1].replaceAll(' ', '');
  await own.ask('/account/one-time-codes/confirm', {code: code_of(key)});
  await own.ask('/account/one-time-codes/remove', {present_password: 'wrong'});  // they stay
  for (const code of ['no-second-factor', 'password-only']) {
    const {browser, answer} = await come_back(code);
    assert.equal(answer.headers.get('location'), '/sign-in', code);
    assert.equal(await browser.me(), 401, code);
  }
  assert.equal(await (await come_back('second-factor')).browser.me(), 'qi');
});

test('a description that names another issuer is not this provider\'s', async () => {
  liar.named = 'https://id.example';
  await serve_with(of_liar());  // which has not read it yet
  const begun = await new Browser().send(`${county.base}/sign-in/openid`);
  assert.equal(begun.headers.get('location'), '/sign-in');
  liar.named = null;
});

test('a lie signs nobody in', async () => {
  for (const code of [...Object.keys(lies).filter((name) => !truths.includes(name)), 'broken', 'unknown-code', 'endless']) {
    const {browser, answer} = await come_back(code);
    assert.equal(answer.headers.get('location'), '/sign-in', code);
    assert.equal(browser.cookie('xiaohao_session'), undefined, code);
    assert.equal(await browser.me(), 401, code);
  }
});

test('an answer to another question, or in another browser, signs nobody in', async () => {
  const ways = {
    'another state': {change: (query) => ({...query, state: 'x'.repeat(43)})}, 'no state': {change: ({code}) => ({code})},
    'another browser': {forget: true}, 'another issuer': {change: (query) => ({...query, iss: 'https://id.example'})},
    'an error': {change: ({state}) => ({state, error: 'access_denied'})},
  };
  for (const [name, way] of Object.entries(ways)) {
    const {browser, answer} = await come_back('good', way);
    assert.equal(answer.headers.get('location'), '/sign-in', name);
    assert.equal(await browser.me(), 401, name);
  }
  const {browser, answer} = await come_back('good');
  assert.equal(answer.headers.get('location'), '/');
  const again = await browser.send(`${county.base}/sign-in/openid/callback?code=good&state=x`);
  assert.equal(again.headers.get('location'), '/sign-in', 'the way back is open once');
});

test('without the provider people sign in with their passwords', async () => {
  const browser = new Browser();
  const begun = await browser.send(`${county.base}/sign-in/openid`);
  liar.close();
  const state = new URL(begun.headers.get('location')).searchParams.get('state');
  const response = await browser.send(`${county.base}/sign-in/openid/callback?code=good&state=${state}`);
  assert.equal(response.headers.get('location'), '/sign-in');
  const {status} = await (await county.as('leader')).get('/me');
  assert.equal(status, 200);
});

test('a section that cannot be is refused, and the field named', async () => {
  await county.stop();
  const whole = of_liar();
  for (const [openid, public_url, pointer] of [
    [{...whole, issuer: undefined}, 'http://x', '/openid/issuer'], [{...whole, allowed_addresses: []}, 'http://x', '/openid/issuer'], [whole, undefined, '/openid/issuer'],
    [{...whole, issuer: 'ftp://x'}, 'http://x', '/openid/issuer'], [{...whole, client_id: ''}, 'http://x', '/openid/client_id'],
    [{...whole, client_secret_file: '/nonexistent', client_secret: undefined}, 'http://x', '/openid/client_secret_file'], [{...whole, scope: 'all'}, 'http://x', '/openid/scope'],
  ]) {
    const config = path.join(county.folder, 'bad.json');
    writeFileSync(config, JSON.stringify({public_url, openid}));
    const served = await run('serve', '--db', county.db, '--listen', '127.0.0.1:0', '--config', config);
    assert.equal(served.code, 2, JSON.stringify(openid));
    assert.ok(served.err.includes(pointer), served.err);
  }
});
