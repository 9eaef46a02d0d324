/// Problem: the distance between two points of the globe, the same on every machine.
///
/// The globe is a sphere of R = 6371.0088 km. A point becomes a unit vector in units of 2⁻³⁰ (6 mm on
/// the ground); the distance is the arc over the chord c between two vectors, 2·asin(c/2), or
/// π − 2·asin(c′/2) with the chord c′ to the antipode when that one is the shorter. So the series is used
/// up to a quarter turn only, where it gains a bit a term and is well conditioned. Integers throughout, and
/// no libm: a `Double` only guesses a square root, which integers then make exact.
///
/// Accuracy: a few centimetres before the last step, which rounds to the nearest hectometre.
/// Complexity: at most some 30 terms, 2 or 3 for neighbours.
/// Reference: the haversine formula, which gives the same arc; the power series of sin and asin.
/// Never fails on positions within ``Limits``.
package struct UnitVector: Sendable {
    /// Towards 0° N 0° E, −2³⁰…2³⁰.
    @Narrow<Int32> private(set) var x: Int
    /// Towards 0° N 90° E.
    @Narrow<Int32> private(set) var y: Int
    /// Towards the north pole.
    @Narrow<Int32> private(set) var z: Int

    /// The vector of a position within the ranges of ``Limits``.
    package init(_ position: Position) {
        let latitude = position.latitudeE6
        let longitude = position.longitudeE6
        let cosLatitude = sine(quarterTurn - abs(latitude))
        let cosLongitude = sine(quarterTurn - abs(longitude))
        // sin(180° − λ) = sin λ brings the far half of the globe into the range of `sine`.
        let eastward = abs(longitude) <= quarterTurn ? abs(longitude) : 2 * quarterTurn - abs(longitude)
        let sinLongitude = sine(eastward) * longitude.signum()
        x = (cosLatitude * cosLongitude + half) >> bits
        y = (cosLatitude * sinLongitude + half) >> bits
        z = sine(latitude)
    }

    /// A vector by its coordinates, which came from another.
    init(x: Int, y: Int, z: Int) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// The square of the chord to another vector, in units of 2⁻⁶⁰.
    package func chordSquared(to other: UnitVector) -> Int {
        squareOfLength(x - other.x, y - other.y, z - other.z)
    }

    /// The distance in hectometres, rounded to the nearest. Symmetric.
    package func hectometres(to other: UnitVector) -> Int {
        hectometresNear(chordSquared: chordSquared(to: other)) ?? hectometresBySeries(to: other)
    }

    /// The same, by the whole series whatever the distance.
    package func hectometresBySeries(to other: UnitVector) -> Int {
        // Coordinates are at most 2³⁰ in size, so the sums of squares stay below 2⁶³.
        let near = chordSquared(to: other)
        let angle: Int
        if near < 1 << (2 * bits) {
            // Less than a sixth of a turn: the chord to the antipode is the longer one.
            angle = arc(chordSquared: near)
        } else {
            let far = squareOfLength(x + other.x, y + other.y, z + other.z)
            angle = near <= far ? arc(chordSquared: near) : halfTurn - arc(chordSquared: far)
        }
        return rounded(arc: angle)
    }
}

/// The distance between two positions within ``Limits``, in hectometres, rounded to the nearest.
package func hectometres(from a: Position, to b: Position) -> Int {
    UnitVector(a).hectometres(to: UnitVector(b))
}

/// No two points whose vectors are √`chordSquared` or more apart, in units of 2⁻³⁰, are told to be fewer
/// hectometres apart than this.
///
/// Up to a quarter turn, ``UnitVector/hectometres(to:)`` sums a series of terms that are never negative and of
/// which the chord is the first, then rounds as here. Past it, the arc is longer than the chord by 0.15 at
/// least, and the error of the series some 10⁻⁸. Both sides never fall as the chord grows.
///
/// - Parameter chordSquared: 0…2⁶², as any two unit vectors have.
package func hectometresAtLeast(chordSquared: Int) -> Int {
    rounded(arc: squareRoot(chordSquared) << (arcBits - bits))
}

/// The distance over a chord, where its first term tells it and the rest of the series cannot change the rounding: mostly,
/// within some hundred kilometres. Nil elsewhere.
///
/// From one term to the next the series shrinks by (c/2)² and more, and the second term is a sixth of that of the first
/// at most. So for (c/2)² ≤ 1/6 all terms after the first add up to less than a quarter of it, times the first.
package func hectometresNear(chordSquared: Int) -> Int? {
    let quarterSquare = chordSquared >> (60 - bits + 2)
    guard quarterSquare <= (1 << bits) / 6 else { return nil }
    let first = squareRoot(chordSquared) << (arcBits - bits)
    let most = first + (first * quarterSquare) >> (bits + 2) + 1
    let least = rounded(arc: first)
    return rounded(arc: most) == least ? least : nil
}

/// An arc in hectometres, to the nearest.
private func rounded(arc: Int) -> Int {
    // At most π · 2³² · R in thousandths of a hectometre: below 2⁶⁰.
    let scale = 1000 << arcBits
    return (arc * radius + scale / 2) / scale
}

/// The least `chordSquared` of which ``hectometresAtLeast(chordSquared:)`` makes more than `hectometres`, which
/// is 0…500000.
func chordSquared(past hectometres: Int) -> Int {
    // The least c with c · 2² · radius + scale / 2 ≥ scale · (hectometres + 1), below 2³² · 2²⁹.
    let scale = 1000 << arcBits
    let divisor = radius << (arcBits - bits)
    let chord = (hectometres * scale + scale / 2 + divisor - 1) / divisor
    // No two unit vectors are further apart than 2³¹, but for rounding.
    return chord > 1 << 31 ? Int.max : chord * chord
}

/// Fractional bits of a coordinate.
private let bits = 30
/// One half in the unit of a product of coordinates that is shifted back.
private let half = 1 << (bits - 1)
/// Fractional bits of an arc.
private let arcBits = 32
/// π with `arcBits` fractional bits.
private let halfTurn = 13_493_037_705
/// The radius in thousandths of a hectometre.
private let radius = 63_710_088
/// How long a chord over a hectometre is, in units of 2⁻³⁰, as near as a `Double` tells it.
var chordPerHectometre: Double { 1000 * Double(1 << bits) / Double(radius) }
/// 90° in micro-degrees.
private let quarterTurn = 90_000_000

private func squareOfLength(_ x: Int, _ y: Int, _ z: Int) -> Int { x * x + y * y + z * z }

/// The sine of −90000000…90000000 micro-degrees, in units of 2⁻³⁰, rounded to the nearest.
private func sine(_ microDegrees: Int) -> Int {
    // 60 fractional bits: the rounding of some ten terms stays far below the 30 bits that are kept.
    let pi: Int128 = 3_622_009_729_038_561_421
    let angle = Int128(abs(microDegrees)) * pi / 180_000_000
    let square = (angle * angle) >> 60
    var term = angle
    var sum = angle
    var order: Int128 = 1
    while term != 0 {
        term = ((term * square) >> 60) / ((order + 1) * (order + 2))
        order += 2
        sum += order % 4 == 1 ? term : -term
    }
    let shift = 60 - Int128(bits)
    return Int((sum + (1 << (shift - 1))) >> shift) * microDegrees.signum()
}

/// The arc over a chord of at most √2, both squared length and arc with their own fractional bits (60, 32).
private func arc(chordSquared: Int) -> Int {
    // 2·asin(c/2) = Σ tₖ with t₀ = c and tₖ₊₁ = tₖ · (c/2)² · (2k+1)² / ((2k+2)(2k+3)).
    let quarterSquare = chordSquared >> (60 - bits + 2)
    var term = squareRoot(chordSquared) << (arcBits - bits)
    var sum = term
    var odd = 1
    while term != 0 {
        term = (term * quarterSquare) >> bits
        term = term * odd * odd / ((odd + 1) * (odd + 2))
        sum += term
        odd += 2
    }
    return sum
}

/// ⌊√value⌋ for a value of 0…2⁶². The processor's root of the nearest `Double` is at most 1 away; the
/// integers decide, so that the result is the same whatever it was.
private func squareRoot(_ value: Int) -> Int {
    var root = Int(Double(value).squareRoot())
    while root * root > value { root -= 1 }
    while (root + 1) * (root + 1) <= value { root += 1 }
    return root
}
