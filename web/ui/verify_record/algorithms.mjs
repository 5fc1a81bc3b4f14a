// Ed25519 and SHA-256 without WebCrypto: pages over plain HTTP have none, and older browsers have no Ed25519 in it.
import {etc, verify} from '@noble/ed25519';
import {sha256, sha512} from '@noble/hashes/sha2';

etc.sha512Sync = (...parts) => sha512(etc.concatBytes(...parts));

/** RFC 8032, without the leniency of ZIP 215. */
export function ed25519_holds(key, message, signature) {
  if (signature.length !== 64) return false;
  try {
    return verify(signature, message, key, {zip215: false});
  } catch {
    return false;  // no point of the curve
  }
}
export {sha256};
