// An OpenID Connect provider that answers each code with the token that the code asks for: a good one, or one with something wrong.

import {createHmac, createSign, generateKeyPairSync, sign} from 'node:crypto';
import {createServer} from 'node:http';

const rsa = generateKeyPairSync('rsa', {modulusLength: 2048});
const other = generateKeyPairSync('rsa', {modulusLength: 2048});
const weak = generateKeyPairSync('rsa', {modulusLength: 1024});
const elliptic = generateKeyPairSync('ec', {namedCurve: 'P-256'});
const published = (pair, kid, alg) => ({...pair.publicKey.export({format: 'jwk'}), kid, use: 'sig', alg});
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function rs256(header, claims, key = rsa.privateKey) {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createSign('sha256').update(text).sign(key).toString('base64url')}`;
}

/** What is right, and what is wrong, by the code that asks for it. */
export const truths = ['good', 'elliptic', 'second-factor'];
export const lies = {
  good: (claims) => rs256({alg: 'RS256', kid: 'rsa'}, claims),
  elliptic: (claims) => {
    const text = `${part({alg: 'ES256', kid: 'ec'})}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), {key: elliptic.privateKey, dsaEncoding: 'ieee-p1363'}).toString('base64url')}`;
  },
  'second-factor': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, preferred_username: 'qi', amr: ['pwd', 'otp']}),
  'no-signature': (claims) => `${part({alg: 'none'})}.${part(claims)}.`,
  'signature-cut-off': (claims) => `${rs256({alg: 'RS256', kid: 'rsa'}, claims).split('.').slice(0, 2).join('.')}.`,
  'public-key-as-secret': (claims) => {
    const text = `${part({alg: 'HS256', kid: 'rsa'})}.${part(claims)}`;
    return `${text}.${createHmac('sha256', rsa.publicKey.export({type: 'spki', format: 'pem'})).update(text).digest('base64url')}`;
  },
  'another-key': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, claims, other.privateKey),
  'unpublished-key': (claims) => rs256({alg: 'RS256', kid: 'gone'}, claims, other.privateKey),
  'key-of-another-kind': (claims) => rs256({alg: 'RS256', kid: 'ec'}, claims),
  'weak-key': (claims) => rs256({alg: 'RS256', kid: 'weak'}, claims, weak.privateKey),
  'key-for-encryption': (claims) => rs256({alg: 'RS256', kid: 'enc'}, claims),
  'key-of-another-algorithm': (claims) => rs256({alg: 'RS256', kid: 'rs384'}, claims),
  'which-key': (claims) => rs256({alg: 'RS256'}, claims),
  'critical-header': (claims) => rs256({alg: 'RS256', kid: 'rsa', crit: ['b64'], b64: false}, claims),
  'another-claim': (claims) => {
    const [header, , signature] = rs256({alg: 'RS256', kid: 'rsa'}, claims).split('.');
    return `${header}.${part({...claims, preferred_username: 'leader'})}.${signature}`;
  },
  'four-parts': (claims) => `${rs256({alg: 'RS256', kid: 'rsa'}, claims)}.e30`,
  'not-a-token': () => 'eyJhbGciOiJSUzI1NiJ9',
  'another-issuer': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, iss: 'https://id.example'}),
  'another-audience': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, aud: 'other'}),
  'one-of-many': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, aud: [claims.aud, 'other']}),
  'another-nonce': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, nonce: 'x'}),
  'no-nonce': ({nonce: _, ...claims}) => rs256({alg: 'RS256', kid: 'rsa'}, claims),
  expired: (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, exp: claims.iat - 120}),
  'never-expires': ({exp: _, ...claims}) => rs256({alg: 'RS256', kid: 'rsa'}, claims),
  'from-the-future': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, iat: claims.iat + 600, exp: claims.exp + 600}),
  'names-nobody': ({sub: _, ...claims}) => rs256({alg: 'RS256', kid: 'rsa'}, claims),
  'no-user-name': ({preferred_username: _, ...claims}) => rs256({alg: 'RS256', kid: 'rsa'}, claims),
  'user-name-is-a-number': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, preferred_username: 7}),
  'nobody-here': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, preferred_username: 'stranger'}),
  'no-second-factor': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, preferred_username: 'qi'}),
  'password-only': (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, preferred_username: 'qi', amr: ['pwd']}),
  disabled: (claims) => rs256({alg: 'RS256', kid: 'rsa'}, {...claims, preferred_username: 'left'}),
};

export class LyingProvider {
  async open(client_id) {
    this.asked = [];
    this.named = null;  // the issuer that the description names, when it is not this one
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (bytes) => (body += bytes));
      request.on('end', () => {
        const answer = (status, value) => response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(value));
        if (request.url === '/.well-known/openid-configuration')
          return answer(200, {issuer: this.named ?? this.issuer, authorization_endpoint: `${this.issuer}/auth`, token_endpoint: `${this.issuer}/token`, jwks_uri: `${this.issuer}/keys`});
        if (request.url === '/keys')
          return answer(200, {keys: [published(rsa, 'rsa', 'RS256'), published(weak, 'weak', 'RS256'), published(elliptic, 'ec', 'ES256'),
            {...published(rsa, 'enc', 'RS256'), use: 'enc'}, published(rsa, 'rs384', 'RS384')]});
        const form = new URLSearchParams(body);
        this.asked.push({form, authorization: request.headers.authorization});
        const code = form.get('code');
        if (code === 'broken') return answer(500, {});
        if (code === 'unknown-code') return answer(400, {error: 'invalid_grant'});
        if (code === 'endless') return response.writeHead(200).end(Buffer.alloc(1 << 20, ' '));
        const iat = Math.floor(Date.now() / 1000);
        const claims = {iss: this.issuer, aud: client_id, sub: '42', nonce: this.nonce, iat, exp: iat + 300, preferred_username: 'owner-zuzhibu'};
        answer(200, {access_token: 'x', token_type: 'Bearer', id_token: lies[code](claims)});
      });
    });
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
