// How capitals are written: one or two ways each.

extension GlyphSkeleton {
  static let a = [
    GlyphSkeleton([.line((16, 100), (50, 0), (84, 100))], [.line((28, 66), (72, 66))]),
    GlyphSkeleton(
      [.line((18, 100), (24, 36)), .curve((34, 8), (50, 0), (66, 8), (76, 36)), .line((82, 100))],
      [.line((22, 58), (78, 58))]),
  ]

  static let b = [
    GlyphSkeleton(
      [.line((24, 0), (24, 100))],
      [
        .curve((24, 0), (58, 2), (73, 22), (58, 43), (24, 47)),
        .curve((64, 51), (82, 74), (64, 97), (24, 100)),
      ])
  ]

  static let c = [
    GlyphSkeleton([.curve((82, 20), (60, 1), (32, 10), (18, 50), (32, 90), (60, 99), (83, 80))])
  ]

  static let d = [
    GlyphSkeleton(
      [.line((22, 0), (22, 100))],
      [.curve((22, 0), (57, 6), (81, 31), (81, 69), (57, 94), (22, 100))])
  ]

  static let e = [
    GlyphSkeleton([.line((78, 0), (24, 0), (24, 100), (80, 100))], [.line((24, 48), (68, 48))]),
    GlyphSkeleton([
      .curve((77, 12), (50, 0), (27, 12), (29, 35), (58, 46)),
      .curve((26, 54), (18, 80), (42, 100), (80, 89)),
    ]),
  ]

  static let f = [
    GlyphSkeleton([.line((80, 0), (26, 0), (26, 100))], [.line((26, 46), (70, 46))])
  ]

  static let g = [
    GlyphSkeleton([
      .curve((80, 18), (57, 0), (29, 11), (16, 50), (29, 89), (57, 100), (82, 84)),
      .line((82, 55), (54, 55)),
    ])
  ]

  static let h = [
    GlyphSkeleton(
      [.line((20, 0), (20, 100))], [.line((80, 0), (80, 100))], [.line((20, 48), (80, 48))])
  ]

  static let i = [
    GlyphSkeleton(
      [.line((50, 0), (50, 100))], [.line((26, 0), (74, 0))], [.line((26, 100), (74, 100))])
  ]

  static let j = [
    GlyphSkeleton(
      [.line((38, 0), (88, 0))],
      [.line((66, 0), (66, 68)), .curve((58, 93), (40, 100), (22, 90), (16, 70))])
  ]

  static let k = [
    GlyphSkeleton(
      [.line((22, 0), (22, 100))], [.line((78, 0), (22, 58))], [.line((41, 40), (82, 100))])
  ]

  static let l = [
    GlyphSkeleton([.line((26, 0), (26, 100), (80, 100))])
  ]

  static let m = [
    GlyphSkeleton([.line((12, 100), (20, 0), (50, 66), (80, 0), (88, 100))]),
    GlyphSkeleton([.line((16, 100), (16, 0), (50, 54), (84, 0), (84, 100))]),
  ]
}
