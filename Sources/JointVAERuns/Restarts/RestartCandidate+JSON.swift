/// In restarts.json the terms stand beside the other numbers, each under its own name.
extension RestartCandidate {
  private enum CodingKeys: String, CodingKey {
    case seed, loss, categoriesUsed, categories, information, udr, agreement, failure
  }

  /// The name of a term.
  private struct TermKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads a candidate; every other number is a term's.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(seed: try values.decode(UInt64.self, forKey: .seed), failure: "")
    loss = try values.decodeIfPresent(Double.self, forKey: .loss)
    categoriesUsed = try values.decodeIfPresent(Int.self, forKey: .categoriesUsed)
    categories = try values.decodeIfPresent(Int.self, forKey: .categories)
    information = try values.decodeIfPresent(Double.self, forKey: .information)
    udr = try values.decodeIfPresent(Double.self, forKey: .udr)
    agreement = try values.decodeIfPresent(Double.self, forKey: .agreement)
    failure = try values.decodeIfPresent(String.self, forKey: .failure)
    let named = try decoder.container(keyedBy: TermKey.self)
    for key in named.allKeys where CodingKeys(stringValue: key.stringValue) == nil {
      terms[key.stringValue] = try named.decodeIfPresent(Double.self, forKey: key)
    }
  }

  /// Writes a candidate.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(seed, forKey: .seed)
    try values.encodeIfPresent(loss, forKey: .loss)
    try values.encodeIfPresent(categoriesUsed, forKey: .categoriesUsed)
    try values.encodeIfPresent(categories, forKey: .categories)
    try values.encodeIfPresent(information, forKey: .information)
    try values.encodeIfPresent(udr, forKey: .udr)
    try values.encodeIfPresent(agreement, forKey: .agreement)
    try values.encodeIfPresent(failure, forKey: .failure)
    var named = encoder.container(keyedBy: TermKey.self)
    for (name, value) in terms { try named.encode(value, forKey: TermKey(stringValue: name)) }
  }
}
