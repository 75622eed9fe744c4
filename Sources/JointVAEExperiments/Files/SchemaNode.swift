/// A value of JSON, for the schema of experiment files.
indirect enum SchemaNode: Encodable {
  case text(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case list([SchemaNode])
  case object([String: SchemaNode])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let nodes): try container.encode(nodes)
    case .object(let members): try container.encode(members)
    }
  }
}

extension SchemaNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .integer(number) }
  init(booleanLiteral flag: Bool) { self = .flag(flag) }
  init(arrayLiteral nodes: SchemaNode...) { self = .list(nodes) }
  init(dictionaryLiteral members: (String, SchemaNode)...) {
    self = .object(Dictionary(members, uniquingKeysWith: { $1 }))
  }

  /// This object and one more member; another value is left as it is.
  func with(_ name: String, _ value: SchemaNode) -> SchemaNode {
    guard case .object(var members) = self else { return self }
    members[name] = value
    return .object(members)
  }
}
