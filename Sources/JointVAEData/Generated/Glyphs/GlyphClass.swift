/// The characters that are drawn: the ten digits and the 26 capitals of the Latin alphabet.
public enum GlyphClass: String, CaseIterable, Codable, Sendable {
  case zero = "0"
  case one = "1"
  case two = "2"
  case three = "3"
  case four = "4"
  case five = "5"
  case six = "6"
  case seven = "7"
  case eight = "8"
  case nine = "9"
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case e = "E"
  case f = "F"
  case g = "G"
  case h = "H"
  case i = "I"
  case j = "J"
  case k = "K"
  case l = "L"
  case m = "M"
  case n = "N"
  case o = "O"
  case p = "P"
  case q = "Q"
  case r = "R"
  case s = "S"
  case t = "T"
  case u = "U"
  case v = "V"
  case w = "W"
  case x = "X"
  case y = "Y"
  case z = "Z"

  /// The ways it is written, at least one.
  package var forms: [GlyphSkeleton] {
    switch self {
    case .zero: GlyphSkeleton.zero
    case .one: GlyphSkeleton.one
    case .two: GlyphSkeleton.two
    case .three: GlyphSkeleton.three
    case .four: GlyphSkeleton.four
    case .five: GlyphSkeleton.five
    case .six: GlyphSkeleton.six
    case .seven: GlyphSkeleton.seven
    case .eight: GlyphSkeleton.eight
    case .nine: GlyphSkeleton.nine
    case .a: GlyphSkeleton.a
    case .b: GlyphSkeleton.b
    case .c: GlyphSkeleton.c
    case .d: GlyphSkeleton.d
    case .e: GlyphSkeleton.e
    case .f: GlyphSkeleton.f
    case .g: GlyphSkeleton.g
    case .h: GlyphSkeleton.h
    case .i: GlyphSkeleton.i
    case .j: GlyphSkeleton.j
    case .k: GlyphSkeleton.k
    case .l: GlyphSkeleton.l
    case .m: GlyphSkeleton.m
    case .n: GlyphSkeleton.n
    case .o: GlyphSkeleton.o
    case .p: GlyphSkeleton.p
    case .q: GlyphSkeleton.q
    case .r: GlyphSkeleton.r
    case .s: GlyphSkeleton.s
    case .t: GlyphSkeleton.t
    case .u: GlyphSkeleton.u
    case .v: GlyphSkeleton.v
    case .w: GlyphSkeleton.w
    case .x: GlyphSkeleton.x
    case .y: GlyphSkeleton.y
    case .z: GlyphSkeleton.z
    }
  }
}
