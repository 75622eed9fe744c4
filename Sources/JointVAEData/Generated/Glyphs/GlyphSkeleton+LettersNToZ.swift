// How capitals are written: one or two ways each.

extension GlyphSkeleton {
  static let n = [
    GlyphSkeleton([.line((20, 100), (20, 0), (80, 100), (80, 0))])
  ]

  static let o = [
    GlyphSkeleton([
      .loop((50, 0), (18, 14), (4, 50), (18, 86), (50, 100), (82, 86), (96, 50), (82, 14))
    ])
  ]

  static let p = [
    GlyphSkeleton(
      [.line((24, 0), (24, 100))], [.curve((24, 0), (61, 3), (77, 27), (61, 51), (24, 54))])
  ]

  static let q = [
    GlyphSkeleton(
      [.loop((48, 0), (18, 13), (5, 46), (18, 79), (48, 92), (78, 79), (91, 46), (78, 13))],
      [.line((58, 66), (92, 100))])
  ]

  static let r = [
    GlyphSkeleton(
      [.line((24, 0), (24, 100))], [.curve((24, 0), (60, 3), (75, 25), (60, 47), (24, 50))],
      [.line((45, 50), (82, 100))])
  ]

  static let s = [
    GlyphSkeleton([
      .curve(
        (77, 15), (55, 0), (30, 9), (28, 32), (50, 47), (73, 63), (75, 88), (50, 100), (20, 87))
    ])
  ]

  static let t = [
    GlyphSkeleton([.line((12, 0), (88, 0))], [.line((50, 0), (50, 100))])
  ]

  static let u = [
    GlyphSkeleton([
      .line((20, 0), (20, 62)), .curve((27, 89), (50, 100), (73, 89), (80, 62)), .line((80, 0)),
    ])
  ]

  static let v = [
    GlyphSkeleton([.line((16, 0), (50, 100), (84, 0))])
  ]

  static let w = [
    GlyphSkeleton([.line((12, 0), (31, 100), (50, 28), (69, 100), (88, 0))]),
    GlyphSkeleton([
      .curve((13, 0), (19, 68), (32, 98), (45, 78), (50, 28)),
      .curve((55, 78), (68, 98), (81, 68), (87, 0)),
    ]),
  ]

  static let x = [
    GlyphSkeleton([.line((18, 0), (82, 100))], [.line((82, 0), (18, 100))])
  ]

  static let y = [
    GlyphSkeleton([.line((16, 0), (50, 50))], [.line((84, 0), (50, 50), (50, 100))]),
    GlyphSkeleton([.line((18, 0), (50, 50))], [.line((84, 0), (32, 100))]),
  ]

  static let z = [
    GlyphSkeleton([.line((20, 0), (80, 0), (20, 100), (82, 100))], [.line((34, 50), (70, 50))])
  ]
}
