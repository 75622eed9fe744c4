import Foundation
import TestSupport
import Testing

/// Each product has a DocC catalog whose first page groups its public types.
@Suite("The documentation of products")
struct CatalogTests {
  private static let sources = "\(SharedFiles.packageFolder)/Sources"

  /// The library products, as Package.swift lists them.
  private static func products() throws -> [String] {
    try String(contentsOfFile: "\(SharedFiles.packageFolder)/Package.swift", encoding: .utf8)
      .matches(of: /\.library\(name: "(?<name>[A-Za-z]+)"/).map { String($0.name) }
  }

  /// The public types, protocols and type aliases that stand in no other type.
  private static func publicTypes(of product: String) throws -> Set<String> {
    let files = FileManager.default.enumerator(atPath: "\(sources)/\(product)")
    var names: Set<String> = []
    while let file = files?.nextObject() as? String {
      guard file.hasSuffix(".swift") else { continue }
      let text = try String(contentsOfFile: "\(sources)/\(product)/\(file)", encoding: .utf8)
      let pattern =
        /(?m)^public (final )?(struct|class|enum|protocol|actor|typealias) (?<name>[A-Za-z0-9]+)/
      for match in text.matches(of: pattern) { names.insert(String(match.name)) }
    }
    return names
  }

  @Test("lists every public type once, and no other")
  func complete() throws {
    let products = try Self.products()
    #expect(products.count > 8)
    for product in products {
      let page = try String(
        contentsOfFile: "\(Self.sources)/\(product)/\(product).docc/\(product).md", encoding: .utf8)
      let listed = page.matches(of: /(?m)^- ``(?<name>[A-Za-z0-9]+)``$/).map { String($0.name) }
      #expect(Set(listed).count == listed.count, "\(product) lists a type twice")
      let types = try Self.publicTypes(of: product)
      #expect(types.subtracting(listed) == [], "public in \(product), and not in its catalog")
      #expect(Set(listed).subtracting(types) == [], "in the catalog of \(product), and not public")
    }
  }
}
