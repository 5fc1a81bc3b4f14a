(() => {
  // node_modules/@noble/ed25519/index.js
  /*! noble-ed25519 - MIT License (c) 2019 Paul Miller (paulmillr.com) */
  var P = 2n ** 255n - 19n;
  var N = 2n ** 252n + 27742317777372353535851937790883648493n;
  var Gx = 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an;
  var Gy = 0x6666666666666666666666666666666666666666666666666666666666666658n;
  var _d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
  var CURVE = {
    a: -1n,
    // -1 mod p
    d: _d,
    // -(121665/121666) mod p
    p: P,
    n: N,
    h: 8,
    Gx,
    Gy
    // field prime, curve (group) order, cofactor
  };
  var err = (m = "") => {
    throw new Error(m);
  };
  var isS = (s) => typeof s === "string";
  var isu8 = (a) => a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array";
  var au8 = (a, l) => (
    // is Uint8Array (of specific length)
    !isu8(a) || typeof l === "number" && l > 0 && a.length !== l ? err("Uint8Array of valid length expected") : a
  );
  var u8n = (data) => new Uint8Array(data);
  var toU8 = (a, len) => au8(isS(a) ? h2b(a) : u8n(au8(a)), len);
  var M = (a, b = P) => {
    let r = a % b;
    return r >= 0n ? r : b + r;
  };
  var isPoint = (p) => p instanceof Point ? p : err("Point expected");
  var Point = class _Point {
    constructor(ex, ey, ez, et) {
      this.ex = ex;
      this.ey = ey;
      this.ez = ez;
      this.et = et;
    }
    static fromAffine(p) {
      return new _Point(p.x, p.y, 1n, M(p.x * p.y));
    }
    /** RFC8032 5.1.3: hex / Uint8Array to Point. */
    static fromHex(hex, zip215 = false) {
      const { d } = CURVE;
      hex = toU8(hex, 32);
      const normed = hex.slice();
      const lastByte = hex[31];
      normed[31] = lastByte & ~128;
      const y = b2n_LE(normed);
      if (zip215 && !(0n <= y && y < 2n ** 256n))
        err("bad y coord 1");
      if (!zip215 && !(0n <= y && y < P))
        err("bad y coord 2");
      const y2 = M(y * y);
      const u = M(y2 - 1n);
      const v = M(d * y2 + 1n);
      let { isValid, value: x } = uvRatio(u, v);
      if (!isValid)
        err("bad y coordinate 3");
      const isXOdd = (x & 1n) === 1n;
      const isLastByteOdd = (lastByte & 128) !== 0;
      if (!zip215 && x === 0n && isLastByteOdd)
        err("bad y coord 3");
      if (isLastByteOdd !== isXOdd)
        x = M(-x);
      return new _Point(x, y, 1n, M(x * y));
    }
    get x() {
      return this.toAffine().x;
    }
    // .x, .y will call expensive toAffine.
    get y() {
      return this.toAffine().y;
    }
    // Should be used with care.
    equals(other) {
      const { ex: X1, ey: Y1, ez: Z1 } = this;
      const { ex: X2, ey: Y2, ez: Z2 } = isPoint(other);
      const X1Z2 = M(X1 * Z2), X2Z1 = M(X2 * Z1);
      const Y1Z2 = M(Y1 * Z2), Y2Z1 = M(Y2 * Z1);
      return X1Z2 === X2Z1 && Y1Z2 === Y2Z1;
    }
    is0() {
      return this.equals(I);
    }
    negate() {
      return new _Point(M(-this.ex), this.ey, this.ez, M(-this.et));
    }
    /** Point doubling. Complete formula. */
    double() {
      const { ex: X1, ey: Y1, ez: Z1 } = this;
      const { a } = CURVE;
      const A = M(X1 * X1);
      const B = M(Y1 * Y1);
      const C2 = M(2n * M(Z1 * Z1));
      const D = M(a * A);
      const x1y1 = X1 + Y1;
      const E = M(M(x1y1 * x1y1) - A - B);
      const G2 = D + B;
      const F = G2 - C2;
      const H = D - B;
      const X3 = M(E * F);
      const Y3 = M(G2 * H);
      const T3 = M(E * H);
      const Z3 = M(F * G2);
      return new _Point(X3, Y3, Z3, T3);
    }
    /** Point addition. Complete formula. */
    add(other) {
      const { ex: X1, ey: Y1, ez: Z1, et: T1 } = this;
      const { ex: X2, ey: Y2, ez: Z2, et: T2 } = isPoint(other);
      const { a, d } = CURVE;
      const A = M(X1 * X2);
      const B = M(Y1 * Y2);
      const C2 = M(T1 * d * T2);
      const D = M(Z1 * Z2);
      const E = M((X1 + Y1) * (X2 + Y2) - A - B);
      const F = M(D - C2);
      const G2 = M(D + C2);
      const H = M(B - a * A);
      const X3 = M(E * F);
      const Y3 = M(G2 * H);
      const T3 = M(E * H);
      const Z3 = M(F * G2);
      return new _Point(X3, Y3, Z3, T3);
    }
    mul(n, safe = true) {
      if (n === 0n)
        return safe === true ? err("cannot multiply by 0") : I;
      if (!(typeof n === "bigint" && 0n < n && n < N))
        err("invalid scalar, must be < L");
      if (!safe && this.is0() || n === 1n)
        return this;
      if (this.equals(G))
        return wNAF(n).p;
      let p = I, f = G;
      for (let d = this; n > 0n; d = d.double(), n >>= 1n) {
        if (n & 1n)
          p = p.add(d);
        else if (safe)
          f = f.add(d);
      }
      return p;
    }
    multiply(scalar) {
      return this.mul(scalar);
    }
    // Aliases for compatibilty
    clearCofactor() {
      return this.mul(BigInt(CURVE.h), false);
    }
    // multiply by cofactor
    isSmallOrder() {
      return this.clearCofactor().is0();
    }
    // check if P is small order
    isTorsionFree() {
      let p = this.mul(N / 2n, false).double();
      if (N % 2n)
        p = p.add(this);
      return p.is0();
    }
    /** converts point to 2d xy affine point. (x, y, z, t) ∋ (x=x/z, y=y/z, t=xy). */
    toAffine() {
      const { ex: x, ey: y, ez: z } = this;
      if (this.equals(I))
        return { x: 0n, y: 1n };
      const iz = invert(z, P);
      if (M(z * iz) !== 1n)
        err("invalid inverse");
      return { x: M(x * iz), y: M(y * iz) };
    }
    toRawBytes() {
      const { x, y } = this.toAffine();
      const b = n2b_32LE(y);
      b[31] |= x & 1n ? 128 : 0;
      return b;
    }
    toHex() {
      return b2h(this.toRawBytes());
    }
    // encode to hex string
  };
  Point.BASE = new Point(Gx, Gy, 1n, M(Gx * Gy));
  Point.ZERO = new Point(0n, 1n, 1n, 0n);
  var { BASE: G, ZERO: I } = Point;
  var padh = (num, pad) => num.toString(16).padStart(pad, "0");
  var b2h = (b) => Array.from(au8(b)).map((e) => padh(e, 2)).join("");
  var C = { _0: 48, _9: 57, A: 65, F: 70, a: 97, f: 102 };
  var _ch = (ch) => {
    if (ch >= C._0 && ch <= C._9)
      return ch - C._0;
    if (ch >= C.A && ch <= C.F)
      return ch - (C.A - 10);
    if (ch >= C.a && ch <= C.f)
      return ch - (C.a - 10);
    return;
  };
  var h2b = (hex) => {
    const e = "hex invalid";
    if (!isS(hex))
      return err(e);
    const hl = hex.length, al = hl / 2;
    if (hl % 2)
      return err(e);
    const array = u8n(al);
    for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
      const n1 = _ch(hex.charCodeAt(hi));
      const n2 = _ch(hex.charCodeAt(hi + 1));
      if (n1 === void 0 || n2 === void 0)
        return err(e);
      array[ai] = n1 * 16 + n2;
    }
    return array;
  };
  var n2b_32LE = (num) => h2b(padh(num, 32 * 2)).reverse();
  var b2n_LE = (b) => BigInt("0x" + b2h(u8n(au8(b)).reverse()));
  var concatB = (...arrs) => {
    const r = u8n(arrs.reduce((sum, a) => sum + au8(a).length, 0));
    let pad = 0;
    arrs.forEach((a) => {
      r.set(a, pad);
      pad += a.length;
    });
    return r;
  };
  var invert = (num, md) => {
    if (num === 0n || md <= 0n)
      err("no inverse n=" + num + " mod=" + md);
    let a = M(num, md), b = md, x = 0n, y = 1n, u = 1n, v = 0n;
    while (a !== 0n) {
      const q = b / a, r = b % a;
      const m = x - u * q, n = y - v * q;
      b = a, a = r, x = u, y = v, u = m, v = n;
    }
    return b === 1n ? M(x, md) : err("no inverse");
  };
  var pow2 = (x, power) => {
    let r = x;
    while (power-- > 0n) {
      r *= r;
      r %= P;
    }
    return r;
  };
  var pow_2_252_3 = (x) => {
    const x2 = x * x % P;
    const b2 = x2 * x % P;
    const b4 = pow2(b2, 2n) * b2 % P;
    const b5 = pow2(b4, 1n) * x % P;
    const b10 = pow2(b5, 5n) * b5 % P;
    const b20 = pow2(b10, 10n) * b10 % P;
    const b40 = pow2(b20, 20n) * b20 % P;
    const b80 = pow2(b40, 40n) * b40 % P;
    const b160 = pow2(b80, 80n) * b80 % P;
    const b240 = pow2(b160, 80n) * b80 % P;
    const b250 = pow2(b240, 10n) * b10 % P;
    const pow_p_5_8 = pow2(b250, 2n) * x % P;
    return { pow_p_5_8, b2 };
  };
  var RM1 = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;
  var uvRatio = (u, v) => {
    const v3 = M(v * v * v);
    const v7 = M(v3 * v3 * v);
    const pow = pow_2_252_3(u * v7).pow_p_5_8;
    let x = M(u * v3 * pow);
    const vx2 = M(v * x * x);
    const root1 = x;
    const root2 = M(x * RM1);
    const useRoot1 = vx2 === u;
    const useRoot2 = vx2 === M(-u);
    const noRoot = vx2 === M(-u * RM1);
    if (useRoot1)
      x = root1;
    if (useRoot2 || noRoot)
      x = root2;
    if ((M(x) & 1n) === 1n)
      x = M(-x);
    return { isValid: useRoot1 || useRoot2, value: x };
  };
  var modL_LE = (hash) => M(b2n_LE(hash), N);
  var _shaS;
  var sha512a = (...m) => etc.sha512Async(...m);
  var sha512s = (...m) => (
    // Sync SHA512, not set by default
    typeof _shaS === "function" ? _shaS(...m) : err("etc.sha512Sync not set")
  );
  function hashFinish(asynchronous, res) {
    if (asynchronous)
      return sha512a(res.hashable).then(res.finish);
    return res.finish(sha512s(res.hashable));
  }
  var dvo = { zip215: true };
  var _verify = (sig, msg, pub, opts = dvo) => {
    sig = toU8(sig, 64);
    msg = toU8(msg);
    pub = toU8(pub, 32);
    const { zip215 } = opts;
    let A, R, s, SB, hashable = new Uint8Array();
    try {
      A = Point.fromHex(pub, zip215);
      R = Point.fromHex(sig.slice(0, 32), zip215);
      s = b2n_LE(sig.slice(32, 64));
      SB = G.mul(s, false);
      hashable = concatB(R.toRawBytes(), A.toRawBytes(), msg);
    } catch (error) {
    }
    const finish = (hashed) => {
      if (SB == null)
        return false;
      if (!zip215 && A.isSmallOrder())
        return false;
      const k = modL_LE(hashed);
      const RkA = R.add(A.mul(k, false));
      return RkA.add(SB.negate()).clearCofactor().is0();
    };
    return { hashable, finish };
  };
  var verify = (s, m, p, opts = dvo) => hashFinish(false, _verify(s, m, p, opts));
  var cr = () => (
    // We support: 1) browsers 2) node.js 19+
    typeof globalThis === "object" && "crypto" in globalThis ? globalThis.crypto : void 0
  );
  var etc = {
    bytesToHex: b2h,
    hexToBytes: h2b,
    concatBytes: concatB,
    mod: M,
    invert,
    randomBytes: (len = 32) => {
      const c = cr();
      if (!c || !c.getRandomValues)
        err("crypto.getRandomValues must be defined");
      return c.getRandomValues(u8n(len));
    },
    sha512Async: async (...messages) => {
      const c = cr();
      const s = c && c.subtle;
      if (!s)
        err("etc.sha512Async or crypto.subtle must be defined");
      const m = concatB(...messages);
      return u8n(await s.digest("SHA-512", m.buffer));
    },
    sha512Sync: void 0
    // Actual logic below
  };
  Object.defineProperties(etc, { sha512Sync: {
    configurable: false,
    get() {
      return _shaS;
    },
    set(f) {
      if (!_shaS)
        _shaS = f;
    }
  } });
  var W = 8;
  var precompute = () => {
    const points = [];
    const windows = 256 / W + 1;
    let p = G, b = p;
    for (let w = 0; w < windows; w++) {
      b = p;
      points.push(b);
      for (let i = 1; i < 2 ** (W - 1); i++) {
        b = b.add(p);
        points.push(b);
      }
      p = b.double();
    }
    return points;
  };
  var Gpows = void 0;
  var wNAF = (n) => {
    const comp = Gpows || (Gpows = precompute());
    const neg = (cnd, p2) => {
      let n2 = p2.negate();
      return cnd ? n2 : p2;
    };
    let p = I, f = G;
    const windows = 1 + 256 / W;
    const wsize = 2 ** (W - 1);
    const mask = BigInt(2 ** W - 1);
    const maxNum = 2 ** W;
    const shiftBy = BigInt(W);
    for (let w = 0; w < windows; w++) {
      const off = w * wsize;
      let wbits = Number(n & mask);
      n >>= shiftBy;
      if (wbits > wsize) {
        wbits -= maxNum;
        n += 1n;
      }
      const off1 = off, off2 = off + Math.abs(wbits) - 1;
      const cnd1 = w % 2 !== 0, cnd2 = wbits < 0;
      if (wbits === 0) {
        f = f.add(neg(cnd1, comp[off1]));
      } else {
        p = p.add(neg(cnd2, comp[off2]));
      }
    }
    return { p, f };
  };

  // node_modules/@noble/hashes/esm/utils.js
  /*! noble-hashes - MIT License (c) 2022 Paul Miller (paulmillr.com) */
  function isBytes(a) {
    return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array";
  }
  function abytes(b, ...lengths) {
    if (!isBytes(b))
      throw new Error("Uint8Array expected");
    if (lengths.length > 0 && !lengths.includes(b.length))
      throw new Error("Uint8Array expected of length " + lengths + ", got length=" + b.length);
  }
  function aexists(instance, checkFinished = true) {
    if (instance.destroyed)
      throw new Error("Hash instance has been destroyed");
    if (checkFinished && instance.finished)
      throw new Error("Hash#digest() has already been called");
  }
  function aoutput(out, instance) {
    abytes(out);
    const min = instance.outputLen;
    if (out.length < min) {
      throw new Error("digestInto() expects output buffer of length at least " + min);
    }
  }
  function clean(...arrays) {
    for (let i = 0; i < arrays.length; i++) {
      arrays[i].fill(0);
    }
  }
  function createView(arr) {
    return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
  }
  function rotr(word, shift) {
    return word << 32 - shift | word >>> shift;
  }
  function utf8ToBytes(str) {
    if (typeof str !== "string")
      throw new Error("string expected");
    return new Uint8Array(new TextEncoder().encode(str));
  }
  function toBytes(data) {
    if (typeof data === "string")
      data = utf8ToBytes(data);
    abytes(data);
    return data;
  }
  var Hash = class {
  };
  function createHasher(hashCons) {
    const hashC = (msg) => hashCons().update(toBytes(msg)).digest();
    const tmp = hashCons();
    hashC.outputLen = tmp.outputLen;
    hashC.blockLen = tmp.blockLen;
    hashC.create = () => hashCons();
    return hashC;
  }

  // node_modules/@noble/hashes/esm/_md.js
  function setBigUint64(view, byteOffset, value, isLE) {
    if (typeof view.setBigUint64 === "function")
      return view.setBigUint64(byteOffset, value, isLE);
    const _32n2 = BigInt(32);
    const _u32_max = BigInt(4294967295);
    const wh = Number(value >> _32n2 & _u32_max);
    const wl = Number(value & _u32_max);
    const h = isLE ? 4 : 0;
    const l = isLE ? 0 : 4;
    view.setUint32(byteOffset + h, wh, isLE);
    view.setUint32(byteOffset + l, wl, isLE);
  }
  function Chi(a, b, c) {
    return a & b ^ ~a & c;
  }
  function Maj(a, b, c) {
    return a & b ^ a & c ^ b & c;
  }
  var HashMD = class extends Hash {
    constructor(blockLen, outputLen, padOffset, isLE) {
      super();
      this.finished = false;
      this.length = 0;
      this.pos = 0;
      this.destroyed = false;
      this.blockLen = blockLen;
      this.outputLen = outputLen;
      this.padOffset = padOffset;
      this.isLE = isLE;
      this.buffer = new Uint8Array(blockLen);
      this.view = createView(this.buffer);
    }
    update(data) {
      aexists(this);
      data = toBytes(data);
      abytes(data);
      const { view, buffer, blockLen } = this;
      const len = data.length;
      for (let pos = 0; pos < len; ) {
        const take = Math.min(blockLen - this.pos, len - pos);
        if (take === blockLen) {
          const dataView = createView(data);
          for (; blockLen <= len - pos; pos += blockLen)
            this.process(dataView, pos);
          continue;
        }
        buffer.set(data.subarray(pos, pos + take), this.pos);
        this.pos += take;
        pos += take;
        if (this.pos === blockLen) {
          this.process(view, 0);
          this.pos = 0;
        }
      }
      this.length += data.length;
      this.roundClean();
      return this;
    }
    digestInto(out) {
      aexists(this);
      aoutput(out, this);
      this.finished = true;
      const { buffer, view, blockLen, isLE } = this;
      let { pos } = this;
      buffer[pos++] = 128;
      clean(this.buffer.subarray(pos));
      if (this.padOffset > blockLen - pos) {
        this.process(view, 0);
        pos = 0;
      }
      for (let i = pos; i < blockLen; i++)
        buffer[i] = 0;
      setBigUint64(view, blockLen - 8, BigInt(this.length * 8), isLE);
      this.process(view, 0);
      const oview = createView(out);
      const len = this.outputLen;
      if (len % 4)
        throw new Error("_sha2: outputLen should be aligned to 32bit");
      const outLen = len / 4;
      const state = this.get();
      if (outLen > state.length)
        throw new Error("_sha2: outputLen bigger than state");
      for (let i = 0; i < outLen; i++)
        oview.setUint32(4 * i, state[i], isLE);
    }
    digest() {
      const { buffer, outputLen } = this;
      this.digestInto(buffer);
      const res = buffer.slice(0, outputLen);
      this.destroy();
      return res;
    }
    _cloneInto(to) {
      to || (to = new this.constructor());
      to.set(...this.get());
      const { blockLen, buffer, length, finished, destroyed, pos } = this;
      to.destroyed = destroyed;
      to.finished = finished;
      to.length = length;
      to.pos = pos;
      if (length % blockLen)
        to.buffer.set(buffer);
      return to;
    }
    clone() {
      return this._cloneInto();
    }
  };
  var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
    1779033703,
    3144134277,
    1013904242,
    2773480762,
    1359893119,
    2600822924,
    528734635,
    1541459225
  ]);
  var SHA512_IV = /* @__PURE__ */ Uint32Array.from([
    1779033703,
    4089235720,
    3144134277,
    2227873595,
    1013904242,
    4271175723,
    2773480762,
    1595750129,
    1359893119,
    2917565137,
    2600822924,
    725511199,
    528734635,
    4215389547,
    1541459225,
    327033209
  ]);

  // node_modules/@noble/hashes/esm/_u64.js
  var U32_MASK64 = /* @__PURE__ */ BigInt(2 ** 32 - 1);
  var _32n = /* @__PURE__ */ BigInt(32);
  function fromBig(n, le = false) {
    if (le)
      return { h: Number(n & U32_MASK64), l: Number(n >> _32n & U32_MASK64) };
    return { h: Number(n >> _32n & U32_MASK64) | 0, l: Number(n & U32_MASK64) | 0 };
  }
  function split(lst, le = false) {
    const len = lst.length;
    let Ah = new Uint32Array(len);
    let Al = new Uint32Array(len);
    for (let i = 0; i < len; i++) {
      const { h, l } = fromBig(lst[i], le);
      [Ah[i], Al[i]] = [h, l];
    }
    return [Ah, Al];
  }
  var shrSH = (h, _l, s) => h >>> s;
  var shrSL = (h, l, s) => h << 32 - s | l >>> s;
  var rotrSH = (h, l, s) => h >>> s | l << 32 - s;
  var rotrSL = (h, l, s) => h << 32 - s | l >>> s;
  var rotrBH = (h, l, s) => h << 64 - s | l >>> s - 32;
  var rotrBL = (h, l, s) => h >>> s - 32 | l << 64 - s;
  function add(Ah, Al, Bh, Bl) {
    const l = (Al >>> 0) + (Bl >>> 0);
    return { h: Ah + Bh + (l / 2 ** 32 | 0) | 0, l: l | 0 };
  }
  var add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
  var add3H = (low, Ah, Bh, Ch) => Ah + Bh + Ch + (low / 2 ** 32 | 0) | 0;
  var add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
  var add4H = (low, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low / 2 ** 32 | 0) | 0;
  var add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
  var add5H = (low, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low / 2 ** 32 | 0) | 0;

  // node_modules/@noble/hashes/esm/sha2.js
  var SHA256_K = /* @__PURE__ */ Uint32Array.from([
    1116352408,
    1899447441,
    3049323471,
    3921009573,
    961987163,
    1508970993,
    2453635748,
    2870763221,
    3624381080,
    310598401,
    607225278,
    1426881987,
    1925078388,
    2162078206,
    2614888103,
    3248222580,
    3835390401,
    4022224774,
    264347078,
    604807628,
    770255983,
    1249150122,
    1555081692,
    1996064986,
    2554220882,
    2821834349,
    2952996808,
    3210313671,
    3336571891,
    3584528711,
    113926993,
    338241895,
    666307205,
    773529912,
    1294757372,
    1396182291,
    1695183700,
    1986661051,
    2177026350,
    2456956037,
    2730485921,
    2820302411,
    3259730800,
    3345764771,
    3516065817,
    3600352804,
    4094571909,
    275423344,
    430227734,
    506948616,
    659060556,
    883997877,
    958139571,
    1322822218,
    1537002063,
    1747873779,
    1955562222,
    2024104815,
    2227730452,
    2361852424,
    2428436474,
    2756734187,
    3204031479,
    3329325298
  ]);
  var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
  var SHA256 = class extends HashMD {
    constructor(outputLen = 32) {
      super(64, outputLen, 8, false);
      this.A = SHA256_IV[0] | 0;
      this.B = SHA256_IV[1] | 0;
      this.C = SHA256_IV[2] | 0;
      this.D = SHA256_IV[3] | 0;
      this.E = SHA256_IV[4] | 0;
      this.F = SHA256_IV[5] | 0;
      this.G = SHA256_IV[6] | 0;
      this.H = SHA256_IV[7] | 0;
    }
    get() {
      const { A, B, C: C2, D, E, F, G: G2, H } = this;
      return [A, B, C2, D, E, F, G2, H];
    }
    // prettier-ignore
    set(A, B, C2, D, E, F, G2, H) {
      this.A = A | 0;
      this.B = B | 0;
      this.C = C2 | 0;
      this.D = D | 0;
      this.E = E | 0;
      this.F = F | 0;
      this.G = G2 | 0;
      this.H = H | 0;
    }
    process(view, offset) {
      for (let i = 0; i < 16; i++, offset += 4)
        SHA256_W[i] = view.getUint32(offset, false);
      for (let i = 16; i < 64; i++) {
        const W15 = SHA256_W[i - 15];
        const W2 = SHA256_W[i - 2];
        const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
        const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
        SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
      }
      let { A, B, C: C2, D, E, F, G: G2, H } = this;
      for (let i = 0; i < 64; i++) {
        const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
        const T1 = H + sigma1 + Chi(E, F, G2) + SHA256_K[i] + SHA256_W[i] | 0;
        const sigma0 = rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22);
        const T2 = sigma0 + Maj(A, B, C2) | 0;
        H = G2;
        G2 = F;
        F = E;
        E = D + T1 | 0;
        D = C2;
        C2 = B;
        B = A;
        A = T1 + T2 | 0;
      }
      A = A + this.A | 0;
      B = B + this.B | 0;
      C2 = C2 + this.C | 0;
      D = D + this.D | 0;
      E = E + this.E | 0;
      F = F + this.F | 0;
      G2 = G2 + this.G | 0;
      H = H + this.H | 0;
      this.set(A, B, C2, D, E, F, G2, H);
    }
    roundClean() {
      clean(SHA256_W);
    }
    destroy() {
      this.set(0, 0, 0, 0, 0, 0, 0, 0);
      clean(this.buffer);
    }
  };
  var K512 = /* @__PURE__ */ (() => split([
    "0x428a2f98d728ae22",
    "0x7137449123ef65cd",
    "0xb5c0fbcfec4d3b2f",
    "0xe9b5dba58189dbbc",
    "0x3956c25bf348b538",
    "0x59f111f1b605d019",
    "0x923f82a4af194f9b",
    "0xab1c5ed5da6d8118",
    "0xd807aa98a3030242",
    "0x12835b0145706fbe",
    "0x243185be4ee4b28c",
    "0x550c7dc3d5ffb4e2",
    "0x72be5d74f27b896f",
    "0x80deb1fe3b1696b1",
    "0x9bdc06a725c71235",
    "0xc19bf174cf692694",
    "0xe49b69c19ef14ad2",
    "0xefbe4786384f25e3",
    "0x0fc19dc68b8cd5b5",
    "0x240ca1cc77ac9c65",
    "0x2de92c6f592b0275",
    "0x4a7484aa6ea6e483",
    "0x5cb0a9dcbd41fbd4",
    "0x76f988da831153b5",
    "0x983e5152ee66dfab",
    "0xa831c66d2db43210",
    "0xb00327c898fb213f",
    "0xbf597fc7beef0ee4",
    "0xc6e00bf33da88fc2",
    "0xd5a79147930aa725",
    "0x06ca6351e003826f",
    "0x142929670a0e6e70",
    "0x27b70a8546d22ffc",
    "0x2e1b21385c26c926",
    "0x4d2c6dfc5ac42aed",
    "0x53380d139d95b3df",
    "0x650a73548baf63de",
    "0x766a0abb3c77b2a8",
    "0x81c2c92e47edaee6",
    "0x92722c851482353b",
    "0xa2bfe8a14cf10364",
    "0xa81a664bbc423001",
    "0xc24b8b70d0f89791",
    "0xc76c51a30654be30",
    "0xd192e819d6ef5218",
    "0xd69906245565a910",
    "0xf40e35855771202a",
    "0x106aa07032bbd1b8",
    "0x19a4c116b8d2d0c8",
    "0x1e376c085141ab53",
    "0x2748774cdf8eeb99",
    "0x34b0bcb5e19b48a8",
    "0x391c0cb3c5c95a63",
    "0x4ed8aa4ae3418acb",
    "0x5b9cca4f7763e373",
    "0x682e6ff3d6b2b8a3",
    "0x748f82ee5defb2fc",
    "0x78a5636f43172f60",
    "0x84c87814a1f0ab72",
    "0x8cc702081a6439ec",
    "0x90befffa23631e28",
    "0xa4506cebde82bde9",
    "0xbef9a3f7b2c67915",
    "0xc67178f2e372532b",
    "0xca273eceea26619c",
    "0xd186b8c721c0c207",
    "0xeada7dd6cde0eb1e",
    "0xf57d4f7fee6ed178",
    "0x06f067aa72176fba",
    "0x0a637dc5a2c898a6",
    "0x113f9804bef90dae",
    "0x1b710b35131c471b",
    "0x28db77f523047d84",
    "0x32caab7b40c72493",
    "0x3c9ebe0a15c9bebc",
    "0x431d67c49c100d4c",
    "0x4cc5d4becb3e42b6",
    "0x597f299cfc657e2a",
    "0x5fcb6fab3ad6faec",
    "0x6c44198c4a475817"
  ].map((n) => BigInt(n))))();
  var SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
  var SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
  var SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
  var SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
  var SHA512 = class extends HashMD {
    constructor(outputLen = 64) {
      super(128, outputLen, 16, false);
      this.Ah = SHA512_IV[0] | 0;
      this.Al = SHA512_IV[1] | 0;
      this.Bh = SHA512_IV[2] | 0;
      this.Bl = SHA512_IV[3] | 0;
      this.Ch = SHA512_IV[4] | 0;
      this.Cl = SHA512_IV[5] | 0;
      this.Dh = SHA512_IV[6] | 0;
      this.Dl = SHA512_IV[7] | 0;
      this.Eh = SHA512_IV[8] | 0;
      this.El = SHA512_IV[9] | 0;
      this.Fh = SHA512_IV[10] | 0;
      this.Fl = SHA512_IV[11] | 0;
      this.Gh = SHA512_IV[12] | 0;
      this.Gl = SHA512_IV[13] | 0;
      this.Hh = SHA512_IV[14] | 0;
      this.Hl = SHA512_IV[15] | 0;
    }
    // prettier-ignore
    get() {
      const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
      return [Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl];
    }
    // prettier-ignore
    set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
      this.Ah = Ah | 0;
      this.Al = Al | 0;
      this.Bh = Bh | 0;
      this.Bl = Bl | 0;
      this.Ch = Ch | 0;
      this.Cl = Cl | 0;
      this.Dh = Dh | 0;
      this.Dl = Dl | 0;
      this.Eh = Eh | 0;
      this.El = El | 0;
      this.Fh = Fh | 0;
      this.Fl = Fl | 0;
      this.Gh = Gh | 0;
      this.Gl = Gl | 0;
      this.Hh = Hh | 0;
      this.Hl = Hl | 0;
    }
    process(view, offset) {
      for (let i = 0; i < 16; i++, offset += 4) {
        SHA512_W_H[i] = view.getUint32(offset);
        SHA512_W_L[i] = view.getUint32(offset += 4);
      }
      for (let i = 16; i < 80; i++) {
        const W15h = SHA512_W_H[i - 15] | 0;
        const W15l = SHA512_W_L[i - 15] | 0;
        const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7);
        const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7);
        const W2h = SHA512_W_H[i - 2] | 0;
        const W2l = SHA512_W_L[i - 2] | 0;
        const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6);
        const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6);
        const SUMl = add4L(s0l, s1l, SHA512_W_L[i - 7], SHA512_W_L[i - 16]);
        const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i - 7], SHA512_W_H[i - 16]);
        SHA512_W_H[i] = SUMh | 0;
        SHA512_W_L[i] = SUMl | 0;
      }
      let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
      for (let i = 0; i < 80; i++) {
        const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41);
        const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41);
        const CHIh = Eh & Fh ^ ~Eh & Gh;
        const CHIl = El & Fl ^ ~El & Gl;
        const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i], SHA512_W_L[i]);
        const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i], SHA512_W_H[i]);
        const T1l = T1ll | 0;
        const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39);
        const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39);
        const MAJh = Ah & Bh ^ Ah & Ch ^ Bh & Ch;
        const MAJl = Al & Bl ^ Al & Cl ^ Bl & Cl;
        Hh = Gh | 0;
        Hl = Gl | 0;
        Gh = Fh | 0;
        Gl = Fl | 0;
        Fh = Eh | 0;
        Fl = El | 0;
        ({ h: Eh, l: El } = add(Dh | 0, Dl | 0, T1h | 0, T1l | 0));
        Dh = Ch | 0;
        Dl = Cl | 0;
        Ch = Bh | 0;
        Cl = Bl | 0;
        Bh = Ah | 0;
        Bl = Al | 0;
        const All = add3L(T1l, sigma0l, MAJl);
        Ah = add3H(All, T1h, sigma0h, MAJh);
        Al = All | 0;
      }
      ({ h: Ah, l: Al } = add(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0));
      ({ h: Bh, l: Bl } = add(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0));
      ({ h: Ch, l: Cl } = add(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0));
      ({ h: Dh, l: Dl } = add(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0));
      ({ h: Eh, l: El } = add(this.Eh | 0, this.El | 0, Eh | 0, El | 0));
      ({ h: Fh, l: Fl } = add(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0));
      ({ h: Gh, l: Gl } = add(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0));
      ({ h: Hh, l: Hl } = add(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0));
      this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl);
    }
    roundClean() {
      clean(SHA512_W_H, SHA512_W_L);
    }
    destroy() {
      clean(this.buffer);
      this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  };
  var sha256 = /* @__PURE__ */ createHasher(() => new SHA256());
  var sha512 = /* @__PURE__ */ createHasher(() => new SHA512());

  // algorithms.mjs
  etc.sha512Sync = (...parts) => sha512(etc.concatBytes(...parts));
  function ed25519_holds(key, message, signature) {
    if (signature.length !== 64) return false;
    try {
      return verify(signature, message, key, { zip215: false });
    } catch {
      return false;
    }
  }

  // strict_json.mjs
  var Fault = class extends Error {
    constructor(pointer, zh, en) {
      super(en);
      this.pointer = pointer;
      this.zh = zh;
      this.en = en;
    }
  };
  var bytes_max = 64 * 1024 * 1024;
  var depth_max = 64;
  var escapes = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "	" };
  var Reader = class {
    constructor(text) {
      this.text = text;
      this.at = 0;
    }
    fail(zh, en) {
      throw new Fault("", `${zh}（第 ${this.at + 1} 个字符）`, `${en} at character ${this.at + 1}`);
    }
    skip_space() {
      for (; ; ) {
        const code = this.text.charCodeAt(this.at);
        if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
        this.at += 1;
      }
    }
    literal(word, value) {
      if (this.text.slice(this.at, this.at + word.length) !== word) this.fail("不是 JSON", "not JSON");
      this.at += word.length;
      return value;
    }
    unit() {
      const digits = this.text.slice(this.at, this.at + 4);
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.fail("转义不成立", "a broken escape");
      this.at += 4;
      return parseInt(digits, 16);
    }
    escaped() {
      const letter = this.text[this.at++];
      if (letter !== "u") {
        if (letter === void 0 || !Object.hasOwn(escapes, letter)) this.fail("转义不成立", "a broken escape");
        return escapes[letter];
      }
      const first = this.unit();
      if (first < 55296 || first > 57343) return String.fromCharCode(first);
      const is_pair = first < 56320 && this.text[this.at] === "\\" && this.text[this.at + 1] === "u";
      if (is_pair) this.at += 2;
      const second = is_pair ? this.unit() : 0;
      if (second < 56320 || second > 57343) this.fail("半个代理对", "half a surrogate pair");
      return String.fromCharCode(first, second);
    }
    string() {
      if (this.text[this.at] !== '"') this.fail("应为文字", "no text");
      this.at += 1;
      let read = "";
      let begin2 = this.at;
      for (; ; ) {
        const code = this.text.charCodeAt(this.at);
        if (Number.isNaN(code) || code < 32) this.fail("文字没有结束", "an unfinished text");
        if (code === 34) break;
        this.at += 1;
        if (code !== 92) continue;
        read += this.text.slice(begin2, this.at - 1) + this.escaped();
        begin2 = this.at;
      }
      read += this.text.slice(begin2, this.at);
      this.at += 1;
      return read;
    }
    number() {
      const begin2 = this.at;
      while (/[-+.0-9eE]/.test(this.text[this.at] ?? "")) this.at += 1;
      const token = this.text.slice(begin2, this.at);
      if (!/^-?(0|[1-9][0-9]*)$/.test(token)) this.fail("应为整数", "no integer");
      const number = Number(token);
      if (!Number.isSafeInteger(number)) this.fail("整数过大", "an integer beyond 53 bits");
      return number === 0 ? 0 : number;
    }
    value(depth) {
      this.skip_space();
      const first = this.text[this.at];
      let read;
      if (first === "{") read = this.object(depth + 1);
      else if (first === "[") read = this.array(depth + 1);
      else if (first === '"') read = this.string();
      else if (first === "t") read = this.literal("true", true);
      else if (first === "f") read = this.literal("false", false);
      else if (first === "n") read = this.literal("null", null);
      else read = this.number();
      this.skip_space();
      return read;
    }
    /** True when the list goes on. */
    next(end) {
      const character = this.text[this.at++];
      if (character === end) return false;
      if (character !== ",") this.fail("不是 JSON", "not JSON");
      return true;
    }
    begin(depth, end) {
      if (depth > depth_max) this.fail("嵌套过深", `nested deeper than ${depth_max} levels`);
      this.at += 1;
      this.skip_space();
      if (this.text[this.at] !== end) return true;
      this.at += 1;
      return false;
    }
    object(depth) {
      const members = /* @__PURE__ */ new Map();
      if (!this.begin(depth, "}")) return members;
      do {
        this.skip_space();
        const key = this.string();
        if (members.has(key)) this.fail(`“${key}” 重复`, `"${key}" stands twice`);
        this.skip_space();
        if (this.text[this.at++] !== ":") this.fail("不是 JSON", "not JSON");
        members.set(key, this.value(depth));
      } while (this.next("}"));
      return members;
    }
    array(depth) {
      const members = [];
      if (!this.begin(depth, "]")) return members;
      do
        members.push(this.value(depth));
      while (this.next("]"));
      return members;
    }
  };
  function read_json(bytes) {
    if (bytes.length > bytes_max) throw new Fault("", "超过 64 MiB", "longer than 64 MiB");
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Fault("", "不是 UTF-8", "not UTF-8");
    }
    const reader = new Reader(text);
    const read = reader.value(0);
    if (reader.at !== text.length) reader.fail("文件末尾有多余内容", "something after the document");
    return read;
  }
  function equal(a, b) {
    if (a === b) return true;
    if (a instanceof Map) {
      if (!(b instanceof Map) || a.size !== b.size) return false;
      for (const [key, value] of a) if (!b.has(key) || !equal(value, b.get(key))) return false;
      return true;
    }
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, at) => equal(value, b[at]));
  }

  // reading.mjs
  var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  var value_of = new Map([...alphabet].map((letter, value) => [letter, value]));
  function fail(pointer, zh, en) {
    throw new Fault(pointer, zh, en);
  }
  function from_base64(text, pointer) {
    const bad = () => fail(pointer, "不是 base64", "is not base64 in its one form");
    if (typeof text !== "string" || text.length % 4 !== 0) bad();
    const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    const letters = text.length - padding;
    const bytes = new Uint8Array(text.length / 4 * 3 - padding);
    let bits = 0;
    let held = 0;
    let at = 0;
    for (let place = 0; place < letters; place += 1) {
      const value = value_of.get(text[place]);
      if (value === void 0) bad();
      bits = (bits << 6 | value) & 65535;
      held += 6;
      if (held >= 8) {
        held -= 8;
        bytes[at++] = bits >> held & 255;
      }
    }
    if (bits & (1 << held) - 1) bad();
    return bytes;
  }
  var utf8 = (text) => new TextEncoder().encode(text);
  var hexadecimal = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  var same_bytes = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
  function joined(...parts) {
    const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
  function fields(object, names, pointer) {
    if (!(object instanceof Map)) fail(pointer, "应为对象", "must be an object");
    for (const name of names) if (!object.has(name)) fail(`${pointer}/${name}`, "缺少", "is missing");
    for (const name of object.keys()) if (!names.includes(name)) fail(`${pointer}/${name}`, "没有这一项", "is not a known field");
  }
  var is_text = (value) => typeof value === "string" && value.length > 0;
  var is_count = (value) => typeof value === "number" && value >= 0;
  function list_at(object, name) {
    if (!Array.isArray(object.get(name))) fail(`/${name}`, "应为列表", "must be a list");
    return object.get(name);
  }

  // story.mjs
  var text_at = (object, name) => typeof object.get(name) === "string" ? object.get(name) : "";
  var integer_at = (object, name) => typeof object.get(name) === "number" ? object.get(name) : null;
  var Story = class {
    constructor(plan, definition, status) {
      this.plan = plan;
      this.definition = definition;
      this.lifecycle = status.get("lifecycle");
      this.due = status.get("due");
      this.state = null;
      this.cycle = 1;
      this.version = 1;
      this.closed_at = null;
      this.requested = null;
      this.contributors = /* @__PURE__ */ new Set();
      this.evidence = [];
      this.forget();
    }
    forget() {
      this.applicant = null;
      this.first_reviewer = null;
      this.verifier = null;
    }
    item() {
      const item = new Map(this.definition);
      for (const name of ["lifecycle", "state", "due", "cycle", "closed_at", "applicant", "first_reviewer", "verifier"]) item.set(name, this[name]);
      return item;
    }
  };
  function people(entry) {
    return [text_at(entry, "actor"), text_at(entry, "on_behalf_of")].filter((name) => name !== "");
  }
  var contributions = /* @__PURE__ */ new Set(["record_report", "attach_evidence", "withdraw_evidence", "freeze_application", "record_extension_request"]);
  function act(story, action, entry, pointer) {
    const payload = entry.get("payload");
    if (contributions.has(action) && entry.get("automatic") !== true) for (const who of people(entry)) story.contributors.add(who);
    switch (action) {
      case "attach_evidence": {
        const piece = new Map(["sha256", "name", "size"].map((name) => [name, payload.get(name) ?? null]));
        if (!story.evidence.some((known) => equal(known.get("sha256"), piece.get("sha256")))) story.evidence.push(piece);
        break;
      }
      case "withdraw_evidence":
        story.evidence = story.evidence.filter((piece) => piece.get("sha256") !== text_at(payload, "sha256"));
        break;
      case "freeze_application":
        story.applicant = entry.get("actor");
        break;
      case "record_first_review":
        story.first_reviewer = entry.get("actor");
        break;
      case "record_verification":
        if (people(entry).some((who) => story.contributors.has(who)))
          throw new Fault(`${pointer}/entry/actor`, "核查人参与过本事项", "verified what he had a part in");
        story.verifier = entry.get("actor");
        break;
      case "record_return":
        story.forget();
        break;
      case "record_closing":
        story.closed_at = entry.get("at");
        break;
      case "record_reopening":
        story.closed_at = null;
        break;
      case "begin_next_cycle":
        story.forget();
        story.cycle += 1;
        story.contributors.clear();
        story.evidence = [];
        story.closed_at = null;
        break;
      case "record_cancellation":
        story.closed_at = null;
        story.requested = null;
        break;
      case "record_extension_request":
        story.requested = payload.get("due") ?? null;
        break;
      case "grant_extension":
        story.due = story.requested;
        story.requested = null;
        break;
      case "refuse_extension":
        story.requested = null;
        break;
      case "change_due":
        story.due = payload.get("due") ?? null;
        break;
      default:
    }
  }
  function begin([plan, created]) {
    const year = integer_at(plan.get("payload"), "year");
    const is_plan = plan.get("type") === "plan.created" && !plan.has("item") && year !== null && plan.get("payload").has("title") && plan.get("payload").has("source");
    if (!is_plan) throw new Fault("/events/0", "应为方案的创建", "must be plan.created");
    const definition = created.get("payload").get("definition");
    const status = created.get("payload").get("status");
    const item = integer_at(created, "item");
    const is_item = created.get("type") === "item.created" && item !== null && definition instanceof Map && status instanceof Map && integer_at(definition, "id") === item && integer_at(definition, "plan") === year && integer_at(status, "version") === 1 && text_at(status, "lifecycle") !== "" && status.has("due");
    if (!is_item) throw new Fault("/events/1", "应为该方案事项的创建", "must be item.created of an item of that plan");
    return new Story(new Map(["year", "title", "source"].map((name) => [name, plan.get("payload").get(name)])), definition, status);
  }
  function story_of(entries) {
    if (entries.length < 2) throw new Fault("/events", "条目不足", "must begin with plan.created and item.created");
    entries.forEach((entry, at) => {
      for (const name of ["type", "actor", "at", "recorded_at"])
        if (text_at(entry, name) === "") throw new Fault(`/events/${at}/entry/${name}`, "缺少", "must be a text");
      for (const name of ["payload", "outcome"])
        if (!(entry.get(name) instanceof Map)) throw new Fault(`/events/${at}/entry/${name}`, "缺少", "must be an object");
    });
    const story = begin(entries);
    const item = story.definition.get("id");
    entries.slice(2).forEach((entry, before) => {
      const pointer = `/events/${before + 2}`;
      if (integer_at(entry, "item") !== item || entry.get("type") === "item.created") throw new Fault(pointer, "不是该事项的", "is not of the item");
      const outcome = entry.get("outcome");
      if (outcome.size === 0) return;
      story.version += 1;
      if (integer_at(outcome, "version") !== story.version) throw new Fault(pointer, "缺少此前的条目", "an event before it is missing");
      const actions = outcome.get("actions");
      if (!Array.isArray(actions) || !outcome.has("to")) throw new Fault(pointer, "没有结果", "must hold the actions and the state");
      story.state = outcome.get("to");
      for (const action of actions) {
        if (!(action instanceof Map)) throw new Fault(pointer, "没有结果", "an action must be an object");
        act(story, text_at(action, "type"), entry, pointer);
      }
    });
    return story;
  }

  // texts.mjs
  var title = utf8("xiaohao-text/1\n");
  function commitments_of({ index, entry }, pointer) {
    const commitments = entry.get("commitments");
    if (commitments === void 0) return [];
    const payload = entry.get("payload");
    const bad = () => fail(`${pointer}/leaf`, "承诺不成立", "does not commit to texts as it must");
    if (!(commitments instanceof Map) || !(payload instanceof Map)) bad();
    return [...commitments].map(([field, commitment]) => {
      if (!/^[a-z_]{1,32}$/.test(field) || payload.has(field)) bad();
      const hash = from_base64(commitment, `${pointer}/leaf`);
      if (hash.length !== 32) bad();
      return { index, field, hash };
    });
  }
  function erasures_of({ entry }) {
    const payload = entry.get("payload");
    if (entry.get("type") !== "text.erased" || !(payload instanceof Map) || !Array.isArray(payload.get("texts"))) return [];
    return payload.get("texts").filter((text) => text instanceof Map && text.size === 2 && typeof text.get("index") === "number" && typeof text.get("field") === "string").map((text) => [text.get("index"), text.get("field")]);
  }
  function told_by(record, events2) {
    const committed = /* @__PURE__ */ new Map();
    const erased2 = /* @__PURE__ */ new Map();
    const entries = events2.map(({ entry }) => {
      const payload = entry.get("payload");
      return payload instanceof Map ? new Map(entry).set("payload", new Map(payload)) : entry;
    });
    events2.forEach((event, at) => {
      for (const found of commitments_of(event, `/events/${at}`)) committed.set(`${found.index}/${found.field}`, { ...found, entry: entries[at] });
      for (const [index, field] of erasures_of(event)) erased2.set(`${index}/${field}`, event.index);
    });
    const texts = record.has("texts") ? list_at(record, "texts") : [];
    if (record.has("texts") && texts.length === 0) fail("/texts", "为空", "must hold a text, or be left out");
    let before = [-1, ""];
    texts.forEach((text, at) => {
      const pointer = `/texts/${at}`;
      fields(text, ["index", "field", "salt", "text"], pointer);
      const [index, field, salt, words] = ["index", "field", "salt", "text"].map((name) => text.get(name));
      if (!is_count(index) || !is_text(field) || !is_text(words)) fail(pointer, "不成立", "is not a text");
      if (!(index > before[0] || index === before[0] && field > before[1])) fail(pointer, "顺序错误", "is out of order");
      before = [index, field];
      const found = committed.get(`${index}/${field}`);
      if (!found) fail(pointer, "没有条目承诺这段文字", "is a text that no event commits to");
      const grains = from_base64(salt, `${pointer}/salt`);
      if (grains.length !== 32) fail(`${pointer}/salt`, "应为 32 字节", "must be 32 bytes");
      if (!same_bytes(sha256(joined(title, grains, utf8(words))), found.hash)) fail(`${pointer}/text`, "与承诺不符", "is not the text that the event commits to");
      found.entry.get("payload").set(field, words);
      committed.delete(`${index}/${field}`);
    });
    for (const [place, { index }] of committed)
      if (!(erased2.get(place) > index)) fail("/texts", `缺少 ${place}`, `lack ${place}, and no event tells that it was erased`);
    return entries;
  }

  // verifier.mjs
  var suite = "SHA-256 Ed25519";
  var ed25519_prefix = [48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0];
  function read_entries(record, name) {
    let last = -1;
    return list_at(record, name).map((given, at) => {
      const pointer = `/${name}/${at}`;
      fields(given, ["index", "leaf", "entry"], pointer);
      const index = given.get("index");
      if (!is_count(index)) fail(`${pointer}/index`, "应为序号", "must be an index");
      if (index <= last) fail(`${pointer}/index`, "顺序错误", "is out of order");
      last = index;
      if (!is_text(given.get("leaf"))) fail(`${pointer}/leaf`, "缺少", "is missing");
      const leaf = from_base64(given.get("leaf"), `${pointer}/leaf`);
      const entry = read_json(leaf);
      if (!(entry instanceof Map) || !(given.get("entry") instanceof Map)) fail(`${pointer}/leaf`, "不是日志条目", "is no entry of a journal");
      if (!equal(entry, given.get("entry"))) fail(`${pointer}/entry`, "与叶子内容不符", "is not what the leaf says");
      if (entry.get("index") !== index) fail(`${pointer}/index`, "与条目序号不符", "is not the entry's index");
      return { index, leaf, entry };
    });
  }
  function read_head(head) {
    fields(head, ["algorithms", "size", "root", "time", "key_id", "signature"], "/tree_head");
    if (head.get("algorithms") === "SM3 SM2")
      fail("/tree_head/algorithms", "本页面不支持国密算法，请用 xiaohao verify-record 核验", "this page knows no SM3 and SM2; use xiaohao verify-record");
    if (head.get("algorithms") !== suite) fail("/tree_head/algorithms", "算法不认识", "are unknown");
    if (!is_count(head.get("size")) || head.get("size") < 1) fail("/tree_head/size", "应为条数", "must be a size");
    const root = from_base64(head.get("root"), "/tree_head/root");
    if (root.length !== 32) fail("/tree_head/root", "应为 32 字节", "must be 32 bytes");
    if (typeof head.get("key_id") !== "string" || !/^[0-9a-f]{64}$/.test(head.get("key_id"))) fail("/tree_head/key_id", "应为 64 位十六进制", "must be 64 hexadecimal digits");
    const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}\+08:00$/.exec(typeof head.get("time") === "string" ? head.get("time") : "");
    const [year, month, day, hour, minute2, second] = (time ?? []).slice(1).map(Number);
    const is_leap = year % 4 === 0 && year % 100 !== 0 || year % 400 === 0;
    const days = [31, is_leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if (!time || !(day >= 1 && day <= (days[month - 1] ?? 0)) || hour > 23 || minute2 > 59 || second > 59) fail("/tree_head/time", "时间不成立", "is no instant");
    if (!is_text(head.get("signature"))) fail("/tree_head/signature", "缺少", "is missing");
    const text = ["xiaohao-tree-head/1", suite, head.get("size"), head.get("root"), head.get("time"), head.get("key_id"), ""].join("\n");
    return { size: head.get("size"), root, time: head.get("time"), key_id: head.get("key_id"), text: utf8(text), signature: from_base64(head.get("signature"), "/tree_head/signature") };
  }
  function leads_to_root(index, size, leaf, path, root) {
    let node = index;
    let last = size - 1;
    let hash = sha256(joined([0], leaf));
    for (const step of path) {
      if (last === 0) return false;
      if (node % 2 === 1 || node === last) {
        hash = sha256(joined([1], step, hash));
        while (node % 2 === 0 && node !== 0) {
          node /= 2;
          last = Math.floor(last / 2);
        }
      } else {
        hash = sha256(joined([1], hash, step));
      }
      node = Math.floor(node / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && same_bytes(hash, root);
  }
  function check_inclusion(record, entries, head) {
    const proofs = list_at(record, "inclusion");
    if (proofs.length !== entries.length) fail("/inclusion", "每个条目须恰有一个证明", "must hold one proof for each entry");
    entries.sort((a, b) => a.index - b.index).forEach((entry, at) => {
      const pointer = `/inclusion/${at}`;
      fields(proofs[at], ["index", "path"], pointer);
      const path = proofs[at].get("path");
      if (proofs[at].get("index") !== entry.index) fail(`${pointer}/index`, "不是下一个条目的序号", "is not the index of the next entry");
      if (!Array.isArray(path)) fail(`${pointer}/path`, "应为列表", "must be a list");
      const hashes = path.map((step) => from_base64(step, `${pointer}/path`));
      if (hashes.some((hash) => hash.length !== 32)) fail(`${pointer}/path`, "应为 32 字节的散列值", "must hold hashes of 32 bytes");
      if (entry.index >= head.size || !leads_to_root(entry.index, head.size, entry.leaf, hashes, head.root))
        fail(pointer, "不能证明该条目在日志中", "does not prove that the entry is in the journal");
    });
  }
  function read_key(entry, previous, pointer, holds) {
    const payload = entry.get("payload");
    if (entry.has("item") || entry.get("type") !== "journal.key" || !(payload instanceof Map) || typeof entry.get("recorded_at") !== "string")
      fail(pointer, "不是密钥记录", "does not name a key");
    const said = /* @__PURE__ */ new Map([["previous_key_id", ""], ["previous_signature", ""]]);
    for (const [name, value] of payload) {
      if (said.has(name) && value === null) continue;
      if (typeof value !== "string" || value === "" && !said.has(name)) fail(`${pointer}/payload/${name}`, "应为文字", "must be a text");
      said.set(name, value);
    }
    fields(said, ["algorithms", "key_id", "public_key", "previous_key_id", "reason", "signature", "previous_signature"], `${pointer}/payload`);
    const der = from_base64(said.get("public_key"), `${pointer}/payload/public_key`);
    const is_key = said.get("algorithms") === suite && der.length === 44 && same_bytes(der.slice(0, 12), Uint8Array.from(ed25519_prefix));
    if (!is_key || hexadecimal(sha256(der)) !== said.get("key_id")) fail(`${pointer}/payload`, "不是该密钥", "is not the key that it says");
    if (said.get("previous_key_id") !== (previous ? previous.key_id : "")) fail(`${pointer}/payload/previous_key_id`, "不是此前的密钥", "is not the key before");
    const statement = utf8(["xiaohao-key/1", suite, said.get("key_id"), said.get("previous_key_id") || "-", entry.get("recorded_at"), ""].join("\n"));
    const key = der.slice(12);
    if (!holds(key, statement, from_base64(said.get("signature"), `${pointer}/payload/signature`))) fail(`${pointer}/payload/signature`, "签名不成立", "is not by this key");
    const by_previous = from_base64(said.get("previous_signature"), `${pointer}/payload/previous_signature`);
    const handed_over = by_previous.length > 0;
    if (handed_over && !(previous && holds(previous.key, statement, by_previous))) fail(`${pointer}/payload/previous_signature`, "移交签名不成立", "is not by the key before");
    const reason = said.get("reason");
    const fits = !previous ? reason === "first" : handed_over ? reason === "rotated" : reason === "lost" || reason === "stolen";
    if (!fits) fail(`${pointer}/payload/reason`, "与签名不符", "does not fit the signatures");
    return { key, key_id: said.get("key_id"), handed_over };
  }
  function trust_of(keys, known_key) {
    if (!known_key) return "embedded";
    for (let at = keys.length - 1; at >= 0; at -= 1) {
      if (keys[at].key_id === known_key) return at === keys.length - 1 ? "given" : "handed_over";
      if (!keys[at].handed_over) break;
    }
    return fail("/tree_head/key_id", "不是您提供的密钥，也不是由它移交的密钥", "is not the key that was given, nor one that it was handed over to");
  }
  var record_code = (events2) => short_code(joined(...events2.map(({ leaf }) => sha256(joined([0], leaf)))));
  function short_code(text) {
    let code = "";
    let bits = 0;
    let held = 0;
    for (const byte of sha256(text).slice(0, 10)) {
      bits = bits << 8 | byte;
      for (held += 8; held >= 5; held -= 5) {
        if (code.length % 5 === 4) code += "-";
        code += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> held - 5 & 31];
      }
      bits &= 255;
    }
    return code;
  }
  function verify2(bytes, known_key = "", holds = ed25519_holds) {
    const record = read_json(bytes);
    const texts = record instanceof Map && record.has("texts") ? ["texts"] : [];
    fields(record, ["format", "plan", "item", "events", ...texts, "evidence", "keys", "tree_head", "inclusion"], "");
    if (record.get("format") !== "xiaohao-closeout-record/1") fail("/format", "不是销号档案", "is not a close-out record");
    const events2 = read_entries(record, "events");
    const key_entries = read_entries(record, "keys");
    const head = read_head(record.get("tree_head"));
    check_inclusion(record, [...events2, ...key_entries], head);
    const keys = [];
    key_entries.forEach(({ entry }, at) => keys.push(read_key(entry, keys.at(-1), `/keys/${at}/entry`, holds)));
    if (!keys.length || key_entries.at(-1).index >= head.size || keys.at(-1).key_id !== head.key_id) fail("/keys", "须止于签名的密钥", "must end with the key that signs the head");
    if (!holds(keys.at(-1).key, head.text, head.signature)) fail("/tree_head/signature", "签名不成立", "is not by the journal's key, or not of this head");
    const told = told_by(record, events2);
    const story = story_of(told);
    list_at(record, "evidence").forEach((piece, at) => {
      fields(piece, ["sha256", "name", "size"], `/evidence/${at}`);
      if (!is_text(piece.get("sha256")) || !(piece.get("name") === null || is_text(piece.get("name"))) || !is_count(piece.get("size"))) fail(`/evidence/${at}`, "不成立", "is not a piece of evidence");
    });
    if (!equal(record.get("plan"), story.plan)) fail("/plan", "与日志不符", "is not what the journal says");
    if (!equal(record.get("item"), story.item())) fail("/item", "与日志不符", "is not what the journal says");
    if (!equal(record.get("evidence"), story.evidence)) fail("/evidence", "与日志不符", "is not what the journal says");
    if (story.closed_at === null) fail("/events", "日志未载销号", "do not tell that the item was closed");
    if (story.definition.get("kind") !== "Task" && (story.verifier === null || story.evidence.length === 0))
      fail("/events", "没有核查或没有佐证", "tell of no verification by a second person, or of no evidence");
    return { trust: trust_of(keys, known_key), story, told, head, short_code: short_code(head.text), record_code: record_code(events2) };
  }

  // page.mjs
  globalThis.verify_closeout_record = Object.assign(verify2, { signature_holds: ed25519_holds, Fault });
  var bytes_max2 = 64 * 1024 * 1024;
  var english = globalThis.document?.documentElement.lang.startsWith("en");
  var say = (zh, en) => english ? en : zh;
  var events = new Map(Object.entries({
    "plan.created": ["制定方案", "plan made"],
    "item.created": ["下达", "issued"],
    accept: ["签收", "accepted"],
    report: ["进展反馈", "reported progress"],
    "evidence.attach": ["提交佐证材料", "handed in evidence"],
    "evidence.withdraw": ["撤回佐证材料", "withdrew evidence"],
    "closeout.apply": ["申请销号", "applied for close-out"],
    "closeout.approve": ["初审通过", "approved in first review"],
    "closeout.return": ["初审退回", "returned in first review"],
    "closeout.verify": ["核查通过", "verified"],
    "closeout.reject": ["核查退回", "rejected in verification"],
    "closeout.object": ["公示期异议", "objected during publicity"],
    "extension.request": ["申请延期", "asked for an extension"],
    "extension.grant": ["批准延期", "granted the extension"],
    "extension.refuse": ["不同意延期", "refused the extension"],
    "reinspect.pass": ["回头看通过", "passed reinspection"],
    "reinspect.reopen": ["回头看重新整改", "reopened"],
    urge: ["催办", "urged"],
    "escalation.step": ["督办", "escalated"],
    "share.changed": ["责任分解变动", "a share changed"],
    complete: ["申报完成", "said it is complete"],
    confirm: ["确认完成", "confirmed"],
    return: ["退回", "returned"],
    cancel: ["终止", "cancelled"],
    "text.erased": ["依法删除文字", "had a text erased by law"],
    "work.handed_over": ["移交工作", "handed the work over"]
  }));
  function element(tag, ...parts) {
    const made = document.createElement(tag);
    made.append(...parts.map((part) => part instanceof Node ? part : String(part ?? "")));
    return made;
  }
  function classed(name, made) {
    made.className = name;
    return made;
  }
  function table(head, rows) {
    const line = (cell, texts) => element("tr", ...texts.map((text) => element(cell, text)));
    return classed("scrolls", element("div", element("table", element("thead", line("th", head)), element("tbody", ...rows.map((texts) => line("td", texts))))));
  }
  var minute = (instant) => typeof instant === "string" ? instant.slice(0, 16).replace("T", " ") : "";
  function facts(pairs) {
    return element("dl", ...pairs.filter(([, value]) => value !== null && value !== void 0 && value !== "").flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  }
  var erased = () => say("（已依法删除）", "(erased by law)");
  function event_row(entry) {
    const type = entry.get("type");
    const [zh, en] = events.get(type) ?? (type.startsWith("xstate.after.") ? ["期限届满", "its time was up"] : [type, type]);
    const words = ["summary", "reason", "text", "problem", "goal", "measures", "note"].map((name) => entry.get("payload").get(name) ?? (entry.get("commitments")?.has(name) ? erased() : "")).filter((text) => typeof text === "string" && text);
    const substitute = entry.get("on_behalf_of") ? say(`（代 ${entry.get("on_behalf_of")}）`, ` (for ${entry.get("on_behalf_of")})`) : "";
    return [minute(entry.get("at")), entry.get("automatic") === true ? say("自动", "by itself") : entry.get("actor") + substitute, say(zh, en), words.join(" ")];
  }
  var trusts = {
    given: ["签名密钥就是您提供的密钥。", "The signature is by the key that you gave."],
    handed_over: ["签名密钥由您提供的密钥移交而来，移交记录在档案内并经两把密钥签名。", "The signature is by a key that yours handed over to; the hand-over is in the record, signed by both."],
    embedded: ["未提供密钥：只能证明档案与其自带密钥相符。请将下面的密钥指纹与另行取得的核对。", "No key was given: the record agrees with the key that it brings. Compare the fingerprint below with one you have from elsewhere."]
  };
  function verdict_that_it_holds(name, { trust, story, told, head, short_code: short_code2, record_code: record_code2 }) {
    const item = story.definition;
    const parts = [
      classed("verdict holds", element("h2", say("✓ 档案属实", "✓ The record holds"))),
      element("p", name),
      facts([
        [say("方案", "Plan"), `${story.plan.get("title")}（${story.plan.get("year")}）`],
        [say("事项", "Item"), `${item.get("number")} ${item.get("title")}`],
        [say("责任单位", "Unit"), item.get("unit")],
        [say("时限", "Due"), story.due],
        [say("申请人", "Applied"), story.applicant],
        [say("初审", "First review"), story.first_reviewer],
        [say("核查人", "Verified by"), story.verifier],
        [say("销号时间", "Closed"), minute(story.closed_at)],
        [say("档案码（与纸质档案核对）", "Record code (compare with the paper)"), record_code2],
        [say("树头短码", "Head code"), short_code2]
      ]),
      element("h3", say("经过", "What happened")),
      table([say("时间", "When"), say("人员", "Who"), say("事项", "What"), say("内容", "Words")], told.map(event_row)),
      element("h3", say("佐证材料", "Evidence")),
      table([say("名称", "Name"), say("字节", "Bytes"), "SHA-256"], story.evidence.map((piece) => [piece.get("name") ?? erased(), piece.get("size"), piece.get("sha256")])),
      element("h3", say("依据", "What it rests on")),
      element("p", say(...trusts[trust])),
      facts([[say("密钥指纹", "Key"), head.key_id], [say("日志", "Journal"), say(`前 ${head.size} 条，至 ${minute(head.time)}`, `the first ${head.size} entries, up to ${minute(head.time)}`)]]),
      element("p", say("此后是否重新打开，须向出具单位查询。", "Whether it was reopened later only the journal can tell."))
    ];
    return parts;
  }
  function verdict_that_it_does_not(name, fault) {
    const known = fault instanceof Fault;
    const where = known && fault.pointer ? `${fault.pointer}　` : "";
    return [
      classed("verdict fails", element("h2", say("✗ 档案不成立", "✗ The record does not hold"))),
      element("p", name),
      element("p", where + (known ? say(fault.zh, fault.en) : String(fault?.message ?? fault)))
    ];
  }
  function key_id_of(text) {
    const trimmed = text.trim();
    if (trimmed === "" || /^[0-9a-f]{64}$/.test(trimmed)) return trimmed;
    const pem = /^-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/.exec(trimmed);
    if (!pem) throw new Fault("", "密钥应为 64 位指纹或 PEM 公钥", "the key must be its 64 digits, or a public key in PEM");
    return hexadecimal(sha256(from_base64(pem[1].replace(/\s/g, ""), "")));
  }
  function start(form2) {
    const verdict = document.getElementById("record-verdict");
    const file = form2.querySelector('input[type="file"]');
    const key = form2.querySelector("textarea");
    let last = null;
    async function check() {
      if (!last) return;
      let parts;
      try {
        if (last.size > bytes_max2) throw new Fault("", "超过 64 MiB，不是销号档案", "longer than 64 MiB: no close-out record");
        parts = verdict_that_it_holds(last.name, verify2(new Uint8Array(await last.arrayBuffer()), key_id_of(key.value)));
      } catch (fault) {
        parts = verdict_that_it_does_not(last.name, fault);
      }
      verdict.replaceChildren(...parts);
      verdict.focus();
    }
    const take = (chosen) => {
      if (chosen) last = chosen;
      void check();
    };
    file.addEventListener("change", () => take(file.files[0]));
    key.addEventListener("change", () => take(null));
    for (const kind of ["dragover", "drop"])
      document.addEventListener(kind, (event) => {
        event.preventDefault();
        if (kind === "drop") take(event.dataTransfer.files[0]);
      });
    form2.addEventListener("submit", (event) => event.preventDefault());
  }
  var form = globalThis.document?.getElementById("record-check");
  if (form) start(form);
})();
