import Foundation

/// How an archive without a word about it writes names that are not ASCII: by the code page of the system it was made on.
///
/// In the code pages of East Asia the second byte of a character may be that of `\`, which is no separator there.
enum NameEncoding: CaseIterable {
  /// Code page 932, Shift-JIS.
  case japanese
  /// GB 18030, which holds GBK.
  case simplifiedChinese
  /// Big5.
  case traditionalChinese
  /// Code page 949.
  case korean
  /// Code page 437, which zip archives are in by their definition.
  case western

  /// The likeliest one of `names`, all of the same archive; nil when all are UTF-8.
  static func likeliest(of names: [[UInt8]]) -> NameEncoding? {
    guard names.contains(where: { String(validating: $0, as: UTF8.self) == nil }) else {
      return nil
    }
    let scores = [japanese, simplifiedChinese, traditionalChinese, korean].compactMap { encoding in
      encoding.score(of: names).map { (encoding, $0) }
    }
    // The first of the best.
    let best = scores.reduce(nil as (NameEncoding, Double)?) { best, next in
      best.map { next.1 > $0.1 ? next : $0 } ?? next
    }
    guard let best, best.1 > 0.3, !areWestern(names, score: best.1) else { return .western }
    return best.0
  }

  /// A name in UTF-8. Bytes that are none of the code page are written as `%5C`, so that no two names become one.
  func decoded(_ name: [UInt8]) -> [UInt8] {
    let data = Data(name)
    if let text = String(data: data, encoding: encoding), text.data(using: encoding) == data {
      return Array(text.utf8)
    }
    return name.flatMap { byte -> [UInt8] in
      byte < 0x80 ? [byte] : Array(("%" + String(byte, radix: 16, uppercase: true)).utf8)
    }
  }

  private var encoding: String.Encoding {
    // Numbers of Core Foundation's encodings.
    let number: UInt =
      switch self {
      case .japanese: 0x0420
      case .simplifiedChinese: 0x0632
      case .traditionalChinese: 0x0a03
      case .korean: 0x0422
      case .western: 0x0400
      }
    return String.Encoding(rawValue: 0x8000_0000 | number)
  }

  /// The share of characters that are common, from 0 to 1; nil when a name is not in this encoding.
  private func score(of names: [[UInt8]]) -> Double? {
    var (sum, count) = (0.0, 0)
    var seen: Set<Int> = []
    for name in names {
      var place = 0
      while place < name.count {
        let lead = name[place]
        if lead < 0x80 {
          place += 1
        } else if self == .japanese, (0xa1...0xdf).contains(lead) {
          // Katakana of half the width are rare.
          (sum, count, place) = (sum + 0.3, count + 1, place + 1)
        } else {
          guard place + 1 < name.count, isPair(lead, name[place + 1]) else { return nil }
          sum += commonness(lead, name[place + 1])
          seen.insert(Int(lead) << 8 | Int(name[place + 1]))
          (count, place) = (count + 1, place + 2)
        }
      }
    }
    guard count > 0 else { return nil }
    // Common Chinese characters are common Korean ones, too; but many that are all Korean are not by chance.
    return sum / Double(count) + (self == .korean && seen.count >= 8 ? 0.1 : 0)
  }

  private func isPair(_ lead: UInt8, _ trail: UInt8) -> Bool {
    switch self {
    case .japanese:
      ((0x81...0x9f).contains(lead) || (0xe0...0xfc).contains(lead)) && trail >= 0x40
        && trail != 0x7f && trail <= 0xfc
    case .simplifiedChinese:
      (0x81...0xfe).contains(lead) && trail >= 0x40 && trail != 0x7f && trail <= 0xfe
    case .traditionalChinese:
      (0xa1...0xf9).contains(lead)
        && ((0x40...0x7e).contains(trail) || (0xa1...0xfe).contains(trail))
    case .korean:
      (0x81...0xfe).contains(lead)
        && ((0x41...0x5a).contains(trail) || (0x61...0x7a).contains(trail)
          || (0x81...0xfe).contains(trail))
    case .western: false
    }
  }

  /// 1 for characters in everyday use, less for others.
  private func commonness(_ lead: UInt8, _ trail: UInt8) -> Double {
    switch self {
    case .japanese:
      switch (lead, trail) {
      case (0x82, 0x9f...0xf1), (0x83, 0x40...0x96), (0x81, 0x5b), (0x89...0x97, _),
        (0x88, 0x9f...), (0x98, ...0x72):
        1
      case (0x98...0x9f, _), (0xe0...0xea, _): 0.4
      default: 0
      }
    case .simplifiedChinese:
      trail < 0xa1 ? 0 : (0xb0...0xd7).contains(lead) ? 1 : (0xd8...0xf7).contains(lead) ? 0.4 : 0
    case .traditionalChinese:
      (0xa4...0xc6).contains(lead) ? 1 : (0xc9...0xf9).contains(lead) ? 0.4 : 0.1
    case .korean: (0xb0...0xc8).contains(lead) && trail >= 0xa1 ? 0.95 : 0
    case .western: 0
    }
  }

  /// Whether letters with accents stand alone among others, as in `Köln`, which in East Asia would be pairs.
  private static func areWestern(_ names: [[UInt8]], score: Double) -> Bool {
    func isLetter(_ byte: UInt8?) -> Bool {
      byte.map { (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) } ?? false
    }
    var (count, likeCount) = (0, 0)
    for name in names {
      for place in name.indices where name[place] >= 0x80 {
        let before = place > 0 ? name[place - 1] : nil
        let after = place + 1 < name.count ? name[place + 1] : nil
        let next = place + 2 < name.count ? name[place + 2] : nil
        guard (before ?? 0) < 0x80, (after ?? 0) < 0x80,
          after.map({ isLetter($0) || $0 < 0x40 || $0 == 0x5f }) ?? true
        else { return false }
        count += 1
        if isLetter(before) || (isLetter(after) && isLetter(next)) || score < 0.5 { likeCount += 1 }
      }
    }
    return 2 * likeCount >= count
  }
}
