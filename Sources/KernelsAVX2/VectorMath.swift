/// e^x within 2 ulp; 0 below −87.3, at most 2.4e38 (x = 88.37 and above); NaN stays NaN.
///
/// Cody & Waite's reduction to |r| ≤ ln 2 ÷ 2 and Cephes' polynomial (Moshier, `expf`).
@inline(__always)
func exponential(_ x: Vector) -> Vector {
  let limit = Vector(repeating: 88.37)
  let clamped = x.replacing(with: limit, where: x .> limit)
  // Adding 1.5·2²³ rounds to an integer and leaves it in the low bits.
  let magic = Vector(repeating: 12_582_912)
  let shifted = magic.addingProduct(clamped, Vector(repeating: 1.442_695_04))
  let n = shifted - magic
  let r =
    clamped
    .addingProduct(n, Vector(repeating: -0.693_359_375))
    .addingProduct(n, Vector(repeating: 2.121_944_40e-4))
  var p = Vector(repeating: 1.987_569_150_0e-4)
  p = Vector(repeating: 1.398_199_950_7e-3).addingProduct(p, r)
  p = Vector(repeating: 8.333_451_907_3e-3).addingProduct(p, r)
  p = Vector(repeating: 4.166_579_589_4e-2).addingProduct(p, r)
  p = Vector(repeating: 1.666_666_545_9e-1).addingProduct(p, r)
  p = Vector(repeating: 5.000_000_120_1e-1).addingProduct(p, r)
  p = (r + 1).addingProduct(p, r * r)
  let power = (bits(shifted) &+ 127) &<< 23
  let result = p * unsafeBitCast(power, to: Vector.self)
  return result.replacing(with: Vector.zero, where: x .< Vector(repeating: -87.3))
}

/// e^x of one value, with the bits of the vector's lanes.
@inline(__always)
func exponential(_ x: Float) -> Float { exponential(Vector(repeating: x))[0] }

/// ln x within 2 ulp for positive normal x.
///
/// Cephes' polynomial (Moshier, `logf`) on a mantissa in [√½, √2).
@inline(__always)
func logarithm(_ x: Vector) -> Vector {
  // Subtracting √½'s bits makes the exponent field the power of two for a mantissa in [√½, √2).
  let root = SIMD16<UInt32>(repeating: 0x3f35_04f3)
  let shifted = bits(x) &- root
  let mantissa = (shifted & 0x007f_ffff) &+ root
  // The exponent, sign-extended, becomes a float through the low bits of 1.5·2²³.
  let exponent = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &>> 23
  let magic = unsafeBitCast(exponent &+ 0x4b40_0000, to: Vector.self)
  let e = magic - Vector(repeating: 12_582_912)
  let r = unsafeBitCast(mantissa, to: Vector.self) - 1
  var p = Vector(repeating: 7.037_683_629_2e-2)
  p = Vector(repeating: -1.151_461_031_0e-1).addingProduct(p, r)
  p = Vector(repeating: 1.167_699_874_0e-1).addingProduct(p, r)
  p = Vector(repeating: -1.242_014_084_6e-1).addingProduct(p, r)
  p = Vector(repeating: 1.424_932_278_7e-1).addingProduct(p, r)
  p = Vector(repeating: -1.666_805_766_5e-1).addingProduct(p, r)
  p = Vector(repeating: 2.000_071_476_5e-1).addingProduct(p, r)
  p = Vector(repeating: -2.499_999_399_3e-1).addingProduct(p, r)
  p = Vector(repeating: 3.333_333_117_4e-1).addingProduct(p, r)
  let square = r * r
  var y = p * r * square
  y = y.addingProduct(e, Vector(repeating: -2.121_944_40e-4))
  y = y.addingProduct(square, Vector(repeating: -0.5))
  return (r + y).addingProduct(e, Vector(repeating: 0.693_359_375))
}

/// ln x of one value, with the bits of the vector's lanes.
@inline(__always)
func logarithm(_ x: Float) -> Float { logarithm(Vector(repeating: x))[0] }

/// erf x within 2 ulp: a polynomial near 0, 1 − exp(polynomial) elsewhere.
///
/// After N. Juffa's `erff` of 2015.
@inline(__always)
func errorFunction(_ x: Vector) -> Vector {
  let square = x * x
  let size = x.replacing(with: -x, where: x .< Vector.zero)
  var far = Vector(repeating: 3.831_971_26e-4)
    .addingProduct(size, Vector(repeating: -1.728_534_70e-5))
  let odd = Vector(repeating: 2.425_462_19e-2)
    .addingProduct(size, Vector(repeating: -3.883_964_38e-3))
  far = odd.addingProduct(far, square)
  far = Vector(repeating: -1.067_778_77e-1).addingProduct(far, size)
  far = Vector(repeating: -6.348_468_67e-1).addingProduct(far, size)
  far = Vector(repeating: -1.287_175_12e-1).addingProduct(far, size)
  far = (-size).addingProduct(far, size)
  far = 1 - exponential(far)
  far = far.replacing(with: -far, where: x .< Vector.zero)
  var near = Vector(repeating: -5.967_617_03e-4)
  near = Vector(repeating: 4.991_194_23e-3).addingProduct(near, square)
  near = Vector(repeating: -2.676_813_49e-2).addingProduct(near, square)
  near = Vector(repeating: 1.128_199_25e-1).addingProduct(near, square)
  near = Vector(repeating: -3.761_253_36e-1).addingProduct(near, square)
  near = Vector(repeating: 1.283_791_66e-1).addingProduct(near, square)
  near = x.addingProduct(near, x)
  return far.replacing(with: near, where: size .<= Vector(repeating: 0.927_734_375))
}

/// cos 2πu and sin 2πu for u in [0, 1), within 1e-7 (Cephes' polynomials, Moshier, `sinf`).
@inline(__always)
func cosineAndSine(turns u: Vector) -> (cosine: Vector, sine: Vector) {
  let quarters = u * 4
  let magic = Vector(repeating: 12_582_912)
  let shifted = quarters + magic
  let r = (quarters - (shifted - magic)) * Vector(repeating: 1.570_796_33)
  let square = r * r
  var s = Vector(repeating: 8.332_160_873_6e-3)
    .addingProduct(square, Vector(repeating: -1.951_529_589_1e-4))
  s = Vector(repeating: -1.666_665_461_1e-1).addingProduct(s, square)
  s = r.addingProduct(s * square, r)
  var c = Vector(repeating: -1.388_731_625_493_765e-3)
    .addingProduct(square, Vector(repeating: 2.443_315_711_809_948e-5))
  c = Vector(repeating: 4.166_664_568_298_827e-2).addingProduct(c, square)
  c = (1 - square * 0.5).addingProduct(c, square * square)
  // Comparing integer vectors isn't vector code: quadrants select and flip by their bits.
  let quarter = bits(shifted)
  let difference = (bits(s) ^ bits(c)) & (SIMD16<UInt32>.zero &- (quarter & 1))
  let cosineSign = ((quarter &+ 1) & 2) &<< 30
  let sineSign = (quarter & 2) &<< 30
  return (
    unsafeBitCast(bits(c) ^ difference ^ cosineSign, to: Vector.self),
    unsafeBitCast(bits(s) ^ difference ^ sineSign, to: Vector.self)
  )
}

@inline(__always)
private func bits(_ x: Vector) -> SIMD16<UInt32> { unsafeBitCast(x, to: SIMD16<UInt32>.self) }
