// How digits are written: one or two ways each.

extension GlyphSkeleton {
  static let zero = [
    GlyphSkeleton([
      .loop((50, 0), (31, 13), (23, 50), (31, 87), (50, 100), (69, 87), (77, 50), (69, 13))
    ])
  ]

  static let one = [
    GlyphSkeleton([.line((30, 24), (56, 0), (56, 100))]),
    GlyphSkeleton([.line((50, 0), (50, 100))]),
  ]

  static let two = [
    GlyphSkeleton([
      .curve((20, 25), (30, 6), (52, 0), (73, 11), (74, 35), (56, 60), (18, 100)), .line((83, 100)),
    ]),
    GlyphSkeleton([
      .curve(
        (22, 22), (34, 4), (56, 0), (75, 14), (72, 40), (50, 70), (24, 95), (12, 96), (12, 82),
        (27, 80), (48, 92), (68, 98), (88, 86))
    ]),
  ]

  static let three = [
    GlyphSkeleton([
      .curve((21, 12), (46, 0), (72, 10), (73, 32), (42, 46)),
      .curve((72, 53), (81, 76), (58, 99), (18, 90)),
    ]),
    GlyphSkeleton([
      .line((22, 0), (76, 0), (46, 40)), .curve((73, 49), (80, 74), (57, 98), (18, 92)),
    ]),
  ]

  static let four = [
    GlyphSkeleton([.line((32, 0), (20, 56), (80, 56))], [.line((72, 14), (62, 100))]),
    GlyphSkeleton([.line((64, 100), (64, 0), (14, 68), (86, 68))]),
  ]

  static let five = [
    GlyphSkeleton([
      .line((76, 0), (30, 0), (26, 43)), .curve((51, 36), (76, 49), (77, 79), (52, 100), (18, 90)),
    ])
  ]

  static let six = [
    GlyphSkeleton([
      .curve(
        (68, 0), (41, 18), (26, 50), (27, 82), (50, 100), (73, 85), (72, 61), (50, 50), (29, 64))
    ])
  ]

  static let seven = [
    GlyphSkeleton([.line((18, 0), (82, 0), (42, 100))]),
    GlyphSkeleton([.line((18, 0), (82, 0), (42, 100))], [.line((36, 48), (76, 48))]),
  ]

  static let eight = [
    GlyphSkeleton([
      .loop(
        (50, 0), (29, 11), (32, 34), (50, 47), (72, 64), (73, 88), (50, 100), (27, 88), (28, 64),
        (50, 47), (68, 34), (71, 11))
    ])
  ]

  static let nine = [
    GlyphSkeleton(
      [.loop((74, 26), (62, 5), (40, 4), (26, 24), (38, 46), (60, 44))],
      [.line((74, 12), (68, 100))]),
    GlyphSkeleton([
      .curve((72, 18), (52, 0), (30, 10), (27, 34), (48, 50), (70, 36), (74, 18)),
      .curve((75, 46), (68, 80), (46, 100), (24, 90)),
    ]),
  ]
}
